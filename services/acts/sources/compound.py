"""Compound files (OLE): what Office wrote before 2007, and documents under a password of today."""

from pathlib import Path

from services.acts.errors import BinaryFileError, FileError
from services.acts.sources.errors import LockedDocumentError
from services.acts.sources.limits import MAX_BYTES

# The stream by which each kind is known, in the order of trial; a locked document of today has no other.
_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "other"),
)
_NAME = 64  # bytes of a name in the list of streams, then its length: [MS-CFB] 2.6.1


def problem(path: Path, ending: str) -> FileError:
    """Why a compound file named with this ending is refused: BinaryFileError(kind) or LockedDocumentError."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES)
    kind = next((kind for stream, kind in _STREAMS if _entry(stream) in data), "")
    if kind == "locked":
        return LockedDocumentError(kind=ending.removeprefix("."))
    return BinaryFileError(kind=kind or {".xls": "xls", ".ppt": "other"}.get(ending, "doc"))


def _entry(stream: str) -> bytes:
    """How the list of streams holds a name."""
    name = f"{stream}\0".encode("utf-16-le")
    return name.ljust(_NAME, b"\0") + len(name).to_bytes(2, "little")
