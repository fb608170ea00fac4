"""Plain text files."""

import re
from dataclasses import dataclass

from services.acts.errors import BinaryFileError, EmptyFileError
from services.acts.sources.cleaning import clean
from services.acts.sources.encodings import decode
from services.acts.sources.limits import check_size, check_text
from services.acts.sources.run_together import parted
from services.acts.sources.wrapping import unwrapped

_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "docx"),
    (b"\xd0\xcf\x11\xe0", "doc"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_MOST_CONTROL = 0.001
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True)
class ReadText:
    """A cleaned text and the encoding its file was in."""

    text: str
    encoding: str


def read_txt(data: bytes, encoding: str | None = None) -> ReadText:
    """The cleaned text of a file's bytes; `encoding` is forced where the reader knows it better.

    Raises FileTooLargeError, TooManyLinesError, EmptyFileError, BinaryFileError, DamagedFileError or
    UnknownEncodingError.
    """
    check_size(len(data))
    if not data.strip():
        raise EmptyFileError()
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise BinaryFileError(kind=kind)
    text, encoding = decode(data, encoding)
    if _control_share(text) > _MOST_CONTROL:
        raise BinaryFileError(kind="other")
    cleaned = clean(text)
    if not any(char.isalnum() for char in cleaned):
        raise EmptyFileError()
    check_text(cleaned)
    return ReadText(parted(unwrapped(cleaned)), encoding)


def _control_share(text: str) -> float:
    return len(_CONTROL.findall(text)) / len(text) if text else 0.0
