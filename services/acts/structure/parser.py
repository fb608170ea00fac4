"""From the text of an act to its units: headings first, then what stands under each."""

import re

from services.acts.structure.body import build_body
from services.acts.structure.exclusions import excluded
from services.acts.structure.head import document_head, head_end, signature_start
from services.acts.structure.lines import Layout, Line, read
from services.acts.structure.markers import Heading, Marker, heading, marker, roman_dot
from services.acts.structure.tree import RANKS, Tree
from services.acts.structure.units import Unit
from services.acts.unit_numbers import normal, roman, sort_key

_EXCLUDED = re.compile(r"\{\s*Стаття\s+(\d+(?:\s?-\s?\d+)?)\.\s[^{}]{0,300}?виключ", re.IGNORECASE)
_TITLED = ("book", "section", "subsection", "chapter", "paragraph_unit")
_ENDS = (".", ":", ";", ",")
_LONG_TITLE = 300
_MAX_GAP = 3  # sections whose heading was not seen as one
_MAX_WRAPPED = 3  # lines a title is wrapped onto


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
        self.text = layout.text
        self.lines = layout.lines
        self.tree = Tree()
        self.roman = 0  # the last Roman section of this document
        self.article = ""  # the last article
        self.digit = 0  # the last section numbered «1.»
        self.headings = [self._heading(index) for index in range(len(self.lines))]

    def parse(self) -> list[Unit]:
        index = self._open_preamble()
        while index < len(self.lines):
            found = self._accept(index)
            index = self._open(found, index) if found is not None else self._body([], index, "free")
        return self.tree.units()

    def _heading(self, index: int) -> Heading | None:
        line = self.lines[index]
        if line.quoted:
            return None
        if line.is_note:
            return self._excluded(line)
        return heading(line.text) or roman_dot(line.text) or self._digit_section(index)

    def _excluded(self, line: Line) -> Heading | None:
        """Return the place of an excluded article: «{Стаття 3. Статтю 3 виключено …}», «{Статтю 3 …}»."""
        if match := _EXCLUDED.match(line.note):
            return Heading("article", normal(match[1]), -1)
        gone = excluded(line.note)
        return (
            Heading("article", gone.numbers[0], -1) if gone is not None and gone.kind == "article" else None
        )

    def _digit_section(self, index: int) -> Heading | None:
        """Return «2. НАЗВА» or «2. Назва» before «2.1.» as the heading of a section."""
        text = self.lines[index].text
        mark = marker(text)
        if mark is None or mark.style != "dot" or text.endswith(_ENDS) or len(text) > _LONG_TITLE:
            return None
        rest = text[mark.rest :]
        if not rest or not rest[0].isupper():
            return None
        if (rest.isupper() and len(rest) > 5) or self._next_marker_is_inside(index, mark):
            return Heading("digit", mark.number, mark.rest)
        return None

    def _next_marker_is_inside(self, index: int, mark: Marker) -> bool:
        for line in self.lines[index + 1 : index + 6]:
            if line.is_note:
                continue
            following = marker(line.text)
            if following is not None:
                return following.style == "multi" and following.number.startswith(mark.number + ".")
            if line.text.endswith(_ENDS):
                return False
        return False

    def _accept(self, index: int) -> Heading | None:
        """Return the heading at `index` if it is one where it stands."""
        found = self.headings[index]
        if found is None:
            return None
        text = self.lines[index].text
        if found.kind == "section" and found.rest > 0 and roman_dot(text) is not None:
            return found if self._roman_in_order(index, found) else None
        if found.kind == "article" and found.rest < 0:
            return found if self._article_is_due(found) else None
        if found.kind == "digit":
            return found if not self._inside("article") else None
        return found

    def _article_is_due(self, found: Heading) -> bool:
        """Tell whether an excluded article stands in order, and not under a heading of its own."""
        last = sort_key(self.article)
        return not last or last < sort_key(found.number)

    def _roman_in_order(self, index: int, found: Heading) -> bool:
        value = roman(found.number.split("-")[0]) or 0
        if value == self.roman + 1 or (value == self.roman and "-" in found.number):
            return value > 1 or (not self._inside("article") and self._second_follows(index))
        return value == 1 and not self._inside("article") and self._second_follows(index)

    def _second_follows(self, index: int) -> bool:
        for later in self.headings[index + 1 :]:
            if later is not None and later.kind == "section":
                value = roman(later.number.split("-")[0])
                return value == 2
            if later is not None and later.kind in ("annex", "approved"):
                return False
        return False

    def _inside(self, kind: str) -> bool:
        return any(node.kind == kind for node in self.tree.stack)

    def _open(self, found: Heading, index: int) -> int:
        if found.kind in ("annex", "approved"):
            return self._open_document(found, index)
        if found.kind == "article":
            return self._open_article(found, index)
        if found.kind == "note":
            return self._open_note(found, index)
        return self._open_section(found, index)

    def _open_preamble(self) -> int:
        index = head_end(self.lines, 0)
        first = next((at for at in range(len(self.lines)) if self._accept(at) is not None), len(self.lines))
        index = min(index, first)
        if index < first and not self.lines[index].is_note and marker(self.lines[index].text) is None:
            line = self.lines[index]
            self.tree.open("preamble", "", line.start, line.end, RANKS["preamble"])
        return index

    def _open_document(self, found: Heading, index: int) -> int:
        line = self.lines[index]
        self.roman = self.digit = 0
        self.article = ""
        self.tree.open("annex", found.number, line.start, line.end, RANKS["annex"])
        stop = index + 1
        while stop < len(self.lines) and not (self._accept(stop) or marker(self.lines[stop].text)):
            stop += 1
        begin, end = document_head(self.lines, index + 1, stop)
        self.tree.stack[-1].title = " ".join(self._slice(line, 0) for line in self.lines[begin:end])
        if end > index + 1:
            self.tree.extend(self.lines[end - 1].end)
        return self._body([], end, "free")

    def _open_section(self, found: Heading, index: int) -> int:
        kind, line = found.kind, self.lines[index]
        if kind == "digit":
            kind = self._digit_kind(found)
        elif kind == "section":
            self.roman = roman(found.number.split("-")[0]) or self.roman
        elif kind == "book" and found.number in ("загальна", "особлива") and not line.text[0].isupper():
            kind = "subsection"
        if kind == "book" and roman_dot(line.text) is not None and self._inside("section"):
            kind = "subsection"
        title, end = self._title(found, index)
        node = self.tree.open(kind, found.number, line.start, self.lines[end - 1].end, RANKS[kind], title)
        node.first_line_end = 0
        return self._body([], end, "free")

    def _digit_kind(self, found: Heading) -> str:
        value = int(found.number.split("-")[0])
        if self.digit <= value <= self.digit + _MAX_GAP:
            self.digit = value
            return "section"
        return "subsection"

    def _title(self, found: Heading, index: int) -> tuple[str, int]:
        """Return the title of a section and the index of the first line after it."""
        line = self.lines[index]
        if found.kind == "final" or (
            found.rest >= len(line.text) and found.number in ("загальна", "особлива")
        ):
            return self._slice(line, 0), index + 1
        if found.rest < len(line.text):
            return self._wrapped(self._slice(line, found.rest), index)
        return self._title_below(index + 1)

    def _wrapped(self, title: str, index: int) -> tuple[str, int]:
        """Return a title with the lines it is wrapped onto, and the index of the first line after them."""
        end = index + 1
        while end < min(len(self.lines) - 1, index + 1 + _MAX_WRAPPED):
            text = self.lines[end].text
            if title.endswith(_ENDS) or not text[:1].islower() or text.endswith(_ENDS) or marker(text):
                break
            title += " " + self._slice(self.lines[end], 0)
            end += 1
        return title, end

    def _title_below(self, index: int) -> tuple[str, int]:
        rows: list[str] = []
        while index < len(self.lines) and len(rows) < 4:
            line = self.lines[index]
            if line.is_note and not rows:
                index += 1
                continue
            if not self._is_title(line, index) or (rows and not (line.text.isupper() and rows[-1].isupper())):
                break
            rows.append(self._slice(line, 0))
            index += 1
        return " ".join(rows), index

    def _is_title(self, line: Line, index: int) -> bool:
        if line.is_note or line.quoted or len(line.text) > _LONG_TITLE:
            return False
        found = self.headings[index]
        if (found is not None and found.kind != "final") or marker(line.text) is not None:
            return False
        return line.text.isupper() or not line.text.endswith(_ENDS)

    def _slice(self, line: Line, offset: int) -> str:
        return self.text[line.start + offset : line.end].split("{")[0].strip()

    def _open_article(self, found: Heading, index: int) -> int:
        line = self.lines[index]
        rank = RANKS["article"]
        self.article = found.number
        if found.rest < 0:
            self.tree.open("article", found.number, line.start, line.end, rank)
            return index + 1
        title, own, following = self._article_title(found, index)
        self.tree.open("article", found.number, line.start, line.end, rank, title)
        return self._body(own, following, "article")

    def _article_title(self, found: Heading, index: int) -> tuple[str, list[Line], int]:
        """Return the title, the heading line as first line of the body if it holds text, and what follows."""
        line = self.lines[index]
        rest = line.text[found.rest :]
        below = self._below(index)
        if not rest:
            if (
                below is not None
                and self._is_title(self.lines[below], below)
                and self._below(below) is not None
            ):
                return self._slice(self.lines[below], 0), [], below + 1
            return "", [], index + 1
        if self._is_text(rest, below):
            return "", [Line(line.start, line.end, rest)], index + 1
        title, following = self._wrapped(self._slice(line, found.rest), index)
        return title, [], following

    def _below(self, index: int) -> int | None:
        """Return the index of the next line of law if no heading stands before it."""
        for at in range(index + 1, len(self.lines)):
            if self.headings[at] is not None and self._accept(at) is not None:
                return None
            if not self.lines[at].is_note:
                return at
        return None

    def _is_text(self, rest: str, below: int | None) -> bool:
        first = marker(rest)
        if first is not None and first.style == "dot":
            return True
        if below is None:
            return rest.endswith(_ENDS)
        after = marker(self.lines[below].text)
        if after is not None and after.style in ("dot", "multi"):
            return False
        return rest.endswith((*_ENDS, "-")) or len(rest) > _LONG_TITLE

    def _open_note(self, found: Heading, index: int) -> int:
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
        while stop < len(self.lines) and (self.headings[stop] is None or self._accept(stop) is None):
            stop += 1
        document_ends = stop == len(self.lines) or (self.headings[stop] is not None and self._closes(stop))
        cut = signature_start(self.lines, index, stop) if document_ends else stop
        build_body(self.tree, own + self.lines[index:cut], mode)
        return stop

    def _closes(self, index: int) -> bool:
        found = self.headings[index]
        return found is not None and found.kind in ("annex", "approved")
