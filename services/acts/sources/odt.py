"""OpenDocument texts (.odt): paragraphs, headings and cells in order."""

from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from services.acts.errors import EmptyFileError
from services.acts.sources.document import Document
from services.acts.sources.errors import DamagedDocumentError
from services.acts.sources.lines import Lines
from services.acts.sources.odt_lists import ITEM, LIST, ListNumbers
from services.acts.sources.packages import check_package, check_xml, read_part

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_NOTE = f"{_TEXT}note"
_SKIPPED = {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", _NOTE, f"{_OFFICE}forms"}
_SKIPPED |= {f"{_TEXT}table-of-content"}
_SPACE, _TAB, _BREAK, _SPAN = f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break", f"{_TEXT}span"
_LABEL = f"{_TEXT}number"


def read_odt(path: Path) -> Document:
    """The text of a document with the numbers of its lists and headings; tracked deletions, comments, tables
    of contents and page heads are left out, footnotes and endnotes follow their paragraph in braces.

    Raises EmptyFileError, DamagedDocumentError and what `check_package` raises.
    """
    check_package(path, "odt")
    root = _parsed(read_part(path, "content.xml", "odt"))
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise DamagedDocumentError(kind="odt")
    lines = Lines()
    _read(body, lines, _raised_styles(root), ListNumbers([root, *_styles(path)]))
    text = lines.text()
    if not any(char.isalnum() for char in text):
        raise EmptyFileError()
    return Document(text, "odt")


def _styles(path: Path) -> list[Any]:
    """The part in which styles with names of their own stand, where there is one."""
    with ZipFile(path) as package:
        if "styles.xml" not in package.namelist():
            return []
    return [_parsed(read_part(path, "styles.xml", "odt"))]


def _parsed(data: bytes) -> Any:
    check_xml(data, "odt")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.LxmlError as problem:
        raise DamagedDocumentError(kind="odt") from problem


def _raised_styles(root: Any) -> set[str]:
    raised = set()
    for style in root.iter(f"{_STYLE}style"):
        properties = style.find(f"{_STYLE}text-properties")
        position = properties.get(f"{_STYLE}text-position", "") if properties is not None else ""
        first = position.split()[0] if position else ""
        if first == "super" or (first.rstrip("%").isdigit() and int(first.rstrip("%")) > 0):
            raised.add(str(style.get(f"{_STYLE}name")))
    return raised


def _read(body: Any, lines: Lines, raised: set[str], lists: ListNumbers) -> None:
    depth, inside = 0, 0
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, node in walk:
        step = 1 if event == "start" else -1
        if node.tag in _SKIPPED:
            if step > 0:
                walk.skip_subtree()
                if node.tag == _NOTE:
                    _refer(node, lines)
                continue
        else:
            depth += step * (node.tag == _SPAN and node.get(f"{_TEXT}style-name") in raised)
            inside += step * (node.tag in _PARAGRAPHS or node.tag == _LABEL)
            (_begin if step > 0 else _finish)(node, lines, lists)
        piece = node.text if step > 0 else node.tail
        if piece and inside:
            (lines.add_superscript if depth else lines.add)(piece)


def _refer(note: Any, lines: Lines) -> None:
    citation = note.find(f"{_TEXT}note-citation")
    mark = "".join(citation.itertext()) if citation is not None else ""
    if citation is not None and citation.get(f"{_TEXT}label"):
        lines.add(mark)
    words = ["".join(paragraph.itertext()) for paragraph in note.iter(*_PARAGRAPHS)]
    lines.footnote(mark, " ".join(words))


def _begin(node: Any, lines: Lines, lists: ListNumbers) -> None:
    if node.tag in _PARAGRAPHS:
        if lines.line.strip() and node.getparent().tag != ITEM:
            lines.end()
        if number := lists.number(node.getparent()) or lists.heading(node):
            lines.add(f"{number} ")
    elif node.tag in (LIST, ITEM):
        lists.enter(node)
    elif node.tag in (_SPACE, _TAB):
        lines.add(" ")
    elif node.tag == _BREAK:
        lines.end()


def _finish(node: Any, lines: Lines, lists: ListNumbers) -> None:
    if node.tag in _PARAGRAPHS:
        lines.end()
    elif node.tag == _LABEL:
        lines.add(" ")
    elif node.tag in (LIST, ITEM):
        lists.leave(node)
