"""Where the quotes of a model's answer stand in the text they were taken from."""

from collections.abc import Sequence
from functools import cached_property

from services.extraction.alignment import elided_search, ordering
from services.extraction.alignment.folded_search import FoldedText
from services.extraction.alignment.folding import fold
from services.extraction.alignment.fuzzy_search import FuzzyText
from services.extraction.alignment.match import Candidate, How, Match, Repair

__all__ = ["How", "Match", "Repair", "locate", "locate_any_order"]


def locate(quotes: Sequence[str], text: str) -> list[Match | None]:
    """The place of each quote in `text`, in the quotes' order; None where it has none.

    Quotes are read in the order of the text: starts never go backwards, spans may overlap, nest or be
    equal, and as many quotes as possible are placed. A quote that stands nowhere, or only where order
    forbids, is None rather than a guess.
    """
    search = _Search(text)
    return _in_order([search.places(quote) for quote in quotes], quotes, text)


def locate_any_order(quotes: Sequence[str], text: str) -> list[Match | None]:
    """As `locate`, for answers that jump about in the text: what order forbade is read once more, and
    again, as a list of its own, until nothing more is placed. Starts may go backwards between readings.
    """
    search = _Search(text)
    places = [search.places(quote) for quote in quotes]
    matches: list[Match | None] = [None] * len(quotes)
    left = list(range(len(quotes)))
    while left:
        placed = _in_order([places[i] for i in left], [quotes[i] for i in left], text)
        for i, match in zip(left, placed, strict=True):
            matches[i] = match
        if not any(placed):
            break
        left = [i for i in left if matches[i] is None and places[i]]
    return matches


def _in_order(places: Sequence[Sequence[Candidate]], quotes: Sequence[str], text: str) -> list[Match | None]:
    chosen = ordering.choose(places, [fold(quote).key for quote in quotes], text)
    return [_match(c, quote, text) if c else None for c, quote in zip(chosen, quotes, strict=True)]


def _match(place: Candidate, quote: str, text: str) -> Match:
    """The match at a place; one that was found for a quote alike («1» for «1́») is not its very words."""
    alike = place.how == "exact" and text[place.start : place.end] != quote.strip()
    return Match(place.start, place.end, "folded" if alike else place.how, place.repairs)


class _Search:
    """Tries the certain ways before the uncertain ones; what a way needs is built when first used."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, list[Candidate]] = {}

    @cached_property
    def _folded(self) -> FoldedText:
        return FoldedText(self._text)

    @cached_property
    def _fuzzy(self) -> FuzzyText:
        return FuzzyText(self._text)

    def places(self, quote: str) -> list[Candidate]:
        if quote not in self._known:
            self._known[quote] = self._places(quote)
        return self._known[quote]

    def _places(self, quote: str) -> list[Candidate]:
        parts = elided_search.parts(quote)
        if len(parts) < 2:
            return self._whole(quote)
        return self._folded.find(quote) or elided_search.find(parts, self._text, self._whole)

    def _whole(self, quote: str) -> list[Candidate]:
        if not any(map(str.isalnum, quote)):
            return []
        return self._folded.find(quote) or self._fuzzy.find(quote)
