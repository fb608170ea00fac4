"""What the worker calls now and then: everything that waits goes out, if it can."""

import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from services.config import settings
from services.tracking import runs, store
from services.tracking.environment import mode, prepare
from services.tracking.runs import SyncResult
from services.tracking.weave_service import FlushResult, listen, weave

_REST = 9.0
_REST_AFTER_FAILURE = 60.0
_rest_until = 0.0


@dataclass(frozen=True)
class PumpResult:
    """What one round did; both parts empty when another process was at it, or nothing may be sent."""

    traces: FlushResult = field(default_factory=FlushResult)
    runs: SyncResult = field(default_factory=SyncResult)


def begin() -> None:
    """Once in each process that calls models: their calls are traced from now on."""
    prepare()
    listen()


def pump(limit: int = 1000, timeout: float = 60.0, *, at_once: bool = False) -> PumpResult:
    """Send traces and finished runs that are due. Never raises for a server's sake; safe to call at once
    from several processes: one works, the others return. Bounded by `timeout` and 40 s a run.

    Called every few seconds it still takes at most a tenth of the time, and after a failure rests a minute,
    unless `at_once`.
    """
    global _rest_until
    if mode() != "online" or (not at_once and time.monotonic() < _rest_until) or not store.due_now():
        return PumpResult()
    started = time.monotonic()
    result = _round(limit, timeout)
    failed = result.traces.error_code or result.runs.error_code
    rest = _REST * (time.monotonic() - started)
    _rest_until = time.monotonic() + max(rest, _REST_AFTER_FAILURE if failed else 0.0)
    return result


def _round(limit: int, timeout: float) -> PumpResult:
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "tracking.lock", timeout=0)
    with suppress(Timeout), lock:
        traces = weave.flush(limit, timeout)
        runs_sent = runs.sync_pending() if traces.error_code is None else SyncResult()
        return PumpResult(traces, runs_sent)
    return PumpResult()


def retry_now() -> None:
    """Let all that waits be tried with the next round, as after a new key or address."""
    global _rest_until
    _rest_until = 0.0
    store.retry_now()


def given_up() -> dict[str, int]:
    """How many events of the last week ended unsent, by the code of the reason."""
    return store.given_up()


def pending() -> int:
    """How many traces and runs wait to be sent."""
    return store.pending()
