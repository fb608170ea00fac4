"""Paragraphs of an act that may enter a passage, with where each stands in the act's structure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from services.acts.notes import Span
from services.acts.structure import Unit
from services.acts.structure.lines import Line
from services.acts.structure.markers import marker
from services.acts.structure.titles import ENDS
from services.extraction.sentences import BRACKETED

NO_CUT = 10_000
"""Depth of a paragraph above which a text is never cut."""

_PLAIN = 100
_LONGEST_HEADING = 40
_DEPTHS = {"article": 0, "note": 1, "part": 1, "point": 2, "subpoint": 3, "indent": 10}
_CONTAINERS = frozenset({"annex", "book", "section", "subsection", "chapter", "paragraph_unit", "final"})
_LONE_NUMBER = re.compile(
    rf"(?:\d{{1,4}}(?:\.\d+)*(?:-\d+)?[.)]?|{BRACKETED}|стаття\s+\d+(?:-\d+)?\.?)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Row:
    """A paragraph of norm text.

    `unit` is the innermost unit that holds it, `home` the article or the container whose passages it
    enters. `depth` says how good a cut above it is: the smaller, the better.
    """

    start: int
    end: int
    unit: Unit | None
    home: Unit | None
    depth: int
    lone: bool  # nothing but a number or a heading: what follows belongs to it


def rows_of(lines: list[Line], units: list[Unit]) -> list[Row]:
    """Return the paragraphs of norm text: no notes, no title block, no headings, no signatures.

    An article's heading is the first row of the article. Where nothing at all has structure, every
    line is a row.
    """
    rows: list[Row] = []
    titles = _titles_of_groups(lines, units)
    for line, chain, opened in _places(lines, units):
        unit = chain[-1] if chain else None
        if line.is_note or line.start in titles or not _is_norm(line, unit):
            continue
        heads_article = unit is not None and unit.kind == "article" and _is_heading(line, unit)
        lone = heads_article or _LONE_NUMBER.fullmatch(line.text) is not None
        depth = NO_CUT if rows and rows[-1].lone else _depth(opened)
        rows.append(Row(line.start, line.end, unit, _home(chain), depth, lone))
    if not rows:
        rows = [Row(line.start, line.end, None, None, _PLAIN, False) for line in lines if not line.is_note]
    return rows


def _titles_of_groups(lines: list[Line], units: list[Unit]) -> set[int]:
    """Return where the titles begin that stand above groups of articles without a number: «СТАНДАРТИ»."""
    headings = {unit.start for unit in units if unit.kind == "article"}
    titles: set[int] = set()
    for below, line in pairwise(line for line in reversed(lines) if not line.is_note):
        if (below.start in headings or below.start in titles) and _is_title(line):
            titles.add(line.start)
    return titles - headings


def _is_title(line: Line) -> bool:
    """Tell whether a line is in capitals and no sentence."""
    return not line.quoted and line.text.isupper() and line.text[-1] not in ENDS and marker(line.text) is None


def _is_heading(line: Line, article: Unit) -> bool:
    """Tell whether a line of an article that is in no part of it is its heading, or the title below."""
    is_title = article.title != "" and line.end - line.start == len(article.title)
    return line.start == article.start or is_title


def _places(lines: list[Line], units: list[Unit]) -> Iterator[tuple[Line, list[Unit], list[Unit]]]:
    """Yield each line with the units that hold it, largest first, and those that start with it."""
    stack: list[Unit] = []
    following = 0
    for line in lines:
        opened: list[Unit] = []
        while following < len(units) and units[following].start <= line.start:
            unit = units[following]
            while stack and stack[-1] is not unit.parent:
                stack.pop()
            stack.append(unit)
            opened.append(unit)
            following += 1
        while stack and stack[-1].end <= line.start:
            stack.pop()
        yield line, stack, opened


def _is_norm(line: Line, unit: Unit | None) -> bool:
    """Tell whether a line is law: «I. Внести зміни до таких законів:» is, though it opens a section."""
    if unit is None:
        return False
    if unit.kind not in _CONTAINERS or line.quoted:
        return True
    if unit.kind == "annex" or line.start != unit.start or line.text.isupper():
        return False
    return line.text.endswith((":", ";", ".")) and len(line.text) > _LONGEST_HEADING


def _home(chain: list[Unit]) -> Unit | None:
    for unit in reversed(chain):
        if unit.kind == "article" or unit.kind in _CONTAINERS:
            return unit
    return None


def _depth(opened: list[Unit]) -> int:
    return min((_DEPTHS.get(unit.kind, 0) for unit in opened), default=_PLAIN)


def without_notes(start: int, end: int, text: str, notes: list[Span]) -> tuple[Span, ...]:
    """Return the slices of `text[start:end]` outside `notes` (in order); a note's own line goes with it."""
    kept: list[Span] = []
    position = start
    for opened, closed in notes:
        if closed <= position or opened >= end:
            continue
        line_start = text.rfind("\n", start, opened) + 1
        begins_line = not text[max(line_start, start) : opened].strip()
        stop = closed
        if begins_line and text[closed : closed + 1] == "\n":
            stop = closed + 1
        if opened > position:
            kept.append((position, opened))
        position = min(max(position, stop), end)
    if position < end:
        kept.append((position, end))
    return tuple(kept)
