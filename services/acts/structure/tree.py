"""Nodes under construction and the stack that nests them."""

from dataclasses import dataclass

from services.acts.structure.units import Unit

RANKS = {
    "annex": 0,
    "book": 10,
    "section": 20,
    "subsection": 30,
    "chapter": 40,
    "paragraph_unit": 50,
    "final": 9,
    "preamble": 60,
    "article": 60,
    "note": 65,
}
"""How far out a kind stands: opening one closes all that stand as far in or farther."""

PART, DOT, MULTI, PAREN, LETTER, ROMAN, NOTE, INDENT = 70, 75, 76, 84, 90, 93, 95, 100
"""Ranks inside a body; `MULTI` grows with the depth of the number, `NOTE` is one below an item of a list."""

_DEEPEST_MULTI = 7


def multi_rank(depth: int) -> int:
    """Return the rank of a point numbered with `depth` levels («14.1.106» has three)."""
    return MULTI + min(depth, _DEEPEST_MULTI)


@dataclass(slots=True, eq=False)
class Node:
    """A unit that may still grow. `paragraphs` counts its lines, those of the units in it included."""

    kind: str
    number: str
    title: str
    start: int
    end: int
    rank: int
    parent: "Node | None"
    paragraphs: int = 0
    first_line_end: int = 0
    indents: int = 0


class Tree:
    """Collects nodes in document order; `open` closes what cannot enclose the new node."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.stack: list[Node] = []

    @property
    def top(self) -> Node | None:
        return self.stack[-1] if self.stack else None

    def close(self, rank: int) -> None:
        """Close every open node of this rank or a higher one."""
        while self.stack and self.stack[-1].rank >= rank:
            self.stack.pop()

    def open(self, kind: str, number: str, start: int, end: int, rank: int, title: str = "") -> Node:
        self.close(rank)
        node = Node(kind, number, title, start, end, rank, self.top)
        self.nodes.append(node)
        self.stack.append(node)
        self.extend(end)
        return node

    def extend(self, end: int) -> None:
        """Let every open node reach to `end`."""
        for node in self.stack:
            node.end = max(node.end, end)

    def indent(self, owner: Node, number: int, start: int, end: int) -> None:
        """Add one paragraph of `owner` as a unit of its own; it never stays open."""
        owner.indents += 1
        self.nodes.append(Node("indent", str(number), "", start, end, INDENT, owner))

    def loose_indent(self, number: int, start: int, end: int) -> None:
        """Add a paragraph that stands in no unit at all."""
        self.nodes.append(Node("indent", str(number), "", start, end, INDENT, None))

    def units(self) -> list[Unit]:
        """Return the nodes as units, in document order, parents before children."""
        made: dict[int, Unit] = {}
        units: list[Unit] = []
        for node in sorted(self.nodes, key=lambda n: (n.start, n.rank)):
            parent = made[id(node.parent)] if node.parent is not None else None
            unit = Unit(node.kind, node.number, node.title, node.start, node.end, parent)
            made[id(node)] = unit
            units.append(unit)
        return units
