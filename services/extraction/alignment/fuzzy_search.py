"""Places where nearly the words of a quote stand: other endings, slips, a word more or less."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from services.extraction.alignment.deciding import deciding
from services.extraction.alignment.folding import fold_word
from services.extraction.alignment.match import Candidate

# об'єкт is one word, and so are 19-1 and 2.5: their parts are other numbers
_WORD = re.compile(r"\d+(?:[-‑–.,]\d+)+|[^\W_]+(?:['’ʼ`‘´′][^\W_]+)*")
_STEM = 4  # letters of a word that inflection leaves alone
_ANCHORS = 12  # words of a quote that vote for its place, the rarest of the text first
_VOTES = 400  # places those words may have together
_DRIFT = 2  # words a model may add or leave out before an anchor
_PLACES = 60  # places looked at closely
_SIMILAR = 80.0  # of 100: least similarity of the letters
_BETTER = 3.0  # of 100: what moving an end by a word must gain
_SHORT = 3  # words of a quote in which no word may be another
_CLOSE = 4.0  # places this near to the best stay in the choice, for reading order to decide


@dataclass
class Words:
    """The words of a text, folded and without apostrophes.

    `joined` holds them with single spaces, word `i` from `offsets[i]`.
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    joined: str = ""
    index: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, text: str) -> "Words":
        """Read `text` once. Linear."""
        words = cls()
        offset = 0
        for i, word in enumerate(_WORD.finditer(text)):
            folded = fold_word(word.group()).replace("'", "")
            words.starts.append(word.start())
            words.ends.append(word.end())
            words.folded.append(folded)
            words.offsets.append(offset)
            words.index[folded[:_STEM]].append(i)
            offset += len(folded) + 1
        words.joined = " ".join(words.folded)
        return words

    def between(self, first: int, last: int) -> str:
        """Words `first` to `last`, both included, with single spaces."""
        return self.joined[self.offsets[first] : self.offsets[last] + len(self.folded[last])]


class FuzzyText:
    """A text ready to be searched for words that differ a little."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = Words.of(text)

    def find(self, quote: str) -> list[Candidate]:
        """The places most like `quote`, none below the threshold; by start.

        Numbers, negations and modal words must be the same: "статті 5" is never taken for "статті 6".
        """
        wanted = Words.of(quote)
        found: dict[tuple[int, int], float] = {}
        for diagonal in self._diagonals(wanted):
            span = self._span(wanted, diagonal)
            if span and span not in found:
                first, last, score = self._fit(wanted, *span)
                if score >= _SIMILAR and self._credible(wanted, first, last):
                    found[first, last] = score
        best = max(found.values(), default=0.0)
        near = [(span, score) for span, score in found.items() if score >= best - _CLOSE]
        return sorted((self._candidate(quote, span, s) for span, s in near), key=lambda c: c.start)

    def _diagonals(self, wanted: Words) -> list[int]:
        """Where the quote's first word would stand, by the rarest of its words; most votes first."""
        votes: Counter[int] = Counter()
        places = ((j, self._words.index.get(w[:_STEM], [])) for j, w in enumerate(wanted.folded))
        spent = 0
        for j, at in sorted((p for p in places if p[1]), key=lambda p: len(p[1]))[:_ANCHORS]:
            spent += len(at)
            if spent > _VOTES and votes:
                break
            votes.update(i - j for i in at)
        most = max(votes.values(), default=0)
        return [diagonal for diagonal, n in votes.most_common(_PLACES) if n * 2 > most]

    def _span(self, wanted: Words, diagonal: int) -> tuple[int, int] | None:
        """First and last word of the text, from the outermost words that are recognised near `diagonal`."""
        n = len(wanted.folded)
        ahead = next(self._recognised(wanted, range(n), diagonal), None)
        behind = next(self._recognised(wanted, range(n - 1, -1, -1), diagonal), None)
        if ahead is None or behind is None:
            return None
        first, last = max(ahead, 0), min(behind + n - 1, len(self._words.folded) - 1)
        return (first, last) if first <= last else None

    def _recognised(self, wanted: Words, order: range, diagonal: int) -> Iterator[int]:
        size = len(self._words.folded)
        for j in order:
            stem = wanted.folded[j][:_STEM]
            for drift in sorted(range(-_DRIFT, _DRIFT + 1), key=abs):
                i = diagonal + j + drift
                if 0 <= i < size and self._words.folded[i][:_STEM] == stem:
                    yield diagonal + drift

    def _fit(self, wanted: Words, first: int, last: int) -> tuple[int, int, float]:
        """The span itself, or one a word longer or shorter at an end that is clearly more like the quote."""
        score = self._likeness(wanted, first, last)
        if self._fits_ends(wanted, first, last):
            return first, last, score
        shifted = [(first + a, last + b) for a in (0, -1, 1) for b in (0, -1, 1)]
        spans = [(a, b) for a, b in shifted if 0 <= a <= b < len(self._words.folded)]
        better, a, b = max((self._likeness(wanted, a, b), a, b) for a, b in spans)
        return (a, b, better) if better >= score + _BETTER else (first, last, score)

    def _fits_ends(self, wanted: Words, first: int, last: int) -> bool:
        here, there = self._words.folded, wanted.folded
        return here[first][:_STEM] == there[0][:_STEM] and here[last][:_STEM] == there[-1][:_STEM]

    def _likeness(self, wanted: Words, first: int, last: int) -> float:
        return fuzz.ratio(wanted.joined, self._words.between(first, last))

    def _credible(self, wanted: Words, first: int, last: int) -> bool:
        here = self._words.folded[first : last + 1]
        negated = first > 0 and self._words.folded[first - 1] == "не"
        if negated or deciding(here) != deciding(wanted.folded):
            return False
        stems = Counter(w[:_STEM] for w in here)
        known = sum((Counter(w[:_STEM] for w in wanted.folded) & stems).values())
        return (
            known * 3 >= len(wanted.folded) * 2 if len(wanted.folded) > 3 else _inflected(wanted.folded, here)
        )

    def _candidate(self, quote: str, span: tuple[int, int], score: float) -> Candidate:
        start, end = self._with_marks(quote, self._words.starts[span[0]], self._words.ends[span[1]])
        # Case and punctuation decide between places whose words are equally like.
        as_written = fuzz.ratio(quote, self._text[start:end])
        return Candidate(start, end, "fuzzy", round(score * 8 + as_written), ("wording",))

    def _with_marks(self, quote: str, start: int, end: int) -> tuple[int, int]:
        """Take in the marks (brackets, quotation marks, №) that stand at the quote's own ends."""
        words = list(_WORD.finditer(quote))
        before = "".join(quote[: words[0].start()].split())
        after = "".join(quote[words[-1].end() :].rstrip(" \t\n.,;:").split())
        for mark in reversed(before):
            at = start - 1
            while at >= 0 and self._text[at].isspace():
                at -= 1
            if at < 0 or fold_word(self._text[at]) != fold_word(mark):
                break
            start = at
        for mark in after:
            at = end
            while at < len(self._text) and self._text[at].isspace():
                at += 1
            if at >= len(self._text) or fold_word(self._text[at]) != fold_word(mark):
                break
            end = at + 1
        return start, end


def _inflected(wanted: list[str], here: list[str]) -> bool:
    """Whether a short quote is the same words with other endings at most."""
    return len(wanted) == len(here) and all(map(_same_but_ending, wanted, here))


def _same_but_ending(a: str, b: str) -> bool:
    stem = max(3, len(a) - 2)
    return a == b or (len(a) > 3 and a[:stem] == b[:stem] and abs(len(a) - len(b)) < 3)
