"""Cutting an act into passages: what one model call sees.

An article is a passage; of a by-law, a few consecutive points are. A unit that is too long is cut between
its own units, then between paragraphs, then between sentences. Headings and the title block are context.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from services.acts.metadata import title_of
from services.acts.notes import Span
from services.acts.structure import Unit
from services.acts.structure.lines import read
from services.acts.structure.parser import units_of
from services.datasets.tokens import count
from services.extraction.rows import NO_CUT, Row, rows_of, without_notes
from services.extraction.sentences import ends_in_number, pieces

_UNCOMMON = re.compile(r"[^ -~\n\u00ab\u00bb\u00a0\u0410-\u044fІіЇїЄєҐґЁё’“”„–—№]")
_MAX_CONTEXT = 600  # characters of one line of context
_OVERLAP = 12  # characters by which a title that is wrapped onto the next line is known again
_TAIL = 100  # characters at the end of a passage that show whether it ends in a number


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage. `start`, `end`: half-open code points of the act.

    `text` is that slice without editorial notes: the slices `kept`, joined. `context` names what stands
    above it: the act's title, headings, the lead-in of the list it was cut out of.
    """

    start: int
    end: int
    text: str
    context: str = ""
    kept: tuple[Span, ...] = ()


def split(text: str, max_tokens: int) -> list[Passage]:
    """Return the passages of an act in order, each of at most `max_tokens` (> 0) tokens of o200k.

    Passages never overlap and together hold every character of its norms. Text without any structure is
    cut at paragraphs. Linear time.
    """
    return _Splitter(text, max(1, max_tokens)).split()


