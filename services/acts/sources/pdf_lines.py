"""From printed lines to paragraphs: what the printer broke is whole again, what it repeated is left out."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any

from services.acts.sources.lines import Lines

RAISED = "\x01"
"""Stands before raised digits."""
HYPHEN = "\x02"
"""How pdfium writes the hyphen at which a line was broken."""
_EDGE_ROWS = 2
_MARKER = re.compile(
    r"(?:(?:Стаття|Розділ|РОЗДІЛ|Глава|ГЛАВА|Підрозділ|Додаток|ДОДАТОК|Примітка)\b|§|"
    r"\d{1,4}(?:[.\x01-]\d{1,4})*[.)]\s|[а-яіїєґ]\)\s|[-–—•]\s|\{)"
)
_ENDS = re.compile(r"[.;:!?}»”\"]$")
_BROKEN = re.compile(rf"([^\W\d_]+)(?:{HYPHEN}\n?|[-‐\xad] ?\n)([^\W\d_]+)")
_COMPOUND = re.compile(r"\w{4,}[нвк]о", re.IGNORECASE)  # «нормативно-правових», «техніко-економічне»
_BROKEN_NUMBER = re.compile(r"(?<=\d)[-‐]\n(?=\w)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True)
class Line:
    """A printed line: `left`, `right` and baseline `y` in points, `size` of its first letter, its page."""

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int

    def goes_on_in(self, other: "Line") -> bool:
        """Is `other` the same printed line, which a raised index made look like two?"""
        follows = -1.0 < other.left - self.right < 0.6 * max(self.size, other.size)
        return follows and abs(other.y - self.y) < 0.6 * self.size

    def joined(self, other: "Line") -> "Line":
        """The two as one line; a space that stood at their border is to be seen from the gap."""
        is_raised = other.y > self.y + 0.1 * self.size and other.size < 0.87 * self.size
        gap = " " if other.left - self.right > 0.15 * self.size else ""
        text = self.text + (RAISED if is_raised and other.text[0].isdigit() else gap) + other.text
        return replace(self, text=text, right=other.right)

    @property
    def is_caps(self) -> bool:
        return self.text.isupper()


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of all pages less what stands at the top or bottom of at least half of them.

    Numbers in such a line either stay the same or grow with the page; numbers of points do neither.
    """
    seen: dict[tuple[str, bool], dict[int, Sequence[int]]] = {}
    for number, page in enumerate(pages):
        for index in _edges(page):
            seen.setdefault(_key(page, index), {}).setdefault(number, _numbers(page[index]))
    least = max(2, (len(pages) + 1) // 2)
    heads = {key for key, found in seen.items() if len(found) >= least and _turn_with_pages(found)}
    kept = []
    for page in pages:
        dropped = {index for index in _edges(page) if _key(page, index) in heads}
        kept += [line for index, line in enumerate(page) if index not in dropped]
    return kept


def _edges(page: Sequence[Line]) -> list[int]:
    """Positions of the highest and the lowest rows of a page."""
    order = sorted(range(len(page)), key=lambda index: -page[index].y)
    return sorted({*order[:_EDGE_ROWS], *order[-_EDGE_ROWS:]})


def _key(page: Sequence[Line], index: int) -> tuple[str, bool]:
    line = page[index]
    middle = (max(other.y for other in page) + min(other.y for other in page)) / 2
    return re.sub(r"\d+", "#", line.text), line.y > middle


def _numbers(line: Line) -> Sequence[int]:
    return [int(digits) for digits in re.findall(r"\d{1,9}", line.text)]


def _turn_with_pages(found: dict[int, Sequence[int]]) -> bool:
    for column in zip(*found.values(), strict=False):
        if (
            len(set(column)) > 1
            and len({number - page for page, number in zip(found, column, strict=True)}) > 1
        ):
            return False
    return True


def paragraphs(lines: Sequence[Line]) -> str:
    """The text of printed lines, one paragraph a line, cleaned."""
    shape = _Shape(lines)
    pieces = []
    for index, line in enumerate(lines):
        if index:
            pieces.append("\n\n" if shape.begins(lines[index - 1], line) else "\n")
        pieces.append(line.text)
    written = Lines()
    for paragraph in _mended("".join(pieces)).split("\n\n"):
        _write(paragraph.replace("\n", " "), written)
    return written.text()


def _write(paragraph: str, written: Lines) -> None:
    for index, piece in enumerate(paragraph.split(RAISED)):
        digits = re.match(r"\d*", piece) if index else None
        if digits:
            written.add_superscript(digits[0])
            piece = piece[digits.end() :]
        written.add(piece)
    written.end()


class _Shape:
    """How the pages are set: margins, the usual distance of lines, and how paragraphs are indented."""

    def __init__(self, lines: Sequence[Line]) -> None:
        lefts = Counter(round(line.left) for line in lines)
        # First lines of paragraphs may well outnumber the lines that begin at the margin itself.
        self._left = min((x for x, count in lefts.items() if count >= 0.05 * len(lines)), default=0)
        rights = sorted(line.right for line in lines) or [0.0]
        self._right = rights[int(len(rights) * 0.9)]
        gaps = [a.y - b.y for a, b in pairwise(lines) if a.page == b.page and a.y > b.y]
        self._leading = median(gaps) if gaps else 0.0
        self._first_lines = self._indents(lines)

    def _indents(self, lines: Sequence[Line]) -> set[int]:
        """Indents from which a line goes on at the margin: those of first lines, not of whole blocks."""
        votes: Counter[int] = Counter()
        for line, following in pairwise(lines):
            if self._is_indented(line) and not self._had_room(line, following):
                at_margin = abs(following.left - self._left) < 0.5 * line.size
                votes[round(line.left)] += 1 if at_margin else -1
        return {left for left, vote in votes.items() if vote > 0}

    def begins(self, before: Line, line: Line) -> bool:
        """Does a paragraph begin with `line`?"""
        if before.text.endswith((HYPHEN, "-", "‐", "\xad")):
            return False
        if self._had_room(before, line) or self._is_set_apart(before, line):
            return True
        ended, marked = bool(_ENDS.search(before.text)), bool(_MARKER.match(line.text))
        if self._is_indented(line):
            is_first = any(abs(line.left - left) < 2 for left in self._first_lines)
            return is_first or ended or marked or line.left - before.left > 0.5 * line.size
        return ended and marked

    def _is_indented(self, line: Line) -> bool:
        return line.left - self._left > 0.7 * line.size

    def _had_room(self, before: Line, line: Line) -> bool:
        """Would the first word of `line` have stood in the line before, had it belonged there?"""
        letter = (before.right - before.left) / max(len(before.text), 1)
        return self._right - before.right > (len(line.text.split(" ", 1)[0]) + 1.5) * letter

    def _is_set_apart(self, before: Line, line: Line) -> bool:
        """Does it differ from the line before in capitals, size or distance?"""
        if before.is_caps != line.is_caps and len(line.text) > 3 and len(before.text) > 3:
            return True
        if abs(before.size - line.size) > 0.15 * before.size:
            return True
        return line.page == before.page and not 0 < before.y - line.y < 1.45 * self._leading + 1


def _mended(text: str) -> str:
    """Put together the words that were broken at the ends of lines."""
    known = Counter(word.lower() for word in _WORD.findall(text))

    def word(match: "re.Match[str]") -> str:
        first, second = match[1], match[2]
        soft = match[0][len(first)] in "‐\xad"
        if not second[0].islower():
            return f"{first}-{second}"
        return f"{first}{second}" if soft or _is_one_word(first, second, known) else f"{first}-{second}"

    return _BROKEN_NUMBER.sub("-", _BROKEN.sub(word, text)).replace(f"{HYPHEN}\n", "-").replace(HYPHEN, "-")


def _is_one_word(first: str, second: str, known: Counter[str]) -> bool:
    """Was «first-second» broken by the printer, or is the hyphen its own? The document knows best."""
    together, apart = f"{first}{second}".lower(), f"{first}-{second}".lower()
    if known[together] != known[apart]:
        return known[together] > known[apart]
    if _COMPOUND.fullmatch(first) and _is_known(second.lower()):
        return False
    return _is_known(together) or not (_is_known(first.lower()) and _is_known(second.lower()))


@cache
def _is_known(word: str) -> bool:
    return bool(_dictionary().word_is_known(word))


@cache
def _dictionary() -> Any:
    import pymorphy3  # half a second, and few documents need it

    return pymorphy3.MorphAnalyzer(lang="uk")
