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
_HYPHEN = "\x02"  # how pdfium writes the hyphen at which a line was broken
_EDGE_ROWS = 2
_MARKER = re.compile(
    r"(?:(?:Стаття|Розділ|РОЗДІЛ|Глава|ГЛАВА|Підрозділ|Додаток|ДОДАТОК|Примітка)\b|§|"
    r"\d{1,4}(?:[.\x01-]\d{1,4})*[.)]\s|[а-яіїєґ]\)\s|[-–—•]\s|\{)"
)
_ENDS = re.compile(r"[.;:!?}»”\"]$")
_BROKEN = re.compile(rf"([^\W\d_]+)(?:{_HYPHEN}|[-‐\xad] ?\n)([^\W\d_]+)")
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
        """The two as one line."""
        is_raised = other.y > self.y + 0.1 * self.size and other.size < 0.87 * self.size
        text = self.text + (RAISED if is_raised and other.text[0].isdigit() else "") + other.text
        return replace(self, text=text, right=other.right)

    @property
    def is_caps(self) -> bool:
        return self.text.isupper()


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of all pages less what stands at the top or bottom of at least half of them."""
    seen: Counter[tuple[str, bool]] = Counter()
    for page in pages:
        seen.update({_key(page, index) for index in _edges(page)})
    least = max(2, (len(pages) + 1) // 2)
    kept = []
    for page in pages:
        dropped = {index for index in _edges(page) if seen[_key(page, index)] >= least}
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


def paragraphs(lines: Sequence[Line]) -> str:
    """The text of printed lines, one paragraph a line, cleaned."""
    shape = _Shape(lines)
    text = ""
    for index, line in enumerate(lines):
        if index:
            text += "\n\n" if shape.begins(lines[index - 1], line) else "\n"
        text += line.text
    written = Lines()
    for paragraph in _mended(text).split("\n\n"):
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
    """How the page is set: its margins and the usual distance of lines."""

    def __init__(self, lines: Sequence[Line]) -> None:
        lefts = Counter(round(line.left) for line in lines)
        # First lines of paragraphs may well outnumber the lines that begin at the margin itself.
        self._left = min((x for x, count in lefts.items() if count >= 0.05 * len(lines)), default=0)
        rights = sorted(line.right for line in lines) or [0.0]
        self._right = rights[int(len(rights) * 0.9)]
        gaps = [a.y - b.y for a, b in pairwise(lines) if a.page == b.page and a.y > b.y]
        self._leading = median(gaps) if gaps else 0.0

    def begins(self, before: Line, line: Line) -> bool:
        """Does a paragraph begin with `line`?"""
        width = self._right - self._left
        left_over = self._right - before.right
        ended = bool(_ENDS.search(before.text))
        if left_over > 0.25 * width or (ended and left_over > 0.04 * width):
            return True
        if before.is_caps != line.is_caps and len(line.text) > 3:
            return True
        if abs(before.size - line.size) > 0.15 * before.size:
            return True
        if line.page == before.page and not 0 < before.y - line.y < 1.45 * self._leading + 1:
            return True
        marked = bool(_MARKER.match(line.text))
        if line.left - self._left > 0.7 * line.size:
            return ended or marked or line.left - before.left > 0.5 * line.size
        return ended and marked


def _mended(text: str) -> str:
    """Put together the words that were broken at the ends of lines."""
    known = Counter(word.lower() for word in _WORD.findall(text))

    def word(match: "re.Match[str]") -> str:
        first, second = match[1], match[2]
        soft = match[0][len(first)] in "‐\xad"
        if not second[0].islower():
            return f"{first}-{second}"
        return f"{first}{second}" if soft or _is_one_word(first, second, known) else f"{first}-{second}"

    return _BROKEN_NUMBER.sub("-", _BROKEN.sub(word, text)).replace(_HYPHEN, "-")


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
