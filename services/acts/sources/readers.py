"""One file into one document, or into the rows of a table: the table of formats."""

from collections.abc import Callable
from pathlib import Path

from services.acts.errors import FileTooLargeError
from services.acts.sources.document import Document
from services.acts.sources.html import read_html
from services.acts.sources.txt import MAX_BYTES, read_txt

_MEGABYTE = 1_000_000

MEMORY = 1024**3
"""Bytes of address space that the reading process may take."""


def check_size(size: int) -> None:
    """Raise FileTooLargeError for more bytes than one act may have."""
    if size > MAX_BYTES:
        raise FileTooLargeError(limit_mb=MAX_BYTES // _MEGABYTE, size_mb=round(size / _MEGABYTE, 1))


def read_document(path: Path, kind: str, encoding: str | None = None) -> Document:
    """Read a file of a known kind in this process. Raises a FileError of any sort."""
    return _READERS[kind](path, encoding)


def _txt(path: Path, encoding: str | None) -> Document:
    found = read_txt(path.read_bytes(), encoding)
    return Document(found.text, "txt", encoding=found.encoding)


def _html(path: Path, encoding: str | None) -> Document:
    return read_html(path.read_bytes(), encoding)


# The libraries of the others are large, and only the reading process needs them.
def _docx(path: Path, _: str | None) -> Document:
    from services.acts.sources.docx import read_docx

    return read_docx(path)


def _odt(path: Path, _: str | None) -> Document:
    from services.acts.sources.odt import read_odt

    return read_odt(path)


def _rtf(path: Path, _: str | None) -> Document:
    from services.acts.sources.rtf import read_rtf

    return read_rtf(path.read_bytes())


def _pdf(path: Path, _: str | None) -> Document:
    from services.acts.sources.pdf import read_pdf

    return read_pdf(path)


_READERS: dict[str, Callable[[Path, str | None], Document]] = {
    "txt": _txt,
    "html": _html,
    "docx": _docx,
    "odt": _odt,
    "rtf": _rtf,
    "pdf": _pdf,
}
