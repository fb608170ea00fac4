"""Footnotes of a PDF: taken out of the text that goes on over them, and kept as notes."""

import re
from collections.abc import Sequence

from services.acts.sources.pdf_lines import RAISED, Line

_SMALLER = 0.93  # of the size of the page's letters
_BEGINS = re.compile(rf"{RAISED}?(\d{{1,3}}|\*{{1,4}})(?![.)\d])\s*(?=[^\W\d_]|[«\"“(])")


def without_footnotes(pages: Sequence[Sequence[Line]]) -> tuple[list[Line], dict[int, list[Line]]]:
    """The lines of all pages, and the footnotes of each page that has some."""
    lines: list[Line] = []
    notes: dict[int, list[Line]] = {}
    for page in pages:
        first = _first_note(page)
        lines += page[:first]
        if first < len(page):
            notes[page[0].page] = list(page[first:])
    return lines, notes


def begins_note(line: Line) -> "re.Match[str] | None":
    """The mark with which a footnote begins."""
    return _BEGINS.match(line.text)


def _first_note(page: Sequence[Line]) -> int:
    """Where the footnotes of a page begin: small letters below everything else, the first with a mark."""
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
    return line.size < _SMALLER * usual and not line.cell
