"""Archives of documents (.zip), taken out one at a time under a name that is never a path."""

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from services.acts.errors import FileError
from services.acts.sources.errors import (
    ArchiveDamagedError,
    ArchiveLinkError,
    ArchiveLockedError,
    ArchiveTooLargeError,
    ArchiveTooManyError,
)
from services.acts.sources.limits import check_size
from services.acts.sources.names import shown
from services.acts.sources.packages import (
    BROKEN_ZIP,
    MOST_FILES,
    check_overlap,
    check_packing,
    check_together,
)

MOST_BYTES = 2_000_000_000
"""Of an archive, unpacked."""

_MEGABYTE = 1_000_000
_BLOCK = 256 * 1024
_UNIX = 3  # a number of APPNOTE.TXT 4.4.2
_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Member:
    """A file of an archive: `name` for people, `problem` where it is not even taken out."""

    name: str
    info: zipfile.ZipInfo
    problem: FileError | None


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive.

    Raises ArchiveDamagedError, ArchiveTooManyError, ArchiveTooLargeError or ArchiveBombError.
    """
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN_ZIP as problem:
        raise ArchiveDamagedError() from problem
    with archive:
        parts = archive.infolist()
        if len(parts) > MOST_FILES:
            raise ArchiveTooManyError(count=len(parts), limit=MOST_FILES)
        if sum(part.file_size for part in parts) > MOST_BYTES:
            raise ArchiveTooLargeError(limit_mb=MOST_BYTES // _MEGABYTE)
        check_overlap(parts)
        check_together(part for part in parts if _problem(part) is None)
        yield archive


def members(archive: zipfile.ZipFile) -> Iterator[Member]:
    """The files of an archive in their order; folders and what systems leave behind are passed over."""
    for info in archive.infolist():
        name = _shown(info)
        if info.filename.endswith(("/", "\\")) or any(part in info.filename for part in _IGNORED):
            continue
        yield Member(name, info, _problem(info))


def copy(archive: zipfile.ZipFile, member: Member, target: IO[bytes]) -> None:
    """Unpack one file into `target`, never more than its size as listed.

    Raises ArchiveDamagedError, ArchiveLockedError or FileTooLargeError.
    """
    size = 0
    try:
        with archive.open(member.info) as source:
            while block := source.read(_BLOCK):
                size += len(block)
                check_size(size)
                target.write(block)
    except RuntimeError as problem:
        raise ArchiveLockedError() from problem
    except BROKEN_ZIP as problem:
        raise ArchiveDamagedError() from problem


def _problem(info: zipfile.ZipInfo) -> FileError | None:
    try:
        if info.flag_bits & 1:
            raise ArchiveLockedError()
        if _is_special(info):
            raise ArchiveLinkError()
        check_size(info.file_size)
        check_packing(info)
    except FileError as problem:
        return problem
    return None


def _is_special(info: zipfile.ZipInfo) -> bool:
    """Is this a link or a device? Unix tells it in the upper half of the attributes."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    return info.create_system == _UNIX and kind not in (0, stat.S_IFREG)


def _shown(info: zipfile.ZipInfo) -> str:
    """The name of a file for a report, in readable letters."""
    name = info.filename
    if not info.flag_bits & 0x800:
        # Without the UTF-8 flag zipfile reads cp437; Ukrainian Windows writes cp866 there.
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("cp866")
    return shown(name)
