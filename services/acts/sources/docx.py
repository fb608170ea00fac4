"""Word documents (.docx): paragraphs and cells in order, with the numbers Word itself draws."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from services.acts.errors import EmptyFileError
from services.acts.sources.document import Document
from services.acts.sources.docx_notes import Notes
from services.acts.sources.errors import DamagedDocumentError
from services.acts.sources.lines import Lines
from services.acts.sources.numbering import Numbering
from services.acts.sources.packages import BROKEN_ZIP, check_package, check_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Deleted text of tracked changes, instructions of fields, and the second version of a drawing.
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}pPr", f"{W}sectPr"}
_SKIPPED |= {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_SIGNS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "-", f"{_MATHS}den": "/", f"{_MATHS}sup": "^"}
# What the font Symbol draws at places of its own; digits and brackets stand there as in ASCII.
_GREEK = dict(zip(b"abgdezhqiklmnxoprstufcywDGLSFW", "αβγδεζηθικλμνξοπρστυφχψωΔΓΛΣΦΩ", strict=True))
_SYMBOLS = {0xF000 + code: chr(code) for code in b" !#%&()+,./0123456789:;<=>?[]_{|}"}
_SYMBOLS |= {0xF000 + code: letter for code, letter in _GREEK.items()} | {
    0xF0A3: "≤", 0xF0B0: "°", 0xF0B1: "±", 0xF0B3: "≥", 0xF0B4: "×", 0xF0B8: "÷", 0xF0B9: "≠", 0xF0BB: "≈",
    0xF02D: "−", 0xF0D7: "·", 0xF0B7: "•", 0xF0E5: "∑", 0xF0D6: "√", 0xF0A5: "∞",
}  # fmt: skip
_CONTENTS = re.compile(r"(?:toc \d|toc heading|table of figures)", re.IGNORECASE)


def read_docx(path: Path) -> Document:
    """The text of a document: tracked deletions, headers, footers, comments and tables of contents left out.

    Raised digits after a number become its index (`19-1`); automatic numbers are written out; footnotes and
    endnotes follow their paragraph as notes in braces.
    Raises EmptyFileError, DamagedDocumentError and what `check_package` raises.
    """
    check_package(path, "docx")
    import docx  # takes a quarter of a second, so only where it is needed

    try:
        _check_parts(path)
        document = docx.Document(str(path))
        reading = _Reading(document)
    except (*BROKEN_ZIP, etree.LxmlError, AttributeError) as problem:
        raise DamagedDocumentError(kind="docx") from problem
    for paragraph in _paragraphs(document.element.body):
        reading.read(paragraph)
    text = reading.lines.text()
    if not any(char.isalnum() for char in text):
        raise EmptyFileError()
    return Document(text, "docx")


def _check_parts(path: Path) -> None:
    with ZipFile(path) as package:
        for name in package.namelist():
            if name in ("word/document.xml", "word/numbering.xml", "word/styles.xml", "[Content_Types].xml"):
                check_xml(package.read(name), "docx")


def _paragraphs(body: Any) -> Iterator[Any]:
    walk = etree.iterwalk(body, events=("start",))
    for _, node in walk:
        if node.tag in _SKIPPED:
            walk.skip_subtree()
        elif node.tag == f"{W}p":
            yield node


class _Reading:
    """Writes the paragraphs of one document into `lines`."""

    def __init__(self, document: Any) -> None:
        self.lines = Lines()
        self._numbering = Numbering(document)
        self._notes = Notes(document, _words)
        styles = list(document.styles.element.iter(f"{W}style"))
        self._raised = {_id(style) for style in styles if _lifts(style.find(f"{W}rPr"))}
        self._contents = {_id(style) for style in styles if _CONTENTS.match(_name(style))}
        self._goes_on = False

    def read(self, paragraph: Any) -> None:
        """Write one paragraph; where a tracked change deletes its end, the next one goes on in its line."""
        properties = paragraph.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        if style is not None and style.get(f"{W}val") in self._contents:
            return
        ends = paragraph.find(f"{W}pPr/{W}rPr/{W}del") is None
        if not ends and not _words(paragraph):
            return  # deleted with all its words: Word counts it no more
        number = self._numbering.next(paragraph)
        if number and not self._goes_on:
            self.lines.add(f"{number} ")
        for node in _inside(paragraph):
            self._piece(node)
        self._goes_on = not ends
        if ends:
            self.lines.end()

    def _piece(self, node: Any) -> None:
        """Write what one node shows."""
        if node.tag == f"{W}t" and node.text:
            raised = _is_raised(node.getparent(), self._raised)
            (self.lines.add_superscript if raised else self.lines.add)(node.text)
        elif node.tag in (f"{W}br", f"{W}cr"):
            self.lines.end()
        elif note := self._notes.of(node):
            self.lines.footnote(*note)
        else:
            self.lines.add(_sign(node))


def _words(paragraph: Any) -> str:
    return "".join(node.text or "" if node.tag == f"{W}t" else _sign(node) for node in _inside(paragraph))


def _sign(node: Any) -> str:
    """What a node draws that is no text of a run: signs, letters of formulas and of the font Symbol."""
    if node.tag == f"{_MATHS}t":
        return node.text or ""
    if node.tag != f"{W}sym":
        return _SIGNS.get(node.tag, "")
    try:
        code = int(node.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    if 0xE000 <= code <= 0xF8FF or code > 0xFFFF:
        return _SYMBOLS.get(code, "") if node.get(f"{W}font") == "Symbol" else ""
    return chr(code)


def _id(style: Any) -> str:
    return str(style.get(f"{W}styleId"))


def _name(style: Any) -> str:
    name = style.find(f"{W}name")
    return str(name.get(f"{W}val")) if name is not None else ""


def _inside(paragraph: Any) -> Iterator[Any]:
    """What stands in a paragraph itself; a text box in it has paragraphs of its own, read in their turn."""
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, node in walk:
        if node.tag in _SKIPPED or (node.tag == f"{W}p" and node is not paragraph) or _is_hidden(node):
            walk.skip_subtree()
        else:
            yield node


def _is_hidden(node: Any) -> bool:
    hidden = node.find(f"{W}rPr/{W}vanish") if node.tag == f"{W}r" else None
    return hidden is not None and hidden.get(f"{W}val") not in ("0", "false")


def _is_raised(run: Any, raised: set[str]) -> bool:
    properties = run.find(f"{W}rPr") if run is not None else None
    style = properties.find(f"{W}rStyle") if properties is not None else None
    return _lifts(properties) or (style is not None and style.get(f"{W}val") in raised)


def _lifts(properties: Any) -> bool:
    """Do properties of a run set it above the line, as an index or by a shift?"""
    if properties is None:
        return False
    index, shift = (properties.find(f"{W}{name}") for name in ("vertAlign", "position"))
    lifted = shift is not None and str(shift.get(f"{W}val")).isdigit() and shift.get(f"{W}val") != "0"
    return lifted or (index is not None and index.get(f"{W}val") == "superscript")
