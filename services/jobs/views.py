"""Jobs as pages see them: plain values, no database session behind them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.db.models import Job, JobEvent

LIVE = ("queued", "running")


@dataclass(frozen=True)
class JobView:
    """A job, without the bulk of its payload. Money in micro-USD.

    `done` of `total` are in the job's own unit (passages, steps).
    """

    id: str
    kind: str
    status: str
    payload: dict[str, Any]
    done: int
    total: int
    result: dict[str, Any]
    error_code: str | None
    error_data: dict[str, Any]
    cost_micro: int
    cancel_requested: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def alive(self) -> bool:
        """Queued or running."""
        return self.status in LIVE

    @property
    def share(self) -> float:
        """How far it is, from 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


@dataclass(frozen=True)
class JobEventView:
    """A remark on a job: a code with data."""

    level: str
    code: str
    data: dict[str, Any]
    created_at: datetime


def view(job: Job) -> JobView:
    """The plain values of a row."""
    return JobView(**{name: getattr(job, name) for name in JobView.__dataclass_fields__})


def event_view(event: JobEvent) -> JobEventView:
    """The plain values of a row."""
    return JobEventView(event.level, event.code, event.data, event.created_at)
