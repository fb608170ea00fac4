"""How sure a figure is, and whether one model is better than another.

Elements of one act resemble each other, so acts, not elements, are what is drawn again: everything
that compares models takes one `Counts` an act.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from services.evaluation.metrics import Counts

CONFIDENCE = 0.95
POWER = 0.8
DRAWS = 10_000
SEED = 7
# With fewer acts not even the same winner in every one of them has less than 5 % to be chance (2 / 2 ** 5).
LEAST_ACTS = 6

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """F1 of the second model minus that of the first, micro over `acts` acts."""

    value: float
    interval: Interval
    standard_error: float
    acts: int


@dataclass(frozen=True, slots=True)
class McNemar:
    """Gold elements that only one of two models found, and how likely so uneven a split is by chance."""

    only_first: int
    only_second: int
    p_value: float


VerdictCode = Literal["better", "worse", "not_proven", "too_few_acts", "no_gold"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the second model is better, with what the sentence needs.

    `more_acts`: about how many more acts of this kind would show a difference of this size; None where
    it is shown already, or where there is none to show.
    """

    code: VerdictCode
    acts: int
    difference: Difference | None = None
    more_acts: int | None = None


def wilson(successes: int, total: int, confidence: float = CONFIDENCE) -> Interval | None:
    """Wilson's score interval of a share (Wilson 1927); None of nothing. For precision and recall."""
    if not total:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, spread = successes / total, z * z / total
    centre = share + spread / 2
    half = z * math.sqrt(share * (1 - share) / total + spread / (4 * total))
    return Interval(max(0.0, (centre - half) / (1 + spread)), min(1.0, (centre + half) / (1 + spread)))


def f1_interval(acts: Sequence[Counts], confidence: float = CONFIDENCE, seed: int = SEED) -> Interval | None:
    """Interval of micro F1, acts drawn again; None with fewer than two acts, or nothing to find."""
    if len(acts) < 2 or sum(acts, Counts()).f1 is None:
        return None
    drawn = np.concatenate([_f1(weights @ _matrix(acts)) for weights in _weights(len(acts), seed)])
    return _interval(drawn, len(acts), confidence)


def f1_difference(
    first: Sequence[Counts], second: Sequence[Counts], confidence: float = CONFIDENCE, seed: int = SEED
) -> Difference | None:
    """How much better the second model is: one `Counts` an act, the same acts in the same order.

    Paired bootstrap: each draw takes the same acts for both models. None with fewer than two acts, or
    where an F1 does not exist. Raises `ValueError` where the acts differ in number or gold.
    """
    if [c.gold for c in first] != [c.gold for c in second]:
        raise ValueError("both models must be scored on the same acts")
    before, after = sum(first, Counts()).f1, sum(second, Counts()).f1
    if len(first) < 2 or before is None or after is None:
        return None
    one, two = _matrix(first), _matrix(second)
    drawn = np.concatenate([_f1(w @ two) - _f1(w @ one) for w in _weights(len(first), seed)])
    interval = _interval(drawn, len(first), confidence)
    return Difference(after - before, interval, float(np.nanstd(drawn)), len(first))


def mcnemar(first: Sequence[bool], second: Sequence[bool]) -> McNemar:
    """Exact two-sided McNemar test (McNemar 1947) on gold elements found by each of two models.

    It treats elements as independent and sees no false finds: a help beside `f1_difference`, not instead.
    """
    only_first = sum(a and not b for a, b in zip(first, second, strict=True))
    only_second = sum(b and not a for a, b in zip(first, second, strict=True))
    tail = _binomial_tail(min(only_first, only_second), only_first + only_second)
    return McNemar(only_first, only_second, min(1.0, 2 * tail))


def _binomial_tail(most: int, tosses: int) -> float:
    """Chance of at most `most` heads in `tosses` of a fair coin."""
    ways = total = 1
    for k in range(most):
        ways = ways * (tosses - k) // (k + 1)
        total += ways
    return total / (1 << tosses)


def more_acts(difference: Difference, confidence: float = CONFIDENCE, power: float = POWER) -> int | None:
    """About how many more such acts would show a true difference of this size, with `power`.

    The standard error falls with the root of the number of acts. None where there is no difference.
    """
    if not difference.value:
        return None
    normal = NormalDist()
    errors = normal.inv_cdf((1 + confidence) / 2) + normal.inv_cdf(power)
    wanted = difference.acts * (errors * difference.standard_error / difference.value) ** 2
    return max(1, math.ceil(wanted) - difference.acts)


def verdict(
    first: Sequence[Counts], second: Sequence[Counts], confidence: float = CONFIDENCE, seed: int = SEED
) -> Verdict:
    """Is the second model better than the first? One `Counts` an act, the same acts in the same order.

    `better` and `worse` where the interval of the difference leaves zero out, `not_proven` where it does
    not, `too_few_acts` where no interval could be trusted, `no_gold` where there is nothing to compare.
    """
    acts = len(first)
    if not any(counts.gold for counts in first):
        return Verdict("no_gold", acts)
    difference = f1_difference(first, second, confidence, seed)
    if difference is None or acts < LEAST_ACTS:
        wanted = more_acts(difference, confidence) if difference else None
        return Verdict("too_few_acts", acts, difference, max(LEAST_ACTS - acts, wanted or 0))
    if difference.interval.low > 0:
        return Verdict("better", acts, difference)
    if difference.interval.high < 0:
        return Verdict("worse", acts, difference)
    return Verdict("not_proven", acts, difference, more_acts(difference, confidence))


def _matrix(acts: Sequence[Counts]) -> NDArray[np.float64]:
    return np.array([(c.found, c.gold + c.predicted) for c in acts], dtype=np.float64)


def _weights(acts: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """How often each act is drawn, a row a draw, in chunks that keep memory flat."""
    rng = np.random.default_rng(seed)
    for _ in range(DRAWS // _CHUNK):
        yield rng.multinomial(acts, np.full(acts, 1 / acts), size=_CHUNK)


def _f1(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """F1 of each draw; NaN where a draw holds neither gold nor a prediction."""
    found, both = totals[:, 0], totals[:, 1]
    f1 = np.full(len(both), np.nan)
    np.divide(2 * found, both, out=f1, where=both > 0)
    return f1


def _interval(drawn: NDArray[np.float64], acts: int, confidence: float) -> Interval:
    """Percentile interval, widened for few acts (Hesterberg 2015, "expanded percentile").

    The plain one is too narrow by what a standard deviation of n draws and the normal curve instead of
    Student's leave out. doi:10.1080/00031305.2015.1089789
    """
    t = stdtrit(acts - 1, (1 + confidence) / 2)
    tail = NormalDist().cdf(-math.sqrt(acts / (acts - 1)) * t)
    low, high = np.nanquantile(drawn, [tail, 1 - tail])
    return Interval(float(low), float(high))
