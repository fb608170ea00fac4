"""Scores worked out by hand."""

import pytest

from services.evaluation.metrics import Counts, score

GOLD = [
    [("RIGHT", 0, 40), ("ACTOR", 0, 8), ("DEADLINE", 20, 40)],
    [("RIGHT", 5, 25), ("ACTOR", 5, 12)],
]
PREDICTED = [
    [("RIGHT", 0, 40), ("ACTOR", 0, 9), ("ACTOR", 30, 38)],
    [("RIGHT", 5, 10), ("SANCTION", 0, 30)],
]


def test_exact_by_type_and_over_all() -> None:
    scores = score(GOLD, PREDICTED, match="exact")
    assert scores.by_type == {
        "ACTOR": Counts(found=0, gold=2, predicted=2),
        "DEADLINE": Counts(found=0, gold=1, predicted=0),
        "RIGHT": Counts(found=1, gold=2, predicted=2),
        "SANCTION": Counts(found=0, gold=0, predicted=1),
    }
    assert scores.micro == Counts(found=1, gold=5, predicted=5)
    assert (scores.micro.precision, scores.micro.recall, scores.micro.f1) == (0.2, 0.2, 0.2)


def test_overlap_of_a_half() -> None:
    scores = score(GOLD, PREDICTED, match="iou")
    assert scores.by_type["ACTOR"] == Counts(found=1, gold=2, predicted=2)
    assert scores.by_type["RIGHT"] == Counts(found=1, gold=2, predicted=2)
    assert scores.micro.f1 == pytest.approx(0.4)


def test_ratios() -> None:
    counts = Counts(found=6, gold=8, predicted=12)
    assert counts.precision == 0.5
    assert counts.recall == 0.75
    assert counts.f1 == pytest.approx(0.6)


def test_ratio_of_nothing_is_none_and_zero_is_zero() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (None, None, None)
    silent = Counts(found=0, gold=3, predicted=0)
    assert (silent.precision, silent.recall, silent.f1) == (None, 0.0, 0.0)


def test_same_offsets_in_another_passage_are_another_element() -> None:
    assert score([[("ACTOR", 0, 4)], []], [[], [("ACTOR", 0, 4)]]).micro.found == 0


def test_one_passage_may_come_bare() -> None:
    assert score(GOLD[0], PREDICTED[0]) == score(GOLD[:1], PREDICTED[:1])
    assert score(set(GOLD[0]), iter(())) == score(GOLD[:1], [[]])
    assert score([], GOLD[0]).micro == Counts(found=0, gold=0, predicted=3)


def test_said_twice_counts_once() -> None:
    assert score([("ACTOR", 0, 4)], [("ACTOR", 0, 4)] * 3).micro == Counts(found=1, gold=1, predicted=1)


def test_nothing_at_all() -> None:
    scores = score([], [])
    assert (scores.micro, scores.by_type) == (Counts(), {})


def test_passages_that_do_not_correspond_are_an_error() -> None:
    with pytest.raises(ValueError, match="2 passages of gold, 1 predicted"):
        score(GOLD, PREDICTED[:1])
