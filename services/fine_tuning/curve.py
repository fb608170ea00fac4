"""Reading a loss curve: where it was best, and what that says."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from services.fine_tuning.views import Point

# A rise below one per cent is noise of a small validation set.
_NOISE = 0.01
_LATER = 2

Saying = Literal["nothing_yet", "training_only", "still_falling", "levelled_off", "rising"]


class Reading(NamedTuple):
    """`code` says how validation goes; `best` is the step with the lowest validation loss, if told."""

    code: Saying
    best: int | None = None


def read(points: Sequence[Point]) -> Reading:
    """What the curve says so far."""
    if not points:
        return Reading("nothing_yet")
    validated = [(p.step, p.validation) for p in points if p.validation is not None]
    if not validated:
        return Reading("training_only")
    place = min(range(len(validated)), key=lambda i: validated[i][1])
    best, least = validated[place]
    later = len(validated) - 1 - place
    if later < _LATER:
        return Reading("still_falling", best)
    worse = validated[-1][1] > least * (1 + _NOISE)
    return Reading("rising" if worse else "levelled_off", best)
