"""Choosing one place a quote, so that starts never go backwards and as many as possible are placed."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from services.extraction.alignment.match import Candidate

# How much worse (of 1000) another place in order may be and still make the choice a guess.
_FUZZY_RIVAL = 5
_ELIDED_RIVAL = 20


def choose(places: Sequence[Sequence[Candidate]], names: Sequence[str], text: str) -> list[Candidate | None]:
    """One of each quote's `places` (sorted by start) in `text`, or None where it cannot be kept in order.

    The same quote twice (equal `names`) takes two places where the text has two. Among equally good
    choices the earliest in the text is taken: a first mention is what is quoted most. A fuzzy place
    that has a rival nearly as good with other words is a guess, and None.
    """
    chosen = _earliest(places)
    if chosen is None:
        chosen = _heaviest_chain(places)
    certain = _without_guesses(chosen, places, text)
    return _spread(certain, places, names)


def _without_guesses(
    chosen: Sequence[Candidate | None], places: Sequence[Sequence[Candidate]], text: str
) -> list[Candidate | None]:
    starts = [
        [c.start for c in options] if place else [] for place, options in zip(chosen, places, strict=True)
    ]
    floors, ceilings = _floors(starts), _ceilings(starts)
    certain: list[Candidate | None] = []
    for place, options, floor, ceiling in zip(chosen, places, floors, ceilings, strict=True):
        near = [c for c in options if floor <= c.start <= ceiling] if place and place.how == "fuzzy" else []
        certain.append(None if place and _is_guess(place, near, text) else place)
    return certain


def _floors(starts: Sequence[Sequence[int]]) -> list[int]:
    """The earliest each quote can start, if those before it start as early as they can."""
    floors, floor = [], 0
    for options in starts:
        floors.append(floor)
        if options:
            floor = options[bisect_left(options, floor)]
    return floors


def _ceilings(starts: Sequence[Sequence[int]]) -> list[float]:
    """The latest each quote can start, if those after it start as late as they can."""
    ceilings: list[float] = []
    ceiling = float("inf")
    for options in reversed(starts):
        ceilings.append(ceiling)
        if options:
            ceiling = options[bisect_right(options, ceiling) - 1]
    return ceilings[::-1]


def _is_guess(place: Candidate, near: Sequence[Candidate], text: str) -> bool:
    least = place.quality - (_ELIDED_RIVAL if "elision" in place.repairs else _FUZZY_RIVAL)
    words = text[place.start : place.end].split()
    return any(c.quality >= least and text[c.start : c.end].split() != words for c in near)


def _earliest(places: Sequence[Sequence[Candidate]]) -> list[Candidate | None] | None:
    """The first best place of every quote, each not before the last; None where one has none left."""
    chosen: list[Candidate | None] = []
    cursor = 0
    for options in places:
        best = max((c.quality for c in options), default=0)
        place = next((c for c in options if c.start >= cursor and c.quality == best), None)
        if options and place is None:
            return None
        chosen.append(place)
        cursor = place.start if place else cursor
    return chosen


def _heaviest_chain(places: Sequence[Sequence[Candidate]]) -> list[Candidate | None]:
    """The chain of non-decreasing starts with the largest sum of qualities, at most one place a quote.

    A longest-increasing-subsequence over all places with a Fenwick tree: n log n.
    """
    starts = sorted({c.start for options in places for c in options})
    tree = _PrefixBest(len(starts))
    links: list[tuple[int, Candidate, int]] = []  # quote, its place, the link before it (-1: none)
    for quote, options in enumerate(places):
        found = []
        for option in options:
            rank = bisect_left(starts, option.start)
            weight, before = tree.best(rank)
            found.append((rank, weight + option.quality, before, option))
        for rank, weight, before, option in found:
            links.append((quote, option, before))
            tree.offer(rank, weight, len(links) - 1)
    chosen: list[Candidate | None] = [None] * len(places)
    _, link = tree.best(len(starts) - 1)
    while link >= 0:
        quote, option, link = links[link]
        chosen[quote] = option
    return chosen


class _PrefixBest:
    """The heaviest chain that ends at or before a rank."""

    def __init__(self, size: int) -> None:
        self._best = [(0, -1)] * (size + 1)

    def best(self, rank: int) -> tuple[int, int]:
        found, i = (0, -1), rank + 1
        while i > 0:
            if self._best[i][0] > found[0]:
                found = self._best[i]
            i -= i & -i
        return found

    def offer(self, rank: int, weight: int, link: int) -> None:
        i = rank + 1
        while i < len(self._best):
            if weight > self._best[i][0]:
                self._best[i] = (weight, link)
            i += i & -i


def _spread(
    chosen: list[Candidate | None], places: Sequence[Sequence[Candidate]], names: Sequence[str]
) -> list[Candidate | None]:
    """Move the repeats of a quote that share a place on to its next places, as far as order allows."""
    limits = _limits(chosen, names)
    spread: list[Candidate | None] = []
    last: dict[str, Candidate] = {}
    for place, options, name, limit in zip(chosen, places, names, limits, strict=True):
        taken = last.get(name)
        if place and taken and place.start <= taken.start:
            place = _next(options, taken, limit) or taken
        spread.append(place)
        if place:
            last[name] = place
    return spread


def _next(options: Sequence[Candidate], taken: Candidate, limit: float) -> Candidate | None:
    later = (c for c in options if taken.start < c.start <= limit and c.quality == taken.quality)
    return next(later, None)


def _limits(chosen: Sequence[Candidate | None], names: Sequence[str]) -> list[float]:
    """How far each quote may move: up to the next placed quote of another name."""
    limits = [float("inf")] * len(chosen)
    limit, name, start = float("inf"), "", float("inf")
    for i in range(len(chosen) - 1, -1, -1):
        place = chosen[i]
        if place is None:
            continue
        if names[i] != name:
            limit, name = start, names[i]
        limits[i], start = limit, place.start
    return limits
