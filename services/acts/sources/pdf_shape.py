"""How the pages of a PDF are set, and where their paragraphs begin."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from services.acts.sources.pdf_lines import HYPHEN, MARKER, Area, Line

_ENDS = re.compile(r"[.;:!?}»”\"]$")
_HEADING = re.compile(
    r"(?:Розділ|РОЗДІЛ|Підрозділ|Глава|ГЛАВА|Книга|КНИГА|§)\s+[IVXLCІХ\d-]{1,8}[А-ЯҐЄІЇ]?\.?"
)
# Rows of the list of acts that changed this one: «№ 2453-VI від 07.07.2010, ВВР, 2010, № 41-42, ст.529».
_CHANGE, _CHANGE_ENDS = re.compile(r"№ \S+ від \d"), re.compile(r"(?:\.\d{2}(?:\d{2})?|ст\. ?\d+)$")
_TORN = re.compile(rf"(?:\w[-‐\xad]|{HYPHEN})$")  # in the middle of a word; «…, -» ends a line of its own
_SHORT = 0.35  # of the page
_NARROWER = 0.1
_WIDER = 1.04  # letters of a word are, than letters and spaces of a line
_LEADING = 1.2  # of the size of letters, where no paragraph of two lines tells
_APART = 1.3  # of the leading: paragraphs that are set apart


class Shape:
    """How the pages are set: margins of each area, the usual distance of lines, indents of paragraphs."""

    def __init__(self, lines: Sequence[Line]) -> None:
        areas: dict[Area, list[Line]] = defaultdict(list)
        for line in lines:
            areas[line.area].append(line)
        self._margins = {area: _margins(area, found) for area, found in areas.items()}
        self._first_lines: dict[Area, set[int]] = defaultdict(set)
        self._leadings = self._usual_leadings(lines)
        self._first_lines = self._indents(lines)

    def begins(self, before: Line, line: Line) -> bool:
        """Does a paragraph begin with `line`?"""
        if before.cell != line.cell:
            return True
        if _TORN.search(before.text) and before.y != line.y:
            return False
        if self._is_set_apart(before, line) or self._had_room(before, line) or not line.is_alone:
            return True
        if _HEADING.fullmatch(before.text) or (_CHANGE.match(line.text) and _CHANGE_ENDS.search(before.text)):
            return True
        ended, marked = bool(_ENDS.search(before.text)), bool(MARKER.match(line.text))
        if self._is_centred(before) and self._is_centred(line) and not marked:
            return False
        if self._is_indented(line):
            is_first = self._is_first(line)
            return is_first or ended or marked or line.left - before.left > 0.5 * line.size
        if ended and before.page != line.page and not self._first_lines[line.area]:
            # Where paragraphs are told by the space between them, the end of a page hides it.
            return not before.text.endswith(".") or not line.text[0].islower()
        return (ended and (marked or line.is_caps)) or (before.is_caps and not line.is_caps)

    def is_cut(self, before: Line, line: Line) -> bool:
        """Does a number go on in `line` that was wider than its cell?"""
        letter = (before.right - before.left) / max(len(before.text), 1)
        is_full = self._margins[before.area][1] - before.right < 1.5 * letter
        return bool(before.cell) and is_full and before.text.isdigit() and line.text.isdigit()

    def _is_rest(self, before: Line, line: Line) -> bool:
        """Does a cell of another page go on in the middle of a sentence or of a number?"""
        shorter = len(line.text) < len(before.text)  # the next code of a column is as long as the last
        return line.text[0].islower() or (shorter and self.is_cut(before, line))

    def goes_over(self, before: Sequence[list[Line]], row: Sequence[list[Line]]) -> bool:
        """Is `row`, the first of a page, the rest of the row of cells at the end of the page before?

        Then some of its cells are empty, or one begins in the middle of a sentence or of a number.
        """
        last = {block[-1].area: block[-1] for block in before if block[-1].cell}
        firsts = [block[0] for block in row]
        if not last or any(line.area not in last or not line.cell for line in firsts):
            return False
        if len(row) >= len(before) and not any(self._is_rest(last[line.area], line) for line in firsts):
            return False
        return all(
            last[line.area].page < line.page and not self._begins_below(last[line.area], line)
            for line in firsts
        )

    def _begins_below(self, before: Line, line: Line) -> bool:
        """Does the text of a cell end before the part of it that another page shows?"""
        ended = before.text.endswith((".", ";", ":")) or MARKER.match(line.text) is not None
        return ended or self._had_room(before, line)

    def _usual_leadings(self, lines: Sequence[Line]) -> dict[int, float]:
        """The usual distance of lines that surely belong to one paragraph, by the size of their letters."""
        found: dict[int, Counter[float]] = defaultdict(Counter)
        for before, line in pairwise(lines):
            if before.page == line.page and before.area == line.area and before.cell == line.cell:
                distance = before.y - line.y
                if 0 < distance < 3 * line.size and not self._had_room(before, line):
                    found[round(line.size)][round(distance * 2) / 2] += 1
        return {size: min(_frequent(distances)) for size, distances in found.items()}

    def _indents(self, lines: Sequence[Line]) -> dict[Area, set[int]]:
        """Indents from which a line goes on at the margin: those of first lines, not of whole blocks."""
        votes: dict[Area, Counter[int]] = defaultdict(Counter)
        for line, following in pairwise(lines):
            if line.area != following.area or not self._is_indented(line):
                continue
            if not self._had_room(line, following) and not self._is_set_apart(line, following):
                at_margin = abs(following.left - self._margins[line.area][0]) < 0.5 * line.size
                votes[line.area][round(line.left)] += 1 if at_margin else -1
        return defaultdict(
            set, {area: {left for left, vote in found.items() if vote > 0} for area, found in votes.items()}
        )

    def _is_indented(self, line: Line) -> bool:
        return line.left - self._margins[line.area][0] > 0.7 * line.size

    def _is_first(self, line: Line) -> bool:
        return any(abs(line.left - left) < 2 for left in self._first_lines[line.area])

    def _is_centred(self, line: Line) -> bool:
        """Does it stand in the middle between the margins, away from both?"""
        left, right = self._margins[line.area]
        is_even = abs((line.left - left) - (right - line.right)) < 0.6 * line.size < line.left - left
        return is_even and not self._is_first(line)

    def _had_room(self, before: Line, line: Line) -> bool:
        """Would the first word of `line` have stood in the line before, had it belonged there?"""
        left, right = self._margins[before.area]
        free = right - before.right
        if self._is_centred(before) and self._is_centred(line):
            # Titles are often set narrower than the text.
            free += before.left - left - _NARROWER * (right - left)
        letter = (before.right - before.left) / max(len(before.text), 1)
        return free > (_WIDER * len(line.text.split(" ", 1)[0]) + 1.5) * letter

    def _is_set_apart(self, before: Line, line: Line) -> bool:
        """Does it differ from the line before in size or distance?"""
        if abs(before.size - line.size) > 0.15 * before.size:
            return True
        if line.page != before.page or line.area != before.area:
            return False
        usual = self._leadings.get(round(line.size), _LEADING * line.size)
        return not 0 < before.y - line.y < _APART * usual + 0.5


def _margins(area: Area, lines: Sequence[Line]) -> tuple[float, float]:
    lefts = Counter(round(line.left) for line in lines)
    # First lines of paragraphs may well outnumber the lines that begin at the margin itself.
    left = min((x for x, count in lefts.items() if count >= 0.05 * len(lines)), default=0)
    if area[0] == "cell":
        start, end = area[1:]
        return left, end - max(left - start, 0)
    rights = sorted(line.right for line in lines)
    right, (_, width, column) = rights[int(len(rights) * 0.9)], area
    # Where no line is long, nothing tells the right margin but the left one.
    return left, max(right, width - left) if right < _SHORT * width and not column else right


def _frequent(distances: Counter[float]) -> list[float]:
    """The distances that are no exceptions."""
    most = max(distances.values())
    return [distance for distance, count in distances.items() if count >= 0.3 * most]
