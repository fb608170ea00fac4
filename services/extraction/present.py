"""An act's elements as they are, and what a new suggestion amounts to beside them."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from sys import maxsize
from typing import Any

from services.extraction.place import Placed

_SAME = 0.5
Spot = tuple[str, int | None, int | None, str]


@dataclass
class Old:
    """A stored element. `status` and `attributes` may change; `changed` says that they did."""

    id: int
    act_id: int
    type: str
    start: int | None
    end: int | None
    quote: str
    status: str
    attributes: dict[str, Any]
    version: int
    changed: bool = False

    def become(self, status: str, attributes: dict[str, Any] | None = None) -> None:
        """Take a new status, and new attributes where they are given."""
        new = self.attributes if attributes is None else attributes
        self.changed = self.changed or (status, new) != (self.status, self.attributes)
        self.status, self.attributes = status, new


def spot(element: Placed | Old) -> Spot:
    """What makes two elements the same: type and place, or the words of one that has no place."""
    return element.type, element.start, element.end, "" if element.start is not None else element.quote


class Present:
    """The act's elements, looked up by place: an act may hold ten thousand."""

    def __init__(self, elements: Iterable[Old], reviewed: Iterable[tuple[int, int]]) -> None:
        self.elements = list(elements)
        self._by_spot = {spot(old): old for old in self.elements if old.status != "gold"}
        self._gold: dict[tuple[str, int], list[Old]] = {}
        for old in self.elements:
            if old.status == "gold":
                for cell in _cells(old):
                    self._gold.setdefault((old.type, cell), []).append(old)
        self._reviewed = sorted(reviewed)

    def outcome(self, new: Placed) -> str:
        """What a new suggestion amounts to; an earlier suggestion that comes again is kept."""
        near = (old for cell in _cells(new) for old in self._gold.get((new.type, cell), ()))
        if any(_overlap(old, new) >= _SAME for old in near):
            return "confirmed"
        old = self._by_spot.get(spot(new))
        if old is not None and old.status == "rejected":
            return "rejected"
        if old is not None:
            old.become("suggested", new.attributes)
            return "kept"
        return "reviewed" if new.start is not None and self._is_reviewed(new.start) else "added"

    def mark_stale(self, seen: set[Spot], ranges: list[tuple[int, int]], *, whole: bool) -> int:
        """Let go earlier suggestions that did not come again, in the `ranges` that were read; how many.

        `ranges` stand in order and apart. One without a place may come from any passage: it is let go
        where the `whole` act was read.
        """
        stale = 0
        for old in self.elements:
            if old.status != "suggested" or spot(old) in seen:
                continue
            if whole if old.start is None else _within(ranges, old.start):
                old.become("stale")
                stale += 1
        return stale

    def _is_reviewed(self, offset: int) -> bool:
        i = bisect_right(self._reviewed, (offset, maxsize))
        return any(start <= offset < end for start, end in self._reviewed[max(0, i - 2) : i])


def _within(ranges: list[tuple[int, int]], offset: int) -> bool:
    i = bisect_right(ranges, (offset, maxsize)) - 1
    return i >= 0 and ranges[i][0] <= offset < ranges[i][1]


def _cells(element: Placed | Old) -> range:
    """Cells of 1,000 characters that an element touches; those without a place share one cell."""
    if element.start is None or element.end is None:
        return range(-1, 0)
    return range(element.start // 1000, element.end // 1000 + 1)


def _overlap(old: Old, new: Placed) -> float:
    if old.start is None or old.end is None or new.start is None or new.end is None:
        return float(old.quote == new.quote)
    shared = min(old.end, new.end) - max(old.start, new.start)
    return max(0, shared) / (max(old.end, new.end) - min(old.start, new.start))
