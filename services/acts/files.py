"""Raw bytes as they came, kept under the sha256 of their content in DATA_DIR/files."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from services.config import settings

_BLOCK = 1024 * 1024


def folder() -> Path:
    """Where raw bytes are kept; created when asked for."""
    place: Path = settings.data_dir / "files"
    place.mkdir(parents=True, exist_ok=True)
    return place


def path_of(digest: str) -> Path:
    """Where the bytes with this sha256 stand, or would."""
    return folder() / digest


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
    handle, name = tempfile.mkstemp(dir=folder(), prefix=".incoming-")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file, path
    finally:
        path.unlink(missing_ok=True)
