"""Raw bytes as they came, kept under the sha256 of their content in DATA_DIR/files."""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from services.config import settings

_BLOCK = 1024 * 1024
_FORGOTTEN = 86_400.0  # seconds after which nobody works with an unfinished file any more


def folder() -> Path:
    """Where raw bytes are kept; created when asked for."""
    place: Path = settings.data_dir / "files"
    place.mkdir(parents=True, exist_ok=True)
    return place


def path_of(digest: str) -> Path:
    """Where the bytes with this sha256 stand, or would."""
    return folder() / digest


def unfinished() -> Path:
    """Where files stand while they are worked with; what a killed process left there a day ago is dropped.

    Not the system's folder: there it could lie in memory, and for ever.
    """
    place: Path = settings.data_dir / "incoming"
    place.mkdir(parents=True, exist_ok=True)
    for path in place.iterdir():
        # Another process may be dropping or finishing it.
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - _FORGOTTEN:
                path.unlink()
    return place


@contextmanager
def on_disk(data: bytes) -> Iterator[Path]:
    """The path of a file with these bytes, which is gone afterwards."""
    with tempfile.NamedTemporaryFile(dir=unfinished()) as file:
        file.write(data)
        file.flush()
        yield Path(file.name)


def digest_of(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep_bytes(data: bytes) -> str:
    """Keep bytes and return their sha256."""
    digest = hashlib.sha256(data).hexdigest()
    if not path_of(digest).exists():
        with _incoming() as (file, path):
            file.write(data)
            file.close()
            path.replace(path_of(digest))
    return digest


def keep_file(path: Path) -> str:
    """Keep a copy of a file's bytes and return their sha256; memory does not grow with the file."""
    digest = digest_of(path)
    if not path_of(digest).exists():
        with path.open("rb") as source, _incoming() as (file, copy):
            while block := source.read(_BLOCK):
                file.write(block)
            file.close()
            copy.replace(path_of(digest))
    return digest


def forget(digest: str) -> None:
    """Drop kept bytes; nothing happens where there are none."""
    path_of(digest).unlink(missing_ok=True)


@contextmanager
def _incoming() -> Iterator[tuple[IO[bytes], Path]]:
    """A new file that takes its name only when it is whole."""
    handle, name = tempfile.mkstemp(dir=unfinished())
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file, path
    finally:
        path.unlink(missing_ok=True)
