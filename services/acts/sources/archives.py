"""Archives of documents (.zip), taken out one at a time under a name that is never a path."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from services.acts.errors import FileError
from services.acts.sources.errors import (
    ArchiveDamagedError,
    ArchiveLockedError,
    ArchiveTooLargeError,
    ArchiveTooManyError,
)
from services.acts.sources.packages import BROKEN_ZIP, check_ratio
from services.acts.sources.readers import check_size

MOST_FILES = 20_000
MOST_BYTES = 2_000_000_000
"""The Rada's own archive of all primary acts has 3,052 files of 337 MB together."""

_MEGABYTE = 1_000_000
_BLOCK = 256 * 1024
_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Member:
    """A file of an archive: `name` for people, `problem` where it is not even taken out."""

    name: str
    info: zipfile.ZipInfo
    problem: FileError | None


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive. Raises ArchiveDamagedError, ArchiveTooManyError or ArchiveTooLargeError."""
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
        check_size(info.file_size)
        check_ratio(info)
    except FileError as problem:
        return problem
    return None


def _shown(info: zipfile.ZipInfo) -> str:
    """The name of a file for a report: without folders, in readable letters."""
    name = info.filename
    if not info.flag_bits & 0x800:
        # Without the UTF-8 flag zipfile reads cp437; Ukrainian Windows writes cp866 there.
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("cp866")
    name = PurePosixPath(name.replace("\\", "/")).name
    return "".join(char for char in name if char.isprintable()) or "?"
