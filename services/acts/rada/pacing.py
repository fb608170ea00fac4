"""How often the Rada may be asked: by all processes of this installation together.

The service allows 60 requests a minute, asks for pauses of 5 to 7 seconds, and 200 MB and 100,000 requests a
day (data.rada.gov.ua, ogd/zak/laws/readme.txt).
"""

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filelock import FileLock

from services.acts.rada.errors import DailyLimitError
from services.config import settings

SPACING = 1.0
"""Seconds between two requests, at least: 60 a minute."""

PAUSE = (5.0, 7.0)
"""Seconds between two acts, at least."""

MOST_BYTES = 200 * 1000**2
MOST_REQUESTS = 100_000


class Pace:
    """Waits before a request until it may be sent; what is known stands in a file that processes share."""

    def __init__(
        self, clock: Callable[[], float] = time.time, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep

    def wait(self) -> None:
        """Return when the next request may be sent. Raises DailyLimitError."""
        with self._lock():
            state = self._read()
            if state["bytes"] >= MOST_BYTES or state["requests"] >= MOST_REQUESTS:
                raise DailyLimitError(limit_mb=MOST_BYTES // 1000**2)
            left = state["next"] - self._clock()
            # A clock that was set back must not make anybody wait for hours.
            if 0 < left <= PAUSE[1]:
                self._sleep(left)
            self._write(state | {"next": self._clock() + SPACING, "requests": state["requests"] + 1})

    def received(self, size: int) -> None:
        """Count the bytes of an answer."""
        with self._lock():
            state = self._read()
            self._write(state | {"bytes": state["bytes"] + size})

    def rest(self) -> None:
        """An act is complete: the next one waits a little longer."""
        with self._lock():
            pause = random.uniform(*PAUSE)  # noqa: S311
            self._write(self._read() | {"next": self._clock() + pause})

    def _read(self) -> dict[str, Any]:
        today = time.strftime("%Y-%m-%d", time.gmtime(self._clock()))
        try:
            state = json.loads(self._file().read_text(encoding="utf-8"))
            if state["day"] == today:
                return {**state, "next": float(state["next"])}
        except (OSError, ValueError, KeyError, TypeError):
            return {"day": today, "next": 0.0, "requests": 0, "bytes": 0}
        return {"day": today, "next": float(state.get("next", 0)), "requests": 0, "bytes": 0}

    def _write(self, state: dict[str, Any]) -> None:
        self._file().write_text(json.dumps(state), encoding="utf-8")

    def _lock(self) -> FileLock:
        return FileLock(self._file().with_suffix(".lock"))

    @staticmethod
    def _file() -> Path:
        folder: Path = settings.data_dir / "rada"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / "pace.json"
