"""Documents on the disk, as the readers want them."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def put(tmp_path: Path) -> Callable[[bytes], Path]:
    """`put(data)` writes a file without an ending and returns its path."""

    def write(data: bytes) -> Path:
        path = tmp_path / "document"
        path.write_bytes(data)
        return path

    return write
