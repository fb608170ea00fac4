"""Where a number puts a paragraph: what kind of unit it heads there, and how far in it stands."""

import re

from services.acts.structure.markers import Marker
from services.acts.structure.tree import DOT, LETTER, PAREN, PART, ROMAN, Node, Tree, multi_rank
from services.acts.unit_numbers import sort_key

_ROMAN_ITEM = re.compile(r"[іvх]{1,5}")  # as folded
_BEFORE_ROMAN = ("h", "з", "и", "u", "w", "ф")
_DEPTH_OF_POINT = 2  # «14.1» is a point, «14.1.106» a subpoint
_MAX_JUMP = 60  # numbers a series may leave out


class Places:
    """The open units of one body and the numbers reached in it. `mode`: `article`, `note` or `free`."""

    def __init__(self, tree: Tree, mode: str, numbered_parts: bool) -> None:
        self.tree = tree
        self.mode = mode
        self.numbered_parts = numbered_parts
        self.base = len(tree.stack)
        self.container = tree.top
        self.last_part = ""
        self.upcoming: Marker | None = None  # the next number after the paragraph at hand

    @property
    def items(self) -> list[Node]:
        """The open nodes of this body, outermost first."""
        return self.tree.stack[self.base :]

    def place(self, mark: Marker) -> tuple[str, int] | None:
        """Return kind and rank of a numbered unit; None for a number out of order."""
        if mark.style == "dot":
            return self._place_dot(mark)
        if mark.style == "multi":
            chapter = self.container.number if self.container and self.container.kind == "chapter" else ""
            points = max(_DEPTH_OF_POINT, chapter.count(".") + _DEPTH_OF_POINT)
            return ("point" if mark.depth <= points else "subpoint"), multi_rank(mark.depth)
        rank = PAREN if mark.style == "paren" else ROMAN if self._is_roman(mark.number) else LETTER
        return self.kind_at(rank), rank

    def _is_roman(self, number: str) -> bool:
        """Tell whether «(i)» counts below a letter, and is not the one after «(h)» or «з)»."""
        above = next((node.number for node in reversed(self.items) if node.rank == LETTER), "")
        if not above or _ROMAN_ITEM.fullmatch(number) is None:
            return False
        return (
            len(number) > 1
            or above not in _BEFORE_ROMAN
            or (self.upcoming is not None and self.upcoming.number == "іі")
        )

    def _place_dot(self, mark: Marker) -> tuple[str, int] | None:
        if not self.numbered_parts:
            return "point", DOT
        last, key = sort_key(self.last_part), sort_key(mark.number)
        if last and not last < key <= (last[0] + _MAX_JUMP,):
            return ("point", DOT) if key <= last else None
        self.last_part = mark.number
        return "part", PART

    def kind_at(self, rank: int) -> str:
        """Return what an item of `rank` is here: a point, or a subpoint inside one."""
        inside_point = any(node.kind in ("point", "subpoint") and node.rank < rank for node in self.items)
        return "subpoint" if inside_point else "point"

    def rank_of_list(self, number: str, kind: str) -> int:
        """Return how far in a unit of a list stands by its number alone."""
        if number[:1].isalpha():
            return LETTER
        if "." in number:
            return multi_rank(number.count(".") + 1)
        return DOT if kind == "point" and self.mode == "free" else PAREN

    def parent_for(self, rank: int) -> Node | None:
        """Return the innermost open unit that may hold one of `rank`."""
        inside = [node for node in self.tree.stack if node.rank < rank]
        return inside[-1] if inside else None
