"""Numbers that Writer draws and does not store: counted again from the styles of its lists."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from services.acts.sources.numbering import LATIN, MOST, RUSSIAN, roman
from services.acts.unit_numbers import ALPHABET

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
HEADING = f"{_TEXT}h"
_OUTLINE = "#outline"
"""Name of the list of numbered chapters; no style of a document can have it."""
LIST, ITEM = f"{_TEXT}list", f"{_TEXT}list-item"


@dataclass
class _Open:
    """A list that is being read: its style, its level, its counts by level."""

    style: str
    level: int
    counts: dict[int, int]


@dataclass
class ListNumbers:
    """Counts the items of the lists of one document; `roots` are its parts that define styles."""

    roots: Iterable[Any]
    _levels: dict[tuple[str, int], Any] = field(default_factory=dict)
    _open: list[_Open] = field(default_factory=list)
    _latest: dict[str, dict[int, int]] = field(default_factory=dict)
    _waits: bool = False
    _outline: _Open = field(default_factory=lambda: _Open(_OUTLINE, 1, {}))

    def __post_init__(self) -> None:
        for root in self.roots:
            for style in root.iter(f"{_TEXT}list-style"):
                for shape in style:
                    level = shape.get(f"{_TEXT}level", "")
                    if level.isdigit():
                        self._levels[str(style.get(f"{_STYLE}name")), int(level)] = shape
            for shape in root.iter(f"{_TEXT}outline-level-style"):
                if shape.get(f"{_STYLE}num-format") and shape.get(f"{_TEXT}level", "").isdigit():
                    self._levels[_OUTLINE, int(shape.get(f"{_TEXT}level"))] = shape

    def enter(self, node: Any) -> None:
        """A list or an item begins."""
        if node.tag == ITEM:
            # An item that carries its number along needs no other.
            self._waits = node.find(f"{_TEXT}number") is None
            return
        above = self._open[-1] if self._open else None
        style = node.get(f"{_TEXT}style-name") or (above.style if above else "")
        level = above.level + 1 if above else 1
        counts = above.counts if above else self._counts(node, style)
        if level > 1 and node.get(f"{_TEXT}continue-numbering") != "true":
            counts.pop(level, None)
        self._open.append(_Open(style, level, counts))

    def leave(self, node: Any) -> None:
        """A list or an item ends."""
        self._waits = False
        if node.tag == LIST and self._open:
            self._open.pop()

    def number(self, item: Any) -> str:
        """What is drawn before the first paragraph of an item («1.», «а)»), nothing before the others."""
        if not self._waits or not self._open:
            return ""
        self._waits = False
        return self._next(self._open[-1], item)

    def heading(self, node: Any) -> str:
        """What is drawn before a heading of a document whose chapters are numbered."""
        level = _whole(node.get(f"{_TEXT}outline-level"), 0)
        is_plain = node.tag != HEADING or self._open or node.get(f"{_TEXT}is-list-header") == "true"
        if is_plain or (_OUTLINE, level) not in self._levels:
            return ""
        self._outline.level = level
        return self._next(self._outline, node)

    def _next(self, here: _Open, item: Any) -> str:
        if own := item.get(f"{_TEXT}style-override"):
            here = replace(here, style=own)
        shape = self._levels.get((here.style, here.level))
        if shape is None:
            return ""
        start = item.get(f"{_TEXT}start-value") or ""
        before = here.counts.get(here.level, _whole(shape.get(f"{_TEXT}start-value"), 1) - 1)
        here.counts[here.level] = min(_whole(start, before + 1), MOST)
        for deeper in [level for level in here.counts if level > here.level]:
            del here.counts[deeper]
        return self._drawn(here, shape)

    def _counts(self, node: Any, style: str) -> dict[int, int]:
        """The counts a list of the first level goes on with, or new ones."""
        earlier = node.get(f"{_TEXT}continue-list")
        goes_on = node.get(f"{_TEXT}continue-numbering") == "true"
        counts = self._latest.get(f"#{earlier}") if earlier else self._latest.get(style) if goes_on else None
        counts = {} if counts is None else counts
        self._latest[style] = counts
        if name := node.get(_XML_ID):
            self._latest[f"#{name}"] = counts
        return counts

    def _drawn(self, here: _Open, shape: Any) -> str:
        if not shape.tag.endswith(("list-level-style-number", "outline-level-style")):
            return "-" if shape.tag == f"{_TEXT}list-level-style-bullet" else ""
        shown = _whole(shape.get(f"{_TEXT}display-levels"), 1)
        levels = range(max(1, here.level - shown + 1), here.level + 1)
        parts = [self._spelled(here, level) for level in levels]
        number = ".".join(part for part in parts if part)
        return f"{shape.get(f'{_STYLE}num-prefix') or ''}{number}{shape.get(f'{_STYLE}num-suffix') or ''}"[
            :40
        ]

    def _spelled(self, here: _Open, level: int) -> str:
        shape = self._levels.get((here.style, level))
        kind = (shape.get(f"{_STYLE}num-format") or "") if shape is not None else ""
        return _spelled(here.counts.get(level, 1), kind) if kind else ""


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isdigit() and len(value) < 9 else otherwise


def _spelled(number: int, kind: str) -> str:
    """A number in a format of OpenDocument: `1`, `I`, `a`, or Writer's «а, б, .., аа, аб, ... (uk)»."""
    if kind[0] in "Ii":
        return roman(number) if kind[0] == "I" else roman(number).lower()
    alphabets = {"a": LATIN, "а": ALPHABET if "(uk)" in kind else RUSSIAN}
    alphabet = alphabets.get(kind[0].lower())
    if alphabet is None:
        return str(number)
    letter = alphabet[(number - 1) % len(alphabet)]
    return letter.upper() if kind[0].isupper() else letter
