"""Footnotes of a PDF: taken out of the text that goes on over them, and kept as notes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.acts.sources.pdf_lines import RAISED, Line

_SMALLER = 0.93  # of the size of the page's letters
_BEGINS = re.compile(rf"{RAISED}?(\d{{1,3}}|\*{{1,4}})(?![.)\d])\s*(?=[^\W\d_]|[«\"“(])")


def without_footnotes(pages: Sequence[Sequence[Line]]) -> tuple[list[Line], dict[int, list[Line]]]:
    """The lines of all pages, and the footnotes of each page that has some."""
    lines: list[Line] = []
    notes: dict[int, list[Line]] = {}
    for page in pages:
        first = _first_note(page)
        if first < len(page):
            notes[page[0].page] = list(page[first:])
        lines += _without_marks(page[:first], page[first:])
    return lines, notes


def begins_note(line: Line) -> "re.Match[str] | None":
    """The mark with which a footnote begins."""
    return _BEGINS.match(line.text)


def _without_marks(text: Sequence[Line], notes: Sequence[Line]) -> list[Line]:
    """The text of a page less the marks of its notes that stand after a number, where they read as an index.

    A mark that could be meant in two places is left where it is.
    """
    lines = list(text)
    for mark in [found[1] for line in notes if (found := begins_note(line))]:
        pattern = re.compile(rf"{RAISED}{re.escape(mark)}(?!\d)")
        places = [at for at, line in enumerate(lines) for _ in pattern.finditer(line.text)]
        if len(places) == 1:
            line = lines[places[0]]
            lines[places[0]] = replace(line, text=re.sub(rf"(?<=\d){pattern.pattern}", "", line.text))
    return lines


def _first_note(page: Sequence[Line]) -> int:
    """Where the footnotes of a page begin: small letters, or letters below a rule, below
    everything else, the first of them with a mark."""
    if not page:
        return 0
    usual = sorted(line.size for line in page)[len(page) // 2]
    first = at = len(page)
    while at > 0 and _is_small(page[at - 1], usual):
        at -= 1
        if begins_note(page[at]):
            first = at
    lowest = min((line.y for line in page[:first]), default=0.0)
    is_below = first and all(line.y < lowest for line in page[first:])
    return first if is_below else len(page)


def _is_small(line: Line, usual: float) -> bool:
    return (line.size < _SMALLER * usual or line.is_below_rule) and not line.cell
