"""Word documents (.docx): paragraphs and cells in order, with the numbers Word itself draws."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from services.acts.errors import EmptyFileError
from services.acts.sources.document import Document
from services.acts.sources.errors import DamagedDocumentError
from services.acts.sources.lines import Lines
from services.acts.sources.numbering import Numbering
from services.acts.sources.packages import BROKEN_ZIP, check_package, check_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Deleted text of tracked changes, instructions of fields, and the second version of a drawing.
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}pPr", f"{W}sectPr"}
_SKIPPED |= {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}


def read_docx(path: Path) -> Document:
    """The text of a document: tracked deletions, headers, footers and comments left out, insertions taken.

    Raised digits after a number become its index (`19-1`); automatic numbers are written out.
    Raises EmptyFileError, DamagedDocumentError and what `check_package` raises.
    """
    check_package(path, "docx")
    import docx  # takes a quarter of a second, so only where it is needed

    try:
        _check_parts(path)
        document = docx.Document(str(path))
        numbering = Numbering(document)
    except (*BROKEN_ZIP, etree.LxmlError, AttributeError) as problem:
        raise DamagedDocumentError(kind="docx") from problem
    lines = Lines()
    raised = _raised_styles(document)
    for paragraph in document.element.body.iter(f"{W}p"):
        if not _is_deleted(paragraph):
            _read_paragraph(paragraph, numbering, lines, raised)
    text = lines.text()
    if not any(char.isalnum() for char in text):
        raise EmptyFileError()
    return Document(text, "docx")


def _check_parts(path: Path) -> None:
    with ZipFile(path) as package:
        for name in package.namelist():
            if name in ("word/document.xml", "word/numbering.xml", "word/styles.xml", "[Content_Types].xml"):
                check_xml(package.read(name), "docx")


def _is_deleted(paragraph: Any) -> bool:
    """Is this a paragraph that a tracked change deletes with all its words? Word counts it no more."""
    mark = paragraph.find(f"{W}pPr/{W}rPr/{W}del")
    return mark is not None and not any(node.tag == f"{W}t" and node.text for node in _inside(paragraph))


def _read_paragraph(paragraph: Any, numbering: Numbering, lines: Lines, raised: set[str]) -> None:
    number = numbering.next(paragraph)
    if number:
        lines.add(f"{number} ")
    for node in _inside(paragraph):
        tag = node.tag
        if tag == f"{W}t" and node.text:
            (lines.add_superscript if _is_raised(node.getparent(), raised) else lines.add)(node.text)
        elif tag == f"{W}tab":
            lines.add(" ")
        elif tag in (f"{W}br", f"{W}cr"):
            lines.end()
        elif tag == f"{W}noBreakHyphen":
            lines.add("-")
    lines.end()


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


def _raised_styles(document: Any) -> set[str]:
    """The names of the styles of letters that stand above the line."""
    styles = document.styles.element.iter(f"{W}style")
    return {str(style.get(f"{W}styleId")) for style in styles if _lifts(style.find(f"{W}rPr"))}


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
