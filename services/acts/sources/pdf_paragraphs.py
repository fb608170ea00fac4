"""From printed lines to paragraphs."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from services.acts.sources.lines import Lines
from services.acts.sources.pdf_hyphens import mended
from services.acts.sources.pdf_lines import HYPHEN, MARKER, RAISED, Area, Line
from services.acts.sources.pdf_notes import begins_note

_ENDS = re.compile(r"[.;:!?}»”\"]$")
_HEADING = re.compile(r"(?:Розділ|РОЗДІЛ|Підрозділ|Глава|ГЛАВА|Книга|КНИГА|§)\s+[IVXLCІХ\d-]{1,8}\.?")
# Rows of the list of acts that changed this one: «№ 2453-VI від 07.07.2010, ВВР, 2010, № 41-42, ст.529».
_CHANGE, _CHANGE_ENDS = re.compile(r"№ \S+ від \d"), re.compile(r"(?:\.\d{2}(?:\d{2})?|ст\. ?\d+)$")
_TORN = re.compile(rf"(?:\w[-‐\xad]|{HYPHEN})$")  # in the middle of a word; «…, -» ends a line of its own
_NARROWER = 0.1
_WIDER = 1.04  # letters of a word are, than letters and spaces of a line
_LEADING = 1.2  # of the size of letters, where no paragraph of two lines tells
_APART = 1.3  # of the leading: paragraphs that are set apart


def paragraphs(lines: Sequence[Line], notes: Mapping[int, Sequence[Line]]) -> str:
    """The text of printed lines, one paragraph a line, cleaned; `notes` are footnotes by their page."""
    shape = _Shape(lines)
    written = Lines()
    blocks = list(_with_notes(_blocks(lines, shape), notes))
    text = "\n\n".join("".join(_set_together(block, shape)) for block in blocks)
    for block, paragraph in zip(blocks, mended(text).split("\n\n"), strict=True):
        mark = begins_note(block[0]) if block[0] in notes.get(block[0].page, ()) else None
        if mark:
            written.note(mark[1], paragraph[mark.end() :].replace("\n", " "))
        else:
            _write(paragraph.replace("\n", " "), written)
    return written.text()


def _blocks(lines: Sequence[Line], shape: "_Shape") -> Iterator[list[Line]]:
    block = list(lines[:1])
    for before, line in pairwise(lines):
        if shape.begins(before, line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _set_together(block: Sequence[Line], shape: "_Shape") -> Iterator[str]:
    yield block[0].text
    for before, line in pairwise(block):
        yield line.text if shape.is_cut(before, line) else f"\n{line.text}"


def _with_notes(blocks: Iterator[list[Line]], notes: Mapping[int, Sequence[Line]]) -> Iterator[list[Line]]:
    """The paragraphs, those of footnotes after the one that runs at the end of their page."""
    waiting = dict(notes)
    for block in blocks:
        for page in [page for page in waiting if page < block[0].page]:
            yield from _note_blocks(waiting.pop(page))
        yield block
    for found in waiting.values():
        yield from _note_blocks(found)


def _note_blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if block and begins_note(line):
            yield block
            block = []
        block.append(line)
    yield block


def _write(paragraph: str, written: Lines) -> None:
    for index, piece in enumerate(paragraph.split(RAISED)):
        digits = re.match(r"\d*", piece) if index else None
        if digits:
            written.add_superscript(digits[0])
            piece = piece[digits.end() :]
        written.add(piece)
    written.end()


class _Shape:
    """How the pages are set: margins of each area, the usual distance of lines, indents of paragraphs."""

    def __init__(self, lines: Sequence[Line]) -> None:
        areas: dict[Area, list[Line]] = defaultdict(list)
        for line in lines:
            areas[line.area].append(line)
        self._margins = {area: _margins(area, found) for area, found in areas.items()}
        self._leadings = self._usual_leadings(lines)
        self._first_lines = self._indents(lines)

    def begins(self, before: Line, line: Line) -> bool:
        """Does a paragraph begin with `line`?"""
        if before.cell != line.cell and not (before.area == line.area and before.page < line.page):
            return True
        if _TORN.search(before.text) and before.y != line.y:
            return False
        if self._is_set_apart(before, line) or self._had_room(before, line) or not line.is_alone:
            return True
        if _HEADING.fullmatch(before.text) or (_CHANGE.match(line.text) and _CHANGE_ENDS.search(before.text)):
            return True
        ended, marked = bool(_ENDS.search(before.text)), bool(MARKER.match(line.text))
        if before.cell != line.cell:
            return marked or before.text.endswith((".", ";", ":"))
        if self._is_centred(before) and self._is_centred(line):
            return False
        if self._is_indented(line):
            is_first = any(abs(line.left - left) < 2 for left in self._first_lines[line.area])
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

    def _is_centred(self, line: Line) -> bool:
        """Does it stand in the middle between the margins, away from both?"""
        left, right = self._margins[line.area]
        return abs((line.left - left) - (right - line.right)) < 0.6 * line.size < line.left - left

    def _had_room(self, before: Line, line: Line) -> bool:
        """Would the first word of `line` have stood in the line before, had it belonged there?"""
        left, right = self._margins[before.area]
        free = right - before.right
        if self._is_centred(before) and self._is_centred(line):
            # Titles are often set narrower than the text.
            free += before.left - left - (_NARROWER * (right - left) if before.is_caps else 0)
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
    return left, rights[int(len(rights) * 0.9)]


def _frequent(distances: Counter[float]) -> list[float]:
    """The distances that are no exceptions."""
    most = max(distances.values())
    return [distance for distance, count in distances.items() if count >= 0.3 * most]
