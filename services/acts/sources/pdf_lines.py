"""Printed lines of a PDF."""

import re
from collections.abc import Hashable
from dataclasses import dataclass, replace

RAISED = "\x01"
"""Stands before raised digits."""
HYPHEN = "\x02"
"""How pdfium writes the hyphen at which a line was broken."""
MARKER = re.compile(
    r"(?:(?:Стаття|Розділ|РОЗДІЛ|Глава|ГЛАВА|Підрозділ|Додаток|ДОДАТОК|Примітка)\b|§|"
    r"\d{1,4}(?:[.\x01-]\d{1,4})*[.)]\s|[а-яіїєґ]\)\s|[-–—•]\s|\{)"
)
"""How a paragraph begins that is a unit of an act or an item of a list."""
Area = tuple[str, int, int]
_CAPITALS = 0.7
_SMALL, _HEIGHT, _HEIGHT_OF_LARGE = 0.87, 0.1, 0.25  # of the size before
_INDEX = re.compile(rf"{RAISED}\d+$")
_NEXT, _STRETCHED = (
    0.6,
    2.5,
)  # sizes of a letter between an index and its number; between it and the next word


def is_raised(before: float, size: float, height: float) -> bool:
    """Do letters of a `size` stand above those of the size `before` as an index does?"""
    return height > (_HEIGHT if size < _SMALL * before else _HEIGHT_OF_LARGE) * before


@dataclass(frozen=True)
class Line:
    """A printed line: `left`, `right` and baseline `y` in points, `size` of its letters, its page.

    Lines of one `area` share their margins: (page, its width, the number of its column) or (cell, from,
    to); `cell` is the table cell
    whose text goes on in no other, empty outside tables. A line that is not alone is a piece of a row, as
    the office and the name of who signs. `is_below_rule`: below the rule that parts footnotes from the text.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int
    area: Area = ("page", 0, 0)
    cell: tuple[float, ...] = ()
    is_alone: bool = True
    is_below_rule: bool = False

    def goes_on_in(self, other: "Line") -> bool:
        """Is `other` the same printed line, which a raised index made look like two?"""
        widest = _STRETCHED if _INDEX.search(self.text) else _NEXT
        follows = -1.0 < other.left - self.right < widest * max(self.size, other.size)
        return follows and abs(other.y - self.y) < 0.6 * self.size and self.cell == other.cell

    def joined(self, other: "Line") -> "Line":
        """The two as one line; a space that stood at their border is to be seen from the gap."""
        gap = " " if other.left - self.right > 0.15 * self.size else ""
        raised = is_raised(self.size, other.size, other.y - self.y)
        text = self.text + (RAISED if raised and other.text[0].isdigit() else gap) + other.text
        size = max((self, other), key=lambda line: len(line.text)).size
        return replace(self, text=text, right=other.right, size=size)

    @property
    def row(self) -> Hashable:
        """The row of cells in which it stands, told by its top; nothing outside tables."""
        return self.cell[-1] if self.cell else ()

    @property
    def is_caps(self) -> bool:
        """Are its letters capitals, but for a few, as in «Розділ II. ПРАВА ТА ОБОВ’ЯЗКИ»?"""
        letters = [char for char in self.text if char.isalpha()]
        return sum(map(str.isupper, letters)) > _CAPITALS * len(letters)
