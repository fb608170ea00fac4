"""What a file is: told by its bytes, by its name only where bytes cannot tell."""

import codecs
import json
import re
import zipfile
from pathlib import Path, PurePath

from services.acts.errors import BinaryFileError, UnreadableFileError
from services.acts.sources import compound
from services.acts.sources.errors import ArchiveDamagedError, DamagedDocumentError, MacrosError
from services.acts.sources.packages import BROKEN_ZIP, check_listing

TEXTS = ("txt", "html", "docx", "odt", "rtf", "pdf")
TABLES = ("csv", "xlsx", "jsonl")
ENDINGS = ("txt", "html", "htm", "docx", "odt", "rtf", "pdf", "zip", "csv", "xlsx", "jsonl")
"""Endings of the files that can be imported."""

_HEAD = 4096
_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0", "compound"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_REFUSED = frozenset({"image", "archive"})
_BEGINNINGS = {".pdf": b"%PDF", ".rtf": b"{\\rtf"}
_BEGINNINGS |= dict.fromkeys((".docx", ".odt", ".xlsx", ".zip"), b"PK\x03\x04")
_RECORD = re.compile(rb'\{\s*"[^"\\\n]{1,200}"\s*:')
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|p|table|meta|h[1-6])[\s>]", re.IGNORECASE)
_BEFORE_TEXT = codecs.BOM_UTF8 + codecs.BOM_UTF16 + codecs.BOM_UTF16_BE + b" \t\r\n"  # any of these bytes
_MACRO_ENDINGS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb")


def kind_of(path: Path, name: str) -> str:
    """`txt`, `html`, `docx`, `odt`, `rtf`, `pdf`, `csv`, `xlsx`, `jsonl` or `zip`.

    Raises BinaryFileError(kind) for what no reader is there for, LockedDocumentError, MacrosError,
    DamagedDocumentError, ArchiveDamagedError or UnreadableFileError.
    """
    if path.exists() and not path.is_file():
        # A pipe or a device may never end.
        raise UnreadableFileError(kind="special")
    ending = PurePath(name.lower()).suffix
    if ending in _MACRO_ENDINGS:
        raise MacrosError(kind=ending[1:])
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(path)
    if head and _BEGINNINGS.get(ending, b"").startswith(head):
        # Less than the first word of such a file is left.
        raise DamagedDocumentError(kind=ending[1:])
    return _of_signature(path, head, ending) or _of_text(head, ending)


def _of_signature(path: Path, head: bytes, ending: str) -> str:
    for signature, kind in _SIGNATURES:
        if head.startswith(signature) or (kind == "pdf" and signature in head[:1024]):
            if kind == "compound":
                raise compound.problem(path, ending)
            if kind in _REFUSED:
                raise BinaryFileError(kind=kind)
            return kind
    return ""


def _of_text(head: bytes, ending: str) -> str:
    if _PAGE.match(_plain(head).lstrip(_BEFORE_TEXT)):
        return "html"
    if ending in (".csv", ".tsv"):
        return "csv"
    if ending in (".jsonl", ".ndjson") or _is_record(head):
        return "jsonl"
    if ending in (".html", ".htm", ".xhtml") or _PAGE.search(_plain(head)):
        return "html"
    return "csv" if ending == ".xlsx" else "txt"


def _is_record(head: bytes) -> bool:
    """Is the first line a record of JSON, whole or as much of it as was read?"""
    line, end, _ = head.removeprefix(codecs.BOM_UTF8).partition(b"\n")
    if not end and len(head) == _HEAD:
        return bool(_RECORD.match(line))
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


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
