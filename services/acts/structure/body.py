"""Inside an article, a note or a by-law: parts, points, subpoints and paragraphs.

An article numbers its parts «1.», or leaves its paragraphs unnumbered: then each paragraph that is not
the continuation of a list is a part, numbered by position. Elsewhere «1.» is a point.
"""

import re

from services.acts.structure.exclusions import Excluded, excluded
from services.acts.structure.lines import Line
from services.acts.structure.markers import Marker, note_heading
from services.acts.structure.paragraphs import Paragraph, has_numbered_parts, paragraphs_of, restored_parts
from services.acts.structure.places import Places
from services.acts.structure.tree import DOT, NOTE, PAREN, PART, Node, Tree, multi_rank
from services.acts.unit_numbers import sort_key

_SANCTION = re.compile(r"(?:тягн|кара[єю]ться|караються)")
_STARTS_LOW = re.compile(r"[\"(]?[а-яіїєґa-z]|[-*•]")
_SENTENCE_ENDS = (".", "!", "?")


def build_body(tree: Tree, lines: list[Line], mode: str) -> None:
    """Add the units of `lines` to `tree` under its top node. `mode`: `article`, `note` or `free`."""
    _Body(tree, paragraphs_of(lines), mode).build()


class _Body(Places):
    def __init__(self, tree: Tree, paragraphs: list[Paragraph], mode: str) -> None:
        super().__init__(tree, mode, numbered_parts=mode == "article" and has_numbered_parts(paragraphs))
        self.paragraphs = paragraphs
        self.last_item: dict[tuple[int, int], Node] = {}  # by parent and rank
        self.implicit = 0
        self.loose = 0  # paragraphs that stand in no unit
        self.previous = ""
        self.restored = restored_parts(paragraphs)  # parts excluded once that the article has again
        self.left_list = False  # whether the paragraph at hand has just ended a list

    def build(self) -> None:
        for paragraph in self.paragraphs:
            line, self.upcoming = paragraph.line, paragraph.upcoming
            if line.is_note or line.quoted:
                self._excluded(line)
                self.tree.extend(line.end)
            elif paragraph.marker is None or not self._item(line, paragraph.marker):
                self._plain(paragraph)
            if not line.is_note:
                self.previous = line.text

    def _excluded(self, line: Line) -> None:
        """Let the note that a unit was excluded stand in its place: it keeps its number, and its turn."""
        gone = excluded(line.note) if line.note else None
        if gone is None or gone.kind == "article":
            return
        stand_in = {
            "part": self._excluded_part,
            "point": self._excluded_point,
            "subpoint": self._excluded_point,
            "indent": self._excluded_indent,
        }
        for number in gone.numbers or (self._due(gone),):
            if not stand_in[gone.kind](line, number, gone):
                return

    def _due(self, gone: Excluded) -> str:
        """Return the number of the part or paragraph whose turn it is."""
        if gone.kind == "part":
            return str(self.implicit + 1) if not self.numbered_parts else ""
        owners = [node.paragraphs for node in self.tree.stack if node.number == gone.owner]
        return str(owners[-1] + 1) if owners else ""

    def _excluded_part(self, line: Line, number: str, _: Excluded) -> bool:
        if self.mode != "article" or number in self.restored:
            return False
        last = sort_key(self.last_part) if self.numbered_parts else (self.implicit,)
        due = last < sort_key(number) if self.numbered_parts else number == str(self.implicit + 1)
        if due:
            self.tree.open("part", number, line.start, line.end, PART)
            self.last_part, self.implicit = number, self.implicit + 1
        return due

    def _excluded_point(self, line: Line, number: str, gone: Excluded) -> bool:
        rank = self.rank_of_list(number, gone.kind)
        parent = self.parent_for(rank)
        before = self.last_item.get((id(parent), rank))
        if number != "1" if before is None else sort_key(before.number) >= sort_key(number):
            return False
        kind = before.kind if before is not None else self.kind_at(rank)
        self._remember(self.tree.open(kind, number, line.start, line.end, rank))
        return True

    def _remember(self, node: Node) -> None:
        self.last_item[id(node.parent), node.rank] = node

    def _excluded_indent(self, line: Line, number: str, gone: Excluded) -> bool:
        top = self.tree.top
        for owner in reversed(self.tree.stack):
            if gone.owner in ("", owner.number) and number == str(owner.paragraphs + 1) and top is not None:
                self._count()
                self.tree.indent(top, top.paragraphs, line.start, line.end)
                return True
        return False

    def _item(self, line: Line, mark: Marker) -> bool:
        """Open the numbered unit; False when the number turns out to be none."""
        place = self.place(mark)
        if place is None:
            return False
        kind, rank = place
        if self.container is not None and self.container.kind == "preamble" and rank <= multi_rank(9):
            self.tree.close(self.container.rank)
            self.base, self.container = len(self.tree.stack), self.tree.top
        if mark.style == "multi":
            self._leave_other_points(mark.number)
        node = self.tree.open(kind, mark.number, line.start, line.end, rank)
        node.first_line_end = line.end
        self._count()
        self._remember(node)
        return True

    def _leave_other_points(self, number: str) -> None:
        """Close the points that «6.1» cannot stand in: those whose number it does not go on."""
        for node in self.items:
            if DOT <= node.rank < PAREN and not number.startswith(f"{node.number}."):
                self.tree.close(node.rank)
                return

    def _count(self) -> None:
        """Count a paragraph in every unit that holds it: a numbered item is a paragraph of its owner too."""
        for node in self.tree.stack:
            node.paragraphs += 1

    def _note(self, line: Line, number: str) -> None:
        """Add a note that stands below an item of a list which goes on after it."""
        node = self.tree.open("note", number, line.start, line.end, NOTE)
        node.first_line_end = line.end
        self._count()

    def _plain(self, paragraph: Paragraph) -> None:
        line = paragraph.line
        if self.mode == "free" and (note := note_heading(line.text)) is not None:
            self._note(line, note.number)
            return
        self._leave_list(paragraph)
        if self.mode == "article" and not self.numbered_parts and self._starts_part(line):
            self.implicit += 1
            node = self.tree.open("part", str(self.implicit), line.start, line.end, PART)
            node.first_line_end = line.end
            self._count()
            return
        self._indent(line)

    def _indent(self, line: Line) -> None:
        self.tree.extend(line.end)
        self._count()
        owner = self.tree.top
        if owner is None:
            self.loose += 1
            self.tree.loose_indent(self.loose, line.start, line.end)
            return
        if not owner.indents and owner.first_line_end:
            self.tree.indent(owner, 1, owner.start, owner.first_line_end)
        self.tree.indent(owner, owner.paragraphs, line.start, line.end)

    def _leave_list(self, paragraph: Paragraph) -> None:
        """Close the list items to which an unnumbered paragraph cannot belong."""
        self.left_list = False
        for node in reversed(self.items):
            if node.rank <= PART or self._belongs(paragraph, node):
                return
            self.tree.close(node.rank)
            self.left_list = True

    def _belongs(self, paragraph: Paragraph, node: Node) -> bool:
        """Tell whether an unnumbered paragraph continues the item `node`."""
        if self.previous.endswith(":"):
            return True
        told = paragraph.is_told_to_be_in(node)
        if told is not None:
            return told
        text = paragraph.line.text
        if _SANCTION.match(text) and node.rank > DOT:
            return False
        if node.rank < PAREN and (self.mode == "free" or node.rank > DOT or not self.numbered_parts):
            return True
        if paragraph.precedes_next_of(node):
            return True
        goes_on = _STARTS_LOW.match(text) is not None or not self.previous.endswith(";")
        return goes_on and not self.previous.endswith(_SENTENCE_ENDS)

    def _starts_part(self, line: Line) -> bool:
        if self.tree.top is not None and self.tree.top.rank > PART:
            return False
        if not self.implicit:
            return True
        if _STARTS_LOW.match(line.text):
            return False
        ends = (*_SENTENCE_ENDS, ";") if self.left_list else _SENTENCE_ENDS
        return not self.previous or self.previous.rstrip('")').endswith(ends)
