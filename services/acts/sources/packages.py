"""Office documents are zips of XML: looked at before any library opens them."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from services.acts.sources.errors import (
    ArchiveBombError,
    ArchiveMethodError,
    ArchiveTooLargeError,
    ArchiveTooManyError,
    DamagedDocumentError,
    ForbiddenXmlError,
    LockedDocumentError,
    MacrosError,
)

BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    OverflowError,
)
"""What Python's zip reader raises for archives that are broken."""

MOST_FILES = 20_000
"""The Rada's own archive of all primary acts has 3,052 files of 337 MB together."""

_MOST_PARTS = 5_000
_MOST_LISTING = 16_000_000  # bytes; 20,000 files with names of 700
_ENDS = ((rb"PK\x05\x06", "<I", 12, 22), (rb"PK\x06\x06", "<Q", 40, 56))
_LONGEST_END = 65_535 + 22 + 20 + 56 + 1_000
_MOST_BYTES = 200_000_000
_MEGABYTE = 1_000_000
_TIGHT = 200  # to one; the XML of real documents packs 5 to 60 to one
_SMALL = 2 * _MEGABYTE
_SMALL_TOGETHER = 20 * _MEGABYTE
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCAL_HEAD = 30  # bytes before each file, its name not counted
_PROGRAMS = ("vbaproject.bin", "vbadata.xml")


def check_package(path: Path, kind: str) -> None:
    """Refuse what no honest document holds, reading nothing but the list of parts and the XML's first bytes.

    Raises DamagedDocumentError, LockedDocumentError, MacrosError, ForbiddenXmlError, ArchiveBombError,
    ArchiveMethodError, ArchiveTooLargeError or ArchiveTooManyError.
    """
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            _check_sizes(parts)
            _check_programs(package, parts, kind)
    except BROKEN_ZIP as problem:
        raise DamagedDocumentError(kind=kind) from problem


def check_listing(path: Path) -> None:
    """Refuse a zip whose list of files would fill the memory, before any library reads that list whole.

    The last record of a zip tells the length of the list (APPNOTE.TXT 4.3.16; 4.3.14 for large ones); each
    entry of it begins with a mark (4.3.12). Raises ArchiveTooLargeError or ArchiveTooManyError.
    """
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _LONGEST_END - _MOST_LISTING))
        listing = file.read()
    if (count := listing.count(b"PK\x01\x02")) > MOST_FILES:
        raise ArchiveTooManyError(count=count, limit=MOST_FILES)
    tail = listing[-_LONGEST_END:]
    lengths = [
        int(struct.unpack_from(shape, tail, mark.start() + place)[0])
        for pattern, shape, place, size in _ENDS
        for mark in re.finditer(pattern, tail)
        if mark.start() + size <= len(tail)
    ]
    # A small one that points to a large record says so with its highest number.
    if any(_MOST_LISTING < length != 0xFFFFFFFF for length in lengths):
        raise ArchiveTooLargeError(limit_mb=_MOST_LISTING // _MEGABYTE)


def read_part(path: Path, name: str, kind: str) -> bytes:
    """One part of a checked package. Raises DamagedDocumentError or LockedDocumentError."""
    try:
        with zipfile.ZipFile(path) as package:
            return package.read(name)
    except RuntimeError as problem:
        raise LockedDocumentError(kind=kind) from problem
    except BROKEN_ZIP as problem:
        raise DamagedDocumentError(kind=kind) from problem


class _RootSeen(Exception):  # noqa: N818 (no error: the end of what is read)
    pass


class _Prolog(ContentHandler):
    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802, ARG002
        raise _RootSeen


def check_xml(data: bytes, kind: str) -> None:
    """Raise ForbiddenXmlError for XML with a document type, which alone can declare entities.

    It can stand only before the first element, so no more than that is read.
    """
    try:
        defusedxml.sax.parseString(data, _Prolog(), forbid_dtd=True)
    except _RootSeen:
        return
    except DefusedXmlException as problem:
        raise ForbiddenXmlError(kind=kind) from problem
    except (SAXException, ValueError) as problem:
        raise DamagedDocumentError(kind=kind) from problem


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > _MOST_PARTS:
        raise ArchiveTooManyError(count=len(parts), limit=_MOST_PARTS)
    check_overlap(parts)
    for part in parts:
        check_packing(part)
    check_together(parts)
    if sum(part.file_size for part in parts) > _MOST_BYTES:
        raise ArchiveTooLargeError(limit_mb=_MOST_BYTES // _MEGABYTE)


def check_packing(part: zipfile.ZipInfo) -> None:
    """Raise ArchiveBombError for a part that is packed as no text is, or ArchiveMethodError.

    Of bzip2 and LZMA, `zipfile` unpacks all that a block of the file holds before it counts.
    """
    if part.compress_type not in _METHODS:
        raise ArchiveMethodError()
    _check_ratio(part.file_size, part.compress_size, _SMALL)


def check_together(parts: Iterable[zipfile.ZipInfo]) -> None:
    """Raise ArchiveBombError for many small parts that are packed as no texts are."""
    listed = list(parts)
    size, packed = sum(part.file_size for part in listed), sum(part.compress_size for part in listed)
    _check_ratio(size, packed, _SMALL_TOGETHER)


def _check_ratio(size: int, packed: int, small: int) -> None:
    ratio = size // max(packed, 1)
    if size > small and ratio > _TIGHT:
        raise ArchiveBombError(ratio=ratio)


def check_overlap(parts: Iterable[zipfile.ZipInfo]) -> None:
    """Raise ArchiveBombError for parts that share their bytes: so a small file unpacks to any size.

    Python looks for it since 3.11.8 only, and when a part is read.
    """
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise ArchiveBombError(kind="overlap")
        end = part.header_offset + _LOCAL_HEAD + part.compress_size


def _check_programs(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo], kind: str) -> None:
    for part in parts:
        name = part.filename.lower()
        if name.endswith(_PROGRAMS) or name.startswith(("basic/", "scripts/")):
            raise MacrosError(kind=kind)
        if part.flag_bits & 1:
            raise LockedDocumentError(kind=kind)
    names = {part.filename for part in parts}
    if "[Content_Types].xml" in names and b"macroEnabled" in package.read("[Content_Types].xml"):
        raise MacrosError(kind=kind)
    if kind == "odt" and "META-INF/manifest.xml" in names:
        manifest = package.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise LockedDocumentError(kind=kind)
