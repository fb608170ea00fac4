"""The engine's logs: what happened and where, never a text of an act."""

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

ENGINE_LOG = "engine.log"
TRAINER_LOG = "trainer.log"
_MAX_BYTES = 5 << 20

_ExcInfo: TypeAlias = (
    "tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]"
)


class QuietFormatter(logging.Formatter):
    """Writes of an error its type and frames only: its message may quote the text it failed on."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s")

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the library's name
        """Frames and the type of the error."""
        kind, _, frames = ei
        name = kind.__name__ if kind else "unknown error"
        return "".join([*traceback.format_tb(frames), name])


def log_to(path: Path) -> None:
    """Send everything logged in this process to a file; at most 10 MB are kept."""
    handler = RotatingFileHandler(path, maxBytes=_MAX_BYTES, backupCount=1, encoding="utf-8")
    handler.setFormatter(QuietFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
