"""The engine's log: what happened and where, never a text of an act."""

import logging
import traceback
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

LOG_NAME = "engine.log"
_MAX_BYTES = 5 << 20

_ExcInfo: TypeAlias = (
    "tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]"
)


class _Formatter(logging.Formatter):
    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the library's name
        """Type and frames only: the message of an error may quote the text it failed on."""
        kind, _, frames = ei
        name = kind.__name__ if kind else "unknown error"
        return "".join([*traceback.format_tb(frames), name])


def log_to(root: Path) -> None:
    """Send everything logged in this process to the log file, at most 5 MB of it kept from earlier runs."""
    path = root / LOG_NAME
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def rotate(root: Path) -> None:
    """Put a long log aside; before anything writes to it."""
    path = root / LOG_NAME
    if path.exists() and path.stat().st_size > _MAX_BYTES:
        path.replace(path.with_suffix(".log.1"))
