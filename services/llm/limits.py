"""What a provider can take: calls at once, time limits, pauses, and the pace its headers ask for."""

import json
import re
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from services.config import settings
from services.db import SessionLocal
from services.db.models import Preference
from services.llm.provider import ProviderInfo

OVERRIDES = "limits"
_FILE = Path(__file__).parent / "data" / "limits.json"
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_SLOWEST = 60.0  # seconds between two calls, whatever the headers say


@dataclass(frozen=True)
class Limits:
    """Bounds for one provider. A batch holds at most `batch_requests` and `batch_bytes`.

    `timeout_seconds`: for the whole of an answer. `first_pause_seconds`: at most so long is waited before
    the first repeat; it doubles with each.
    """

    at_once: int
    timeout_seconds: float
    first_pause_seconds: float
    batch_requests: int
    batch_bytes: int


def of(info: ProviderInfo) -> Limits:
    """The limits of a provider: the data file's and the settings' time limit, single figures overridden by
    the preference "limits"."""
    table, waited = _table()["providers"], {"timeout_seconds": float(settings.MODEL_TIMEOUT)}
    return Limits(**{**table[info.kind], **waited, **_overrides().get(info.kind, {})})


def forget() -> None:
    """Read the overrides anew at the next question, and forget what providers said."""
    _read_overrides.cache_clear()
    with _lock:
        _paces.clear()


class Pace:
    """How fast one model may be called, as its headers `x-ratelimit-*` say.

    While much is left, calls go as they come. When no more is left than the calls under way may use,
    calls are spaced at the rate at which the allowance refills, before the provider has to refuse any.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._interval = 0.0
        self._next = 0.0
        self._tokens = 0.0
        self._latencies: deque[float] = deque(maxlen=_REMEMBERED)

    def note(self, headers: Mapping[str, str], tokens: int) -> None:
        """Learn from an answer: its headers and the tokens it took."""
        if "x-ratelimit-remaining-requests" not in headers and "x-ratelimit-remaining-tokens" not in headers:
            return
        with self._lock:
            self._tokens = tokens if not self._tokens else 0.8 * self._tokens + 0.2 * tokens
            each = (("requests", 1.0), ("tokens", max(1.0, self._tokens)))
            self._interval = max(_interval(headers, of_what, need) for of_what, need in each)

    def patience(self, most: float) -> float:
        """Seconds to wait for an answer: eight times the slowest of the last ones, from 30 up to `most`.

        It is `most` until enough answers have come to know what is slow.
        """
        with self._lock:
            if len(self._latencies) < _FEWEST_HEARD:
                return most
            return min(most, max(_LEAST_PATIENCE, _PATIENCE * max(self._latencies)))

    def heard(self, seconds: float) -> None:
        """An answer took so long."""
        with self._lock:
            self._latencies.append(seconds)

    def silent(self, waited: float) -> None:
        """No answer came in so many seconds: the next one is given twice as long."""
        with self._lock:
            if self._latencies:
                self._latencies.append(2 * waited / _PATIENCE)

    def pause(self) -> float:
        """Seconds until the next call may go; a caller that gets 0 has taken its turn."""
        with self._lock:
            moment = time.monotonic()
            if self._interval and moment < self._next:
                return self._next - moment
            self._next = moment + self._interval
            return 0.0


def pace(info: ProviderInfo, model: str) -> Pace:
    """The pace of a model, shared by every job of this process."""
    with _lock:
        return _paces.setdefault((info.url, model), Pace())


_paces: dict[tuple[str, str], Pace] = {}
_lock = threading.Lock()
_REMEMBERED, _FEWEST_HEARD = 50, 10  # answers from whose times the patience follows
_LEAST_PATIENCE, _PATIENCE = 30.0, 8.0
_FEW = 0.1  # of the allowance: from here on calls are spaced


def _interval(headers: Mapping[str, str], of_what: str, need: float) -> float:
    """Seconds between two calls so that `requests` or `tokens` do not run out; 0 while enough is left."""
    left = _number(headers.get(f"x-ratelimit-remaining-{of_what}"))
    reset = seconds(headers.get(f"x-ratelimit-reset-{of_what}", ""))
    if left is None or reset is None or reset <= 0:
        return 0.0
    most = _number(headers.get(f"x-ratelimit-limit-{of_what}")) or left + need
    if left > max(_FEW * most, 2 * need):
        return 0.0
    refill = max(most - left, need) / reset
    return min(_SLOWEST, need / refill)


def seconds(text: str) -> float | None:
    """A duration as headers give it (`6m0s`, `17ms`, `1.5`), in seconds; None if it is none."""
    number = _number(text)
    if number is not None:
        return number
    parts = _DURATION.findall(text)
    if not parts or "".join(a + b for a, b in parts) != text.strip():
        return None
    return sum(float(amount) * _SECONDS[unit] for amount, unit in parts)


def _number(text: str | None) -> float | None:
    try:
        return max(0.0, float(text)) if text else None
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return table


def _overrides() -> dict[str, Any]:
    """Read at most once in five seconds, since every call asks."""
    return _read_overrides(int(time.monotonic() // 5), settings.database_url)


@lru_cache(maxsize=1)
def _read_overrides(_moment: int, _database: str) -> dict[str, Any]:
    with SessionLocal.reading() as session:
        row = session.get(Preference, OVERRIDES)
        return dict(row.value) if row else {}
