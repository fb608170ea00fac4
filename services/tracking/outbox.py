"""What the worker calls now and then: everything that waits goes out, if it can."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from services.config import settings
from services.tracking import runs, store
from services.tracking.environment import mode
from services.tracking.runs import SyncResult
from services.tracking.weave_service import FlushResult, weave


@dataclass(frozen=True)
class PumpResult:
    """What one round did; both parts empty when another process was at it, or nothing may be sent."""

    traces: FlushResult = field(default_factory=FlushResult)
    runs: SyncResult = field(default_factory=SyncResult)


def pump(limit: int = 1000, timeout: float = 60.0) -> PumpResult:
    """Send traces and finished runs that are due. Never raises for a server's sake; safe to call at once
    from several processes: one works, the others return. Bounded by `timeout` and 40 s a run."""
    if mode() != "online" or not store.due_now():
        return PumpResult()
    lock = FileLock(Path(settings.DATA_DIR) / "tracking.lock", timeout=0)
    with suppress(Timeout), lock:
        traces = weave.flush(limit, timeout)
        runs_sent = runs.sync_pending() if traces.error_code is None else SyncResult()
        return PumpResult(traces, runs_sent)
    return PumpResult()


def pending() -> int:
    """How many traces and runs wait to be sent."""
    return store.pending()
