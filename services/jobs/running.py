"""A job as its handler sees it, and the workflow that runs handlers."""

import importlib
import logging
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from services.db import SessionLocal
from services.db.models import Job, JobEvent
from services.db.types import now
from services.errors import AppError
from services.jobs.errors import JobCancelled, JobKeepsDyingError
from services.jobs.handlers import HANDLERS
from services.jobs.views import LIVE

log = logging.getLogger("norma.jobs")
MOST_IN_VAIN = 20
_RESUMED = "resumed"
_PROGRESS_INTERVAL = 0.4


class RunningJob:
    """The handle a handler works with; safe to use from the handler's threads."""

    def __init__(self, job_id: str, kind: str, payload: dict[str, Any], attempt: int) -> None:
        self.id, self.kind, self.payload, self.attempt = job_id, kind, payload, attempt
        self._lock = threading.Lock()
        self._written = self._asked = 0.0
        self._cancelled = False

    def progress(self, done: int, total: int, *, force: bool = False, **also: int) -> None:
        """Tell how far the work is; written at most every 0.4 s, the last step always.

        `also` takes `cost_micro`, what the job has cost so far.
        """
        with self._lock:
            if not force and done < total and time.monotonic() - self._written < _PROGRESS_INTERVAL:
                return
            self._written = time.monotonic()
        self._update(done=done, total=total, **also)

    def spent(self, cost_micro: int) -> None:
        """Set what the job has cost so far, in micro-USD."""
        self._update(cost_micro=cost_micro)

    def keep(self, result: dict[str, Any]) -> None:
        """Show what the job has come to so far; what its handler returns takes the place of it."""
        self._update(result=result)

    def event(self, code: str, level: str = "info", **data: Any) -> None:
        """Leave a remark for the user."""
        with SessionLocal.begin() as session:
            session.add(JobEvent(job_id=self.id, code=code, level=level, data=data))

    def cancelled(self) -> bool:
        """Did the user ask to stop? Looks into the database at most every 0.4 s."""
        with self._lock:
            if self._cancelled or time.monotonic() - self._asked < _PROGRESS_INTERVAL:
                return self._cancelled
            self._asked = time.monotonic()
        with SessionLocal.reading() as session:
            found = session.scalar(sa.select(Job.cancel_requested).where(Job.id == self.id))
        self._cancelled = found is not False
        return self._cancelled

    def check_cancelled(self) -> None:
        """Raise JobCancelled if the user asked to stop."""
        if self.cancelled():
            raise JobCancelled

    def give_up(self) -> None:
        """End every wait of this handler as if the user had asked to stop: the job is about to end."""
        self._cancelled = True

    def sleep(self, seconds: float) -> None:
        """Wait, but end early when the user asks to stop (raises JobCancelled)."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.check_cancelled()
            time.sleep(min(left, 0.5))

    def _update(self, **changes: Any) -> None:
        with SessionLocal.begin() as session:
            session.execute(sa.update(Job).where(Job.id == self.id).values(**changes))


def run_job(job_id: str) -> str:
    """Run a job's handler to its end and record the outcome; a job that is over is left alone.

    Called again after a kill: handlers continue from what the database holds.
    """
    job = _start(job_id)
    if job is None:
        return "over"
    try:
        if _in_vain(job_id):
            raise JobKeepsDyingError(attempts=MOST_IN_VAIN)
        result = _handler(job.kind)(job)
    except JobCancelled:
        return _end(job_id, "cancelled")
    except AppError as problem:
        log.warning("job %s (%s) failed: %s", job_id, job.kind, problem.code)
        return _end(job_id, "failed", error_code=problem.code, error_data=problem.data)
    except Exception:
        incident = uuid.uuid4().hex[:8]
        log.exception("incident %s: job %s (%s)", incident, job_id, job.kind)
        return _end(job_id, "failed", error_code="unexpected", error_data={"incident": incident})
    return _end(job_id, "succeeded", result=result)


def _handler(kind: str) -> Callable[[RunningJob], dict[str, Any]]:
    module, name = HANDLERS[kind].split(":")
    handler: Callable[[RunningJob], dict[str, Any]] = getattr(importlib.import_module(module), name)
    return handler


def _start(job_id: str) -> RunningJob | None:
    with SessionLocal.begin() as session:
        job = session.get(Job, job_id)
        if job is None or job.status not in LIVE:
            return None
        job.attempts += 1
        if job.status == "running":
            came_to = {"attempt": job.attempts, "done": job.done}
            session.add(JobEvent(job_id=job_id, code=_RESUMED, data=came_to))
        job.status, job.started_at = "running", job.started_at or now()
        return RunningJob(job.id, job.kind, {**job.payload, **job.bulk}, job.attempts)


def _in_vain(job_id: str) -> bool:
    """Did the last attempts all break off without getting further than the first of them had come?

    However often a long job is interrupted, it goes on as long as each few attempts bring it forward.
    """
    query = sa.select(JobEvent.data).where(JobEvent.job_id == job_id, JobEvent.code == _RESUMED)
    with SessionLocal.reading() as session:
        latest = list(session.scalars(query.order_by(JobEvent.id.desc()).limit(MOST_IN_VAIN)))
    came_to = [data["done"] for data in latest]
    return len(came_to) == MOST_IN_VAIN and max(came_to) <= came_to[-1]


def _end(job_id: str, status: str, **changes: Any) -> str:
    with SessionLocal.begin() as session:
        session.execute(
            sa.update(Job).where(Job.id == job_id).values(status=status, finished_at=now(), **changes)
        )
    return status
