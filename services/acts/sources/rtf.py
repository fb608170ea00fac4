"""Rich text (.rtf)."""

import re

from striprtf.striprtf import rtf_to_text

from services.acts.errors import EmptyFileError
from services.acts.sources.document import Document
from services.acts.sources.errors import DamagedDocumentError
from services.acts.sources.lines import Lines

# striprtf forgets that letters were raised, so the first raised digit is marked before it reads.
_RAISED = re.compile(
    r"(\\(?:super|up[1-9]\d{0,2})(?![a-z0-9])(?:\\[a-z]{1,20}-?\d{0,6} ?|[ \r\n]){0,12})(\d)"
)
_MARK = "\x01"
_MARKED = re.compile(f"{_MARK}(\\d+)")
# What a reader of the document does not see: deletions that are only marked, and hidden words.
_GONE = re.compile(r"\{(?:\\[a-z]{1,20}-?\d{0,6} ?){0,20}\\(?:deleted|v)(?![a-z0-9])[^{}]{0,20000}\}")
_FIELD = re.compile(r"\{\\\*\\fldinst\b[^{}]{0,2000}(?:\{[^{}]{0,2000}\}[^{}]{0,200}){0,8}\}")


def read_rtf(data: bytes) -> Document:
    """The text of a rich text file; table cells stand on lines of their own, lists keep their numbers.

    Raises DamagedDocumentError or EmptyFileError.
    """
    source = data.decode("latin-1")
    source = _GONE.sub("", _FIELD.sub("", source)).replace(r"\pntext", r"\listtext")
    source = _RAISED.sub(rf"\1{_MARK}\2", source)
    try:
        text = rtf_to_text(source, encoding="cp1251", errors="replace")
    except (ValueError, IndexError, KeyError, TypeError, LookupError) as problem:
        raise DamagedDocumentError(kind="rtf") from problem
    lines = Lines()
    for row in re.split(r"[\n|]", text):
        _read_row(row, lines)
    cleaned = lines.text()
    if not any(char.isalnum() for char in cleaned):
        raise EmptyFileError()
    return Document(cleaned, "rtf")


def _read_row(row: str, lines: Lines) -> None:
    position = 0
    for raised in _MARKED.finditer(row):
        lines.add(row[position : raised.start()])
        lines.add_superscript(raised[1])
        position = raised.end()
    lines.add(row[position:])
    lines.end()
