"""Which acts a model learns from, which it is validated on and which it is tested on.

Acts are taken in an order made of the seed and the act alone. A later version with more acts therefore
leaves nearly every act on the side it was on, so that models of different versions can be compared.
"""

import hashlib
from collections.abc import Mapping
from typing import Literal

from services.datasets.errors import BadRatiosError

Split = Literal["train", "validation", "test"]
SPLITS: tuple[Split, ...] = ("train", "validation", "test")
RATIOS = (80, 10, 10)
_HELD_OUT: tuple[Split, ...] = ("test", "validation")
_SLACK = 0.15
# With fewer test acts no advantage of one model can be told from chance (`evaluation.statistics`). A fifth
# of all acts at most is held out for it, so this holds from thirty acts on.
LEAST_TEST_ACTS = 6


def rank(seed: int, key: str) -> str:
    """A place in the seeded order; independent of what else is in it."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def assign(sizes: Mapping[str, int], *, seed: int, ratios: tuple[int, int, int] = RATIOS) -> dict[str, Split]:
    """The side of each group of acts; `sizes` counts passages, `ratios` are train, validation, test.

    Whole groups are moved, so shares are near the ratios, not equal to them. With three groups or more
    every split with a share has at least one; with two there is no validation; with one only training.
    Raises BadRatiosError.
    """
    shares = wanted(sum(sizes.values()), ratios)
    left = sorted(sizes, key=lambda key: rank(seed, key))
    sides: dict[str, Split] = {}
    waiting = [side for side in _HELD_OUT if shares[side]]
    while waiting:
        side = waiting.pop(0)
        room = len(left) - 1 - len(waiting)
        # Test acts are taken from one end, validation acts from the other: growing one moves not the other.
        order = left if side == "test" else left[::-1]
        least = LEAST_TEST_ACTS if side == "test" and len(sizes) >= 5 * LEAST_TEST_ACTS else 1
        taken = _take(order, sizes, shares[side], max(room, min(1, len(left) - 1)), least)
        sides.update(dict.fromkeys(taken, side))
        left = [key for key in left if key not in sides]
    sides.update(dict.fromkeys(left, "train"))
    return sides


def wanted(total: int, ratios: tuple[int, int, int]) -> dict[Split, float]:
    """How many of `total` passages each split should hold. Raises BadRatiosError."""
    if min(ratios) < 0 or ratios[0] <= 0:
        raise BadRatiosError(ratios=list(ratios))
    return {side: total * share / sum(ratios) for side, share in zip(SPLITS, ratios, strict=True)}


def _take(order: list[str], sizes: Mapping[str, int], wanted: float, room: int, least: int) -> list[str]:
    """At most `room` groups, in order, as long as they fit; one that is too large is passed over.

    Where `least` groups are wanted, each may fill only its part of the side, and half as much again.
    """
    largest = wanted / least * (1.5 if least > 1 else 1 + _SLACK)
    taken: list[str] = []
    count = 0
    for key in order:
        if len(taken) >= room or (count >= wanted and len(taken) >= least):
            break
        fits = count + sizes[key] <= wanted * (1 + _SLACK) or len(taken) < least
        if fits and sizes[key] <= max(1.0, largest):
            taken.append(key)
            count += sizes[key]
    if not taken and room > 0:
        return [min(order, key=lambda key: sizes[key])]
    return taken
