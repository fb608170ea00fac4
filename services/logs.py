"""Logs: one rotating file a process in DATA_DIR/logs, with every secret of the settings masked."""

import logging
import sys
from logging.handlers import RotatingFileHandler

from services.config import FIELDS, settings

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_MEGABYTE = 1_000_000


class _Masked(logging.Formatter):
    """The last line of defence: whatever a library writes, a key does not get through."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for field in FIELDS:
            secret = str(getattr(settings, field.name)) if field.secret else ""
            if len(secret) >= 6:
                text = text.replace(secret, "***")
        return text


def setup(name: str) -> None:
    """Write INFO and above to DATA_DIR/logs/<name>.log, WARNING and above to stderr too."""
    folder = settings.data_dir / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    file = RotatingFileHandler(
        folder / f"{name}.log", maxBytes=5 * _MEGABYTE, backupCount=3, encoding="utf-8"
    )
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setLevel(logging.WARNING)
    root = logging.getLogger("norma")
    root.setLevel(logging.INFO)
    root.handlers.clear()
    for handler in (file, terminal):
        handler.setFormatter(_Masked(_FORMAT))
        root.addHandler(handler)
    root.propagate = False
