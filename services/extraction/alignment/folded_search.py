"""Places where a quote stands, letter for letter after folding."""

from collections.abc import Iterator
from operator import attrgetter

from services.extraction.alignment.folding import APOSTROPHES, DASHES, Folded, fold
from services.extraction.alignment.match import Candidate, How, Repair
from services.extraction.alignment.repairs import between

EXACT, FOLDED = 1000, 980
_Judgement = tuple[How, int, tuple[Repair, ...]]
_EDGES = " \t\r\n.,;:…*_•"
_QUOTES = "\"«»“”„'’‘`"
_WRAPPERS = f"{_QUOTES}()[]"
_SPARE = (_EDGES + _QUOTES, _EDGES + _WRAPPERS)  # the least is taken away first


class FoldedText:
    """A text ready to be searched for many quotes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded: Folded = fold(text)

    def find(self, quote: str) -> list[Candidate]:
        """Every place of `quote` that begins and ends with a word; by start.

        The quote without the punctuation at its ends is looked for too: a model ends a quote with a full
        stop where the act goes on, and the same words may end a sentence elsewhere.
        """
        quote = quote.strip()
        found = self._find(quote)
        bare = quote.strip(_EDGES)
        if bare and bare != quote:
            known = {place.start for place in found}
            found += [self._trimmed(place) for place in self._find(bare) if place.start not in known]
            found.sort(key=attrgetter("start"))
        for spare in _SPARE:
            trimmed = quote.strip(spare)
            if not found and trimmed and trimmed != bare:
                found = [self._trimmed(place) for place in self._find(trimmed)]
        return found

    def _find(self, quote: str) -> list[Candidate]:
        needle = fold(quote)
        judged: dict[str, _Judgement] = {}
        found: list[Candidate] = []
        for first in _positions(self._folded.key, needle.key):
            stop = first + len(needle.key)
            if self._whole_words(first, stop):
                start, end = self._folded.at[first], self._end(stop)
                as_written = self.text[start:end]
                if as_written not in judged:
                    judged[as_written] = self._judge(quote, needle, as_written, first, stop)
                found.append(Candidate(start, end, *judged[as_written]))
        return found

    def _judge(self, quote: str, needle: Folded, as_written: str, first: int, stop: int) -> _Judgement:
        if as_written == quote:
            return "exact", EXACT, ()
        repairs = between(quote, needle, self.text, self._folded.at[first:stop])
        # A model loses line breaks but invents none: where it has lost them, a place that differs in
        # nothing else is as good as one without any.
        lost = repairs == ("white_space",) and " ".join(quote.split()) == quote
        return "folded", EXACT if lost else FOLDED - len(repairs), repairs

    @staticmethod
    def _trimmed(place: Candidate) -> Candidate:
        repairs: tuple[Repair, ...] = (*place.repairs, "edge")
        return Candidate(place.start, place.end, "folded", FOLDED - len(repairs), repairs)

    def _end(self, stop: int) -> int:
        end = self._folded.at[stop - 1] + 1
        while end < len(self.text) and "\u0300" <= self.text[end] <= "\u036f":
            end += 1
        return end

    def _whole_words(self, first: int, stop: int) -> bool:
        at = self._folded.at
        if (first and at[first] == at[first - 1]) or (stop < len(at) and at[stop] == at[stop - 1]):
            return False  # inside a character that folds to several
        return not inside_word(self.text, at[first]) and not inside_word(self.text, self._end(stop))


def _positions(key: str, needle: str) -> Iterator[int]:
    at = key.find(needle) if needle else -1
    while at >= 0:
        yield at
        at = key.find(needle, at + 1)


def inside_word(text: str, at: int) -> bool:
    """Whether a word or a number goes on across offset `at`: об|єкт, об|'єкт, 19|-1, 2|.5."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    if before.isalnum():
        return _joins(before, after, text[at + 1 : at + 2])
    return after.isalnum() and at > 1 and _joins(text[at - 2], before, after)


def _joins(left: str, joint: str, right: str) -> bool:
    if joint in APOSTROPHES:
        return left.isalpha() and right.isalpha()
    return (joint in DASHES or joint in ".,") and left.isdigit() and right.isdigit()
