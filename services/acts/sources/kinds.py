"""What a file is: told by its bytes, by its name only where bytes cannot tell."""

import re
import zipfile
from pathlib import Path, PurePath

from services.acts.errors import BinaryFileError
from services.acts.sources.errors import ArchiveDamagedError, MacrosError
from services.acts.sources.packages import BROKEN_ZIP, check_listing

TEXTS = ("txt", "html", "docx", "odt", "rtf", "pdf")
TABLES = ("csv", "xlsx", "jsonl")
ENDINGS = ("txt", "html", "htm", "docx", "odt", "rtf", "pdf", "zip", "csv", "xlsx", "jsonl")
"""Endings of the files that can be imported."""

_HEAD = 4096
_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0", "doc"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_REFUSED = frozenset({"doc", "image", "archive"})
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|p|table|meta|h[1-6])[\s>]", re.IGNORECASE)
_MACRO_ENDINGS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb")


def kind_of(path: Path, name: str) -> str:
    """`txt`, `html`, `docx`, `odt`, `rtf`, `pdf`, `csv`, `xlsx`, `jsonl` or `zip`.

    Raises BinaryFileError(kind) for what no reader is there for, MacrosError, ArchiveDamagedError.
    """
    ending = PurePath(name.lower()).suffix
    if ending in _MACRO_ENDINGS:
        raise MacrosError(kind=ending[1:])
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(path)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature) or (kind == "pdf" and signature in head[:1024]):
            if kind in _REFUSED:
                raise BinaryFileError(kind=kind)
            return kind
    if ending in (".csv", ".tsv"):
        return "csv"
    if ending in (".jsonl", ".ndjson"):
        return "jsonl"
    return "html" if ending in (".html", ".htm", ".xhtml") or _PAGE.search(_plain(head)) else "txt"


def _plain(head: bytes) -> bytes:
    return head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head


def _of_zip(path: Path) -> str:
    check_listing(path)
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except BROKEN_ZIP as problem:
        raise ArchiveDamagedError() from problem
    for part, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("content.xml", "odt")):
        if part in names:
            return kind
    if "ppt/presentation.xml" in names:
        raise BinaryFileError(kind="other")
    return "zip"
