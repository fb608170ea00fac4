"""PDF files with a text layer: lines with their places on the page, then paragraphs."""

import ctypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from services.acts.errors import EmptyFileError
from services.acts.sources.document import Document
from services.acts.sources.errors import (
    BrokenTextLayerError,
    DamagedDocumentError,
    LockedDocumentError,
    NoTextLayerError,
    TooManyPagesError,
)
from services.acts.sources.pdf_lines import HYPHEN, RAISED, Line, paragraphs, without_running_heads

MOST_PAGES = 3_000
_FEWEST_CHARACTERS = 25  # a page; scans often carry a stamp or a page number as text
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_RAISED_SIZE = 0.87  # of the size before
_RAISED_HEIGHT = 0.1
_READABLE = re.compile(r"[\w\s.,:;()№§\"'«»“”’‐-―{}/%*+=<>|&@!?\[\]…°•$€₴^~#\\_`\x02-]")
_LEAST_READABLE = 0.85


def read_pdf(path: Path) -> Document:
    """The text of a PDF: lines joined into paragraphs, broken words whole again, page heads left out.

    Raises DamagedDocumentError, LockedDocumentError, TooManyPagesError, NoTextLayerError,
    BrokenTextLayerError or EmptyFileError.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as problem:
        if getattr(problem, "err_code", None) == _PASSWORD:
            raise LockedDocumentError(kind="pdf") from problem
        raise DamagedDocumentError(kind="pdf") from problem
    count = len(document)
    if count > MOST_PAGES:
        raise TooManyPagesError(pages=count, limit=MOST_PAGES)
    pages = [list(_lines(document, number)) for number in range(count)]
    _check_letters(pages)
    text = paragraphs(without_running_heads(pages))
    if not any(char.isalnum() for char in text):
        raise EmptyFileError()
    return Document(text, "pdf")


def _check_letters(pages: list[list[Line]]) -> None:
    text = "".join(line.text for page in pages for line in page)
    if len(text) < _FEWEST_CHARACTERS * len(pages):
        raise NoTextLayerError(pages=len(pages))
    if len(_READABLE.findall(text)) < _LEAST_READABLE * len(text):
        raise BrokenTextLayerError()


def _lines(document: Any, number: int) -> Iterator[Line]:
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pdfium.PdfiumError:
        # A page that is broken alone: what the others hold is not lost, and the page is missing anyway.
        return
    previous: Line | None = None
    for line in _Page(text_page, number).rows():
        if previous is not None and previous.goes_on_in(line):
            previous = previous.joined(line)
            continue
        if previous is not None:
            yield previous
        previous = line
    if previous is not None:
        yield previous
    text_page.close()
    page.close()


class _Page:
    """Characters of one page as pdfium tells them; places in points, upwards from the lower left corner."""

    def __init__(self, text_page: Any, number: int) -> None:
        self._page, self._number = text_page, number
        count = text_page.count_chars()
        text = text_page.get_text_range().replace("\ufffe", HYPHEN) if count else ""
        if len(text) != count:
            # Letters beyond the first 65,536 count twice there: one by one, places stay true.
            text = "".join(chr(raw.FPDFText_GetUnicode(text_page, index) or 32) for index in range(count))
        self._text = text

    def rows(self) -> Iterator[Line]:
        """Rows of characters as pdfium breaks them; a raised index may stand in a row of its own."""
        for row in re.finditer(rf"[^\r\n{HYPHEN}]+{HYPHEN}?", self._text):
            text = row[0].strip()
            if text:
                start = row.start() + row[0].index(text[0])
                yield self._row(start, start + len(text))

    def _row(self, start: int, end: int) -> Line:
        x, y = self._origin(start)
        right = self._right(end - 1)
        size = raw.FPDFText_GetFontSize(self._page, start)
        return Line("".join(self._marked(start, end)), x, right, y, size, self._number)

    def _marked(self, start: int, end: int) -> Iterator[str]:
        for index in range(start, end):
            char = self._text[index]
            if char.isdigit() and index > start and self._is_raised(index):
                yield RAISED
            yield char

    def _is_raised(self, index: int) -> bool:
        if not self._text[index - 1].isalnum():
            return False
        before, own = (float(raw.FPDFText_GetFontSize(self._page, at)) for at in (index - 1, index))
        if own > _RAISED_SIZE * before:
            return False
        return self._origin(index)[1] - self._origin(index - 1)[1] > _RAISED_HEIGHT * before

    def _origin(self, index: int) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._page, index, x, y)
        return x.value, y.value

    def _right(self, index: int) -> float:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(self._page, index, left, right, bottom, top)
        return right.value
