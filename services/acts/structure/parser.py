"""From the text of an act to its units: headings first, then what stands under each."""

from services.acts.folding import closed_up
from services.acts.structure.body import build_body
from services.acts.structure.candidates import candidates
from services.acts.structure.head import document_head, head_end, signature_start
from services.acts.structure.lines import Layout, Line, read
from services.acts.structure.markers import Heading, marker, roman_dot
from services.acts.structure.sequence import Sequence
from services.acts.structure.titles import Titles
from services.acts.structure.tree import RANKS, Tree
from services.acts.structure.units import Unit

_DOCUMENTS = ("annex", "approved", "translation")


def parse(text: str) -> list[Unit]:
    """Return the units of an act, flat, in document order, each parent before its children.

    Never raises on any text; text without structure gives a preamble or nothing. Editorial notes and the
    new text that an amending act quotes lie inside the units around them but make no units. Linear time.
    """
    return units_of(read(text))


def units_of(layout: Layout) -> list[Unit]:
    """Return the units of a text whose lines are read already; as `parse`."""
    return _Parser(layout).parse()


class _Parser:
    def __init__(self, layout: Layout) -> None:
        self.lines = layout.lines
        self.headings = candidates(layout.lines)
        self.sequence = Sequence(self.headings)
        self.titles = Titles(layout, self.headings)
        self.tree = Tree()

    def parse(self) -> list[Unit]:
        index = self._preamble()
        while index < len(self.lines):
            found = self._accept(index)
            index = self._open(found, index) if found is not None else self._body([], index, "free")
        return self.tree.units()

    def _accept(self, index: int) -> Heading | None:
        """Return the heading at `index` if it is one where it stands."""
        found = self.headings[index]
        if found is None:
            return None
        if found.kind == "section" and found.rest > 0 and roman_dot(self.lines[index].text) is not None:
            due = self.sequence.roman_is_due(index, self._inside("article"))
        elif found.kind == "article" and found.rest < 0:
            due = self.sequence.article_is_due(found)
        else:
            due = found.kind != "digit" or not self._inside("article")
        return found if due else None

    def _inside(self, kind: str) -> bool:
        return any(node.kind == kind for node in self.tree.stack)

    def _open(self, found: Heading, index: int) -> int:
        """Open what `found` heads, with all that stands under it; return the index of the next heading."""
        if found.kind == "translation":
            return self._translation(index)
        if found.kind in _DOCUMENTS:
            return self._document(found, index)
        if found.kind == "article":
            return self._article(found, index)
        if found.kind == "note":
            return self._note(found, index)
        return self._section(found, index)

    def _preamble(self) -> int:
        """Open the preamble, if there is one; return the index of the first line after the title block."""
        first = next((at for at in range(len(self.lines)) if self._accept(at) is not None), len(self.lines))
        index = min(head_end(self.lines, 0), first)
        if index < first and not self.lines[index].is_note and marker(self.lines[index].text) is None:
            line = self.lines[index]
            self.tree.open("preamble", "", line.start, line.end, RANKS["preamble"])
        return index

    def _document(self, found: Heading, index: int) -> int:
        line = self.lines[index]
        self.sequence.start_document()
        node = self.tree.open("annex", found.number, line.start, line.end, RANKS["annex"])
        stop = index + 1
        while stop < len(self.lines) and not (self._accept(stop) or marker(self.lines[stop].text)):
            stop += 1
        begin, end = document_head(self.lines, index + 1, stop)
        node.title = " ".join(closed_up(self.titles.slice(line, 0)) for line in self.lines[begin:end])
        self.tree.extend(self.lines[max(end, index + 1) - 1].end)
        return self._body([], end, "free")

    def _translation(self, index: int) -> int:
        """Open the text of a treaty in another language: a document of its own."""
        line = self.lines[index]
        self.sequence.start_document()
        title = self.titles.slice(line, 0)
        self.tree.open("annex", "", line.start, line.end, RANKS["annex"], title)
        return self._body([], index + 1, "free")

    def _section(self, found: Heading, index: int) -> int:
        line = self.lines[index]
        if found.rest < 0:
            self.tree.open(found.kind, "", line.start, line.end, RANKS[found.kind])
            return self._body([line], index + 1, "free")
        kind = self.sequence.digit_kind(found) if found.kind == "digit" else found.kind
        if kind == "book" and roman_dot(line.text) is not None and self._inside("section"):
            kind = "subsection"
        self.sequence.passed(found)
        title, end = self.titles.of_section(found, index)
        self.tree.open(kind, found.number, line.start, self.lines[end - 1].end, RANKS[kind], title)
        return self._body([], end, "free")

    def _article(self, found: Heading, index: int) -> int:
        line = self.lines[index]
        self.sequence.passed(found)
        if found.rest < 0:
            self.tree.open("article", found.number, line.start, line.end, RANKS["article"])
            return index + 1
        title, text, end = self.titles.of_article(found, index, self._below(index))
        self.tree.open("article", found.number, line.start, line.end, RANKS["article"], title)
        own = [Line(line.start, line.end, text)] if text else []
        return self._body(own, end, "article")

    def _below(self, index: int) -> int | None:
        """Return the index of the next line of law if no heading stands before it."""
        for at in range(index + 1, len(self.lines)):
            if self._accept(at) is not None:
                return None
            if not self.lines[at].is_note:
                return at
        return None

    def _note(self, found: Heading, index: int) -> int:
        line = self.lines[index]
        node = self.tree.open("note", found.number, line.start, line.end, RANKS["note"])
        rest = line.text[found.rest :]
        if rest and marker(rest) is not None:
            return self._body([Line(line.start, line.end, rest)], index + 1, "note")
        node.paragraphs, node.first_line_end = 1, line.end
        return self._body([], index + 1, "note")

    def _body(self, own: list[Line], index: int, mode: str) -> int:
        """Build everything up to the next heading; return that heading's index."""
        stop = index
        while stop < len(self.lines) and self._accept(stop) is None:
            stop += 1
        following = self.headings[stop] if stop < len(self.lines) else None
        ends = following is None or following.kind in _DOCUMENTS
        cut = signature_start(self.lines, index, stop) if ends else stop
        build_body(self.tree, own + self.lines[index:cut], mode)
        return stop