class _Splitter:
    def __init__(self, text: str, max_tokens: int) -> None:
        self.text = text
        self.max = max_tokens
        layout = read(text)
        self.notes = layout.notes
        self.note_ends = [end for _, end in self.notes]
        units = units_of(layout)
        self.rows = rows_of(layout.lines, units)
        self.title = title_of(layout)[:_MAX_CONTEXT]
        self.tokens = [0] * len(self.rows)

    def split(self) -> list[Passage]:
        passages: list[Passage] = []
        first = 0
        for index in range(1, len(self.rows) + 1):
            if index == len(self.rows) or self.rows[index].home is not self.rows[first].home:
                passages += self._home(first, index)
                first = index
        return passages

    def _home(self, first: int, stop: int) -> list[Passage]:
        """Return the passages of one article, or of one run of paragraphs in a container."""
        while stop > first and self.rows[stop - 1].lone:
            stop -= 1
        if stop > first and self._surely_fits(self.rows[first].start, self.rows[stop - 1].end):
            spans = [(self.rows[first].start, self.rows[stop - 1].end, self.rows[first])]
        else:
            self._count(first, stop)
            spans = [span for low, high in self._cut(first, stop) for span in self._spans(low, high)]
        return [self._passage(start, end, row) for start, end, row in self._rejoined(spans)]

    def _count(self, first: int, stop: int) -> None:
        """Count the tokens of rows `[first, stop)`, each with what stands between it and the one before."""
        above = self.rows[first].start
        for index in range(first, stop):
            row = self.rows[index]
            if row.start - above <= 1:
                self.tokens[index] = count(self.text[row.start : row.end]) + 1
            else:
                self.tokens[index] = count(self._joined(above, row.end))
            above = row.end

    def _surely_fits(self, start: int, end: int) -> bool:
        """Tell without counting that a short stretch fits: no common character is more than a token."""
        return end - start <= self.max and not _UNCOMMON.search(self.text, start, end)

    def _cut(self, first: int, stop: int) -> list[tuple[int, int]]:
        """Cut rows `[first, stop)` into runs that fit, at the outermost units that start among them."""
        if stop - first <= 1 or sum(self.tokens[first:stop]) <= self.max:
            return [(first, stop)] if stop > first else []
        depth = min(self.rows[index].depth for index in range(first + 1, stop))
        if depth >= NO_CUT:
            return [(first, stop)]
        bounds = [index for index in range(first + 1, stop) if self.rows[index].depth == depth]
        return self._pack([first, *bounds, stop])

    def _pack(self, bounds: list[int]) -> list[tuple[int, int]]:
        """Join neighbouring stretches as long as they fit; cut those that do not fit alone."""
        runs: list[tuple[int, int]] = []
        start, total = bounds[0], 0
        for low, high in pairwise(bounds):
            size = sum(self.tokens[low:high])
            if total + size > self.max and low > start:
                runs += [(start, low)] if total <= self.max else self._cut(start, low)
                start, total = low, 0
            total += size
        runs += [(start, bounds[-1])] if total <= self.max else self._cut(start, bounds[-1])
        return runs

    def _spans(self, low: int, high: int) -> list[tuple[int, int, Row]]:
        """Return the run as one span, or, where its only paragraph is too long, as stretches of it."""
        first, last = self.rows[low], self.rows[high - 1]
        if sum(self.tokens[low:high]) <= self.max:
            return [(first.start, last.end, first)]
        law = self._law(first.start, last.end)
        return [(start, end, first) for part in law for start, end in pieces(self.text, *part, self.max)]

    def _rejoined(self, spans: list[tuple[int, int, Row]]) -> list[tuple[int, int, Row]]:
        """Join a span that ends in a number to the one after it, so that no number is left without its norm.

        Where both are too long together, and at the end, it is the number of words like «згідно зі ст. 15.»:
        the span loses its full stop.
        """
        joined: list[tuple[int, int, Row]] = []
        for start, end, row in spans:
            if joined and _ends_in_number(self.text, joined[-1]):
                before, stop, above = joined.pop()
                if count(self._joined(before, end)) <= self.max:
                    start, row = before, above
                else:
                    joined.append((before, stop - 1, above))
            joined.append((start, end, row))
        if joined and _ends_in_number(self.text, joined[-1]):
            start, end, row = joined.pop()
            joined.append((start, end - 1, row))
        return joined

    def _law(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the slices of a stretch of the act that are no editorial notes."""
        at = bisect_left(self.note_ends, start + 1)
        touching: list[Span] = []
        while at < len(self.notes) and self.notes[at][0] < end:
            touching.append(self.notes[at])
            at += 1
        return without_notes(start, end, self.text, touching)

    def _passage(self, start: int, end: int, row: Row) -> Passage:
        return Passage(start, end, self._joined(start, end), self._context(start, row), self._law(start, end))

    def _joined(self, start: int, end: int) -> str:
        """Return a stretch of the act without editorial notes."""
        return "".join(self.text[low:high] for low, high in self._law(start, end))

    def _context(self, start: int, row: Row) -> str:
        lines = [self.title] if self.title else []
        above = row.unit.chain() if row.unit is not None else []
        lines += [self._heading(unit) for unit in above if unit.start < start]
        return "\n".join(line for line in dict.fromkeys(lines) if line)

    def _heading(self, unit: Unit) -> str:
        """Return what introduces a unit: its first line, with the title that stands below."""
        if unit.kind in ("indent", "preamble"):
            return ""
        if unit.kind == "annex":
            return unit.title
        stop = self.text.find("\n", unit.start, unit.end)
        line = self.text[unit.start : unit.end if stop < 0 else stop].split("{")[0].strip()
        if unit.title and unit.title not in line:
            wrapped = line.find(unit.title[:_OVERLAP])
            line = f"{line[:wrapped] if wrapped > 0 else f'{line} '}{unit.title}"
        if unit.kind in ("part", "point", "subpoint") and not line.endswith(":"):
            return ""
        return line[:_MAX_CONTEXT]


def _ends_in_number(text: str, span: tuple[int, int, Row]) -> bool:
    start, end, _ = span
    return ends_in_number(text[max(start, end - _TAIL) : end])
