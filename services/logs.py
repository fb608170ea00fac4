"""Logs: one rotating file a process in DATA_DIR/logs, with every secret of the settings masked."""

import logging
import sys
from logging.handlers import RotatingFileHandler

from services.config import FIELDS, ConfigError, settings

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_MEGABYTE = 1_000_000


class _Masked(logging.Formatter):
    """The last line of defence: whatever a library writes, a key does not get through."""

    def __init__(self, layout: str) -> None:
        super().__init__(layout)
        self._secrets: set[str] = set()

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        self._learn()
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text

    def _learn(self) -> None:
        """Keys of before stay masked; while a setting cannot be read there is all the more to log."""
        try:
            values = [str(getattr(settings, field.name)) for field in FIELDS if field.secret]
        except ConfigError:
            return
        self._secrets.update(value for value in values if len(value) >= 6)


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
