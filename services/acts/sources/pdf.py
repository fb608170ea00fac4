"""PDF files with a text layer: lines with their places on the page, then paragraphs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from services.acts.errors import EmptyFileError
from services.acts.sources.document import Document
from services.acts.sources.errors import (
    BrokenTextLayerError,
    DamagedDocumentError,
    LockedDocumentError,
    NoTextLayerError,
    TooManyPagesError,
)
from services.acts.sources.pdf_columns import in_reading_order
from services.acts.sources.pdf_heads import without_running_heads
from services.acts.sources.pdf_lines import Line
from services.acts.sources.pdf_notes import without_footnotes
from services.acts.sources.pdf_page import Page
from services.acts.sources.pdf_paragraphs import paragraphs

MOST_PAGES = 3_000
_FEWEST_CHARACTERS = 25  # a page; scans often carry a stamp or a page number as text
_LOCKED = (4, 5)  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY (locked for certain readers)
_READABLE = re.compile(r"[\w\s.,:;()№§\"'«»“”’‐-―{}/%*+=<>|&@!?\[\]…°•$€₴^~#\\_`\x02-]")
_LEAST_READABLE = 0.85


def read_pdf(path: Path) -> Document:
    """The text of a PDF: lines joined into paragraphs, broken words whole again, page heads left out.

    Cells of drawn tables stand on lines of their own, columns one after another; a footnote follows the
    paragraph that runs at the end of its page, as a note in braces.
    Raises DamagedDocumentError, LockedDocumentError, TooManyPagesError, NoTextLayerError,
    BrokenTextLayerError or EmptyFileError.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as problem:
        if getattr(problem, "err_code", None) in _LOCKED:
            raise LockedDocumentError(kind="pdf") from problem
        raise DamagedDocumentError(kind="pdf") from problem
    count = len(document)
    if count > MOST_PAGES:
        raise TooManyPagesError(pages=count, limit=MOST_PAGES)
    pages = [list(_lines(document, number)) for number in range(count)]
    _check_letters(pages)
    pages = [in_reading_order(page) for page in without_running_heads(pages)]
    text = paragraphs(*without_footnotes(pages))
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
    for line in Page(page, text_page, number).rows():
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
