"""How sure a figure is: values worked out by hand or published, and honesty measured by simulation."""

import numpy as np
import pytest

from services.evaluation import statistics
from services.evaluation.metrics import Counts
from services.evaluation.statistics import Interval, McNemar


def acts(*found: int, gold: int = 10, predicted: int = 10) -> list[Counts]:
    return [Counts(n, gold, predicted) for n in found]


@pytest.mark.parametrize(
    ("successes", "total", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),  # by hand: (0.8 + 0.19207 ± 0.31362) / 1.38415
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),  # the same
        (1, 29, 0.0061, 0.1718),  # the same
    ],
)
def test_wilson(successes: int, total: int, low: float, high: float) -> None:
    interval = statistics.wilson(successes, total)
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


def test_wilson_of_nothing() -> None:
    assert statistics.wilson(0, 0) is None


@pytest.mark.parametrize(
    ("only_first", "only_second", "p"),
    [
        (0, 0, 1.0),
        (3, 3, 1.0),
        (0, 5, 2 / 32),
        (1, 9, 2 * (1 + 10) / 1024),
        (9, 1, 2 * (1 + 10) / 1024),
    ],
)
def test_mcnemar(only_first: int, only_second: int, p: float) -> None:
    both = [True] * 7 + [False] * 4
    first = both + [True] * only_first + [False] * only_second
    second = both + [False] * only_first + [True] * only_second
    assert statistics.mcnemar(first, second) == McNemar(only_first, only_second, pytest.approx(p))


def test_mcnemar_of_thousands() -> None:
    split = statistics.mcnemar([True] * 3000 + [False] * 2900, [False] * 3000 + [True] * 2900)
    assert split.p_value == pytest.approx(0.1974, abs=2e-3)  # normal approximation with continuity


def test_difference_is_of_micro_f1_and_its_interval_holds_it() -> None:
    base, tuned = acts(2, 4, 6, 8, 5, 3), acts(4, 5, 6, 9, 7, 4)
    difference = statistics.f1_difference(base, tuned)
    assert difference is not None
    assert difference.value == pytest.approx(35 / 60 - 28 / 60)
    assert difference.interval.low < difference.value < difference.interval.high
    assert difference.acts == 6


def test_acts_that_all_gain_the_same_leave_no_doubt() -> None:
    difference = statistics.f1_difference(acts(2, 4, 6, 8, 5, 3), acts(3, 5, 7, 9, 6, 4))
    assert difference is not None
    assert (difference.interval.low, difference.interval.high) == pytest.approx((0.1, 0.1))
    assert difference.standard_error == pytest.approx(0)


def test_standard_error_is_that_of_a_mean_where_acts_weigh_the_same() -> None:
    gains = [0, 1, 2, 3, 4, 2, 1, 3]
    difference = statistics.f1_difference(acts(*[4] * 8), acts(*(4 + g for g in gains)))
    assert difference is not None
    assert difference.standard_error == pytest.approx(np.std(gains) / 10 / np.sqrt(8), rel=0.03)


def test_same_seed_same_figures() -> None:
    base, tuned = acts(2, 4, 6, 8, 5, 3), acts(4, 5, 6, 9, 7, 4)
    assert statistics.f1_difference(base, tuned) == statistics.f1_difference(base, tuned)
    assert statistics.f1_difference(base, tuned, seed=8) != statistics.f1_difference(base, tuned)


def test_models_scored_on_other_acts_are_an_error() -> None:
    with pytest.raises(ValueError, match="same acts"):
        statistics.f1_difference(acts(2, 4), [Counts(2, 10, 10), Counts(4, 9, 10)])
    with pytest.raises(ValueError, match="same acts"):
        statistics.f1_difference(acts(2, 4), acts(2))


def test_interval_of_one_model() -> None:
    interval = statistics.f1_interval(acts(2, 4, 6, 8, 5, 3))
    assert interval is not None
    assert 0.2 < interval.low < 28 / 60 < interval.high < 0.8
    assert statistics.f1_interval(acts(2)) is None
    assert statistics.f1_interval([Counts(), Counts()]) is None


def test_acts_with_nothing_in_them_disturb_nothing() -> None:
    interval = statistics.f1_interval([*acts(5), *[Counts()] * 5])
    assert interval == Interval(pytest.approx(0.5), pytest.approx(0.5))


@pytest.mark.parametrize("count", [6, 12])
def test_interval_holds_the_truth_nearly_as_often_as_it_says(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statistics, "DRAWS", 1000)
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        base = rng.binomial(20, 0.5, count)
        tuned = base + rng.binomial(20 - base, 0.3)  # 0.15 better on average, whatever the act
        difference = statistics.f1_difference(
            acts(*base, gold=20, predicted=20), acts(*tuned, gold=20, predicted=20)
        )
        assert difference is not None
        held += difference.interval.low <= 0.15 <= difference.interval.high
    assert 0.92 <= held / 400 <= 0.985  # the plain percentile interval holds it 0.88 of the times


def test_better_worse_and_not_proven() -> None:
    base, tuned = acts(2, 4, 6, 8, 5, 3, 4, 6), acts(5, 7, 8, 9, 8, 7, 6, 9)
    assert statistics.verdict(base, tuned).code == "better"
    assert statistics.verdict(tuned, base).code == "worse"
    mixed = statistics.verdict(base, acts(5, 1, 9, 6, 8, 4, 3, 7))
    assert mixed.code == "not_proven"
    assert mixed.more_acts is not None
    assert mixed.more_acts > 0


def test_acts_still_needed_fall_with_the_square_of_the_difference() -> None:
    def wanted(value: float) -> int:
        answer = statistics.more_acts(statistics.Difference(value, Interval(0, 0), 0.05, 10))
        assert answer is not None
        return answer

    # 10 * ((1.95996 + 0.84162) * 0.05 / value) ** 2 acts in all
    assert (wanted(0.05), wanted(0.025)) == (79 - 10, 314 - 10)
    assert statistics.more_acts(statistics.Difference(0.0, Interval(0, 0), 0.05, 10)) is None


def test_same_answers_prove_nothing_and_no_acts_would() -> None:
    same = statistics.verdict(acts(2, 4, 6, 8, 5, 3), acts(2, 4, 6, 8, 5, 3))
    assert (same.code, same.more_acts) == ("not_proven", None)


def test_too_few_acts_however_large_the_difference() -> None:
    few = statistics.verdict(acts(1, 1, 1), acts(9, 9, 9))
    assert (few.code, few.more_acts) == ("too_few_acts", 3)
    one = statistics.verdict(acts(1), acts(9))
    assert (one.code, one.more_acts, one.difference) == ("too_few_acts", 5, None)


def test_no_gold_no_verdict() -> None:
    assert statistics.verdict(acts(0, 0, gold=0), acts(0, 0, gold=0)).code == "no_gold"
    assert statistics.verdict([], []).code == "no_gold"
