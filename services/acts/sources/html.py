"""Web pages: the two shapes in which the Rada publishes acts, and any other page with a text in it."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
from lxml import etree

from services.acts.errors import EmptyFileError
from services.acts.sources.document import Document
from services.acts.sources.encodings import decode
from services.acts.sources.errors import DamagedDocumentError, TooComplexError, TooDeepError
from services.acts.sources.html_lists import ListNumbers
from services.acts.sources.indices import with_hyphens
from services.acts.sources.lines import Lines
from services.acts.sources.rada_page import describe

_SKIPPED = frozenset(
    re.findall(
        r"\w+",
        "head script style noscript template svg math iframe object embed applet audio video canvas select "
        "button textarea input nav form",
    )
)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd div dl dt fieldset figcaption figure footer "
        "h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section table tbody td tfoot th thead tr ul",
    )
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_DECLARED = {"windows-1251": "cp1251", "cp1251": "cp1251", "koi8-u": "koi8-u", "koi8-r": "koi8-r"}
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SUPER = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_IMAGE = "[ image ]"
# The portal's own words about a file that goes with the act.
_TAIL = re.compile(r"\n(?:Сигнальний документ[^\n]*|var layzr[^\n]*)\n$")
_LONGEST_TARGET = 300


def read_html(data: bytes, encoding: str | None = None) -> Document:
    """The text of a page with its anchors and links, scripts and all that is not shown left out.

    A raised index becomes `19-1`. Raises EmptyFileError, TooDeepError, TooComplexError (one piece of more
    than 10 MB), DamagedDocumentError and what `decode` raises.
    """
    page, encoding = _decoded(data, encoding)
    root = _parse(page)
    found = root.find(".//*[@id='article']")
    lines = Lines(repair=True)
    _Walk(lines).read(root if found is None else found)
    text = _TAIL.sub("\n", lines.text())
    if not any(char.isalnum() for char in text):
        raise EmptyFileError()
    facts = describe(root, page) if found is not None else {}
    return Document(text, "html", encoding=encoding, marks=lines.marks(), **facts)


def _decoded(data: bytes, encoding: str | None) -> tuple[str, str]:
    if encoding is None and not _is_utf8(data):
        declared = _CHARSET.search(data[:4096])
        encoding = _DECLARED.get(declared[1].decode().lower()) if declared else None
    return decode(data, encoding)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _parse(page: str) -> lxml.html.HtmlElement:
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml.html.document_fromstring(page.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as problem:
        raise DamagedDocumentError(kind="html") from problem
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            # The parser stops there and would lose the rest without a word.
            raise TooDeepError(kind="html") if "depth" in entry.message else TooComplexError()
    return root


class _Walk:
    """Goes through the elements in order; never by recursion, since a page may nest as it likes."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._raised = self._preformatted = 0
        self._lists = ListNumbers()
        self._number = ""

    def read(self, body: lxml.html.HtmlElement) -> None:
        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._leave(element)
                if element is not body:
                    self._say(element.tail)
            elif element.tag in _SKIPPED or _HIDDEN.search(element.get("style", "")):
                walk.skip_subtree()
            else:
                self._enter(element)
                self._say(element.text)

    def _enter(self, element: Any) -> None:
        tag = element.tag
        if tag in _BLOCKS or tag == "br":
            self._end_line()
        for name in (element.get("id"), element.get("name") if tag == "a" else None):
            if name and re.fullmatch(r"[A-Za-z]\w{0,63}", name):
                self._lines.anchor(name)
        if tag == "a" and (target := link_target(element.get("href", ""))):
            self._lines.begin_link(target)
        self._number = self._lists.enter(element) or self._number
        self._raised += _is_raised(element)
        self._preformatted += tag == "pre"

    def _leave(self, element: Any) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._end_line()
        if tag == "a":
            self._lines.end_link()
        if tag not in _SKIPPED and not _HIDDEN.search(element.get("style", "")):
            self._lists.leave(element)
            self._number = "" if tag == "li" else self._number
            self._raised -= _is_raised(element)
            self._preformatted -= tag == "pre"

    def _end_line(self) -> None:
        if self._lines.line.strip() == _IMAGE:
            self._lines.drop()
        self._lines.end()

    def _say(self, piece: str | None) -> None:
        if not piece:
            return
        if self._number and piece.strip():
            self._lines.add(f"{self._number} ")
            self._number = ""
        if self._raised:
            self._lines.add_superscript(piece)
        elif self._preformatted:
            self._say_rows(piece)
        else:
            self._lines.add(with_hyphens(piece))

    def _say_rows(self, piece: str) -> None:
        """Old acts are wrapped by hand at 70 characters: an indented row begins a paragraph, others go on."""
        first, *rows = piece.split("\n")
        self._lines.add(first)
        for row in rows:
            if not row.strip() or row.startswith("  "):
                self._end_line()
            self._lines.add(" " + row)


def _is_raised(element: Any) -> bool:
    if element.tag == "span":
        return "rvts37" in element.get("class", "").split() or bool(_SUPER.search(element.get("style", "")))
    return bool(element.tag == "sup")


def link_target(href: str) -> str:
    """What a link of the Rada's pages points at: `4441-17`, `4441-17#n5`, `#n40`; other addresses whole.

    Empty for what is no address of a text.
    """
    href = href.strip()[: _LONGEST_TARGET * 3]
    if href.startswith("#"):
        return href[:_LONGEST_TARGET] if len(href) > 1 else ""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    path = re.match(r"/(?:go|laws/(?:show|term|anot|card))/(.+)", unquote(parts.path))
    if path and (not parts.netloc or parts.netloc.endswith("rada.gov.ua")):
        number = re.sub(r"/(?:ed\d{8}|print|paran\d+|page\d+|find|conv)\b.*$", "", path[1]).rstrip("/")
        return f"{number}#{parts.fragment}" if parts.fragment else number
    return href[:_LONGEST_TARGET] if parts.scheme in ("http", "https") and parts.netloc else ""
