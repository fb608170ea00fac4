"""One file into one document, or into the rows of a table: the table of formats."""

from collections.abc import Callable
from pathlib import Path

from services.acts.sources.document import Document
from services.acts.sources.html import read_html
from services.acts.sources.limits import check_text
from services.acts.sources.txt import read_txt


def read_document(path: Path, kind: str, encoding: str | None = None) -> Document:
    """Read a file of a known kind in this process. Raises a FileError of any sort."""
    document = _READERS[kind](path, encoding)
    check_text(document.text)
    return document


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
