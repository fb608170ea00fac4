"""Submitting, watching and cancelling jobs. Pages call this; the worker does the work."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.db import SessionLocal
from services.db.models import Job, JobEvent
from services.db.types import now
from services.errors import NotFoundError
from services.jobs import backend
from services.jobs.views import LIVE, JobEventView, JobView, event_view, view


@dataclass(frozen=True)
class Submitted:
    """`created` is False when a live job with the same key was already there."""

    job_id: str
    created: bool


def submit(
    kind: str, payload: dict[str, Any], *, dedupe_key: str, bulk: dict[str, Any] | None = None
) -> Submitted:
    """Record a job and queue it. However often it is called, at most one job of a key is alive.

    `bulk` is what grows with the work: the handler finds it in its payload, those who watch the job do not.
    """
    job_id = str(uuid.uuid4())
    try:
        with SessionLocal.begin() as session:
            live = _live_id(session, dedupe_key)
            if live is None:
                row = {"kind": kind, "payload": payload, "bulk": bulk or {}, "dedupe_key": dedupe_key}
                session.add(Job(id=job_id, **row))
    except sa.exc.IntegrityError:
        with SessionLocal.reading() as session:
            live = _live_id(session, dedupe_key)
        if live is None:
            return submit(kind, payload, dedupe_key=dedupe_key, bulk=bulk)
    backend.enqueue(live or job_id)
    return Submitted(live or job_id, live is None)


def get(job_id: str) -> JobView | None:
    """The job, or None."""
    with SessionLocal.reading() as session:
        job = session.get(Job, job_id)
        return view(job) if job else None


def payload(job_id: str) -> dict[str, Any]:
    """All that a job was given, its bulk included, as its handler sees it; empty where there is no job."""
    with SessionLocal.reading() as session:
        job = session.get(Job, job_id)
        return {**job.payload, **job.bulk} if job else {}


def live(kind: str | None = None) -> list[JobView]:
    """Jobs queued or running, oldest first."""
    query = sa.select(Job).where(Job.status.in_(LIVE)).order_by(Job.created_at)
    return _views(query.where(Job.kind == kind) if kind else query)


def recent(kind: str, limit: int = 20) -> list[JobView]:
    """The newest jobs of a kind, newest first."""
    return _views(sa.select(Job).where(Job.kind == kind).order_by(Job.created_at.desc()).limit(limit))


def events(job_id: str, limit: int = 100) -> list[JobEventView]:
    """What was remarked on a job, newest first."""
    query = sa.select(JobEvent).where(JobEvent.job_id == job_id).order_by(JobEvent.id.desc()).limit(limit)
    with SessionLocal.reading() as session:
        return [event_view(event) for event in session.scalars(query)]


def cancel(job_id: str) -> bool:
    """Ask a job to stop: one that waits stops at once, one that runs within seconds. False if it is over."""
    with SessionLocal.begin() as session:
        job = session.get(Job, job_id)
        if job is None or job.status not in LIVE:
            return False
        job.cancel_requested = True
        if job.status == "queued":
            job.status, job.finished_at = "cancelled", now()
        return True


def wait(
    job_id: str,
    seconds: float = 3600,
    interval: float = 0.2,
    watch: Callable[[JobView], None] | None = None,
) -> JobView:
    """Block until a job is over (commands and tests); `watch` sees it at each look. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while (job := get(job_id)) is not None and job.alive:
        if time.monotonic() > deadline:
            raise TimeoutError(job_id)
        if watch:
            watch(job)
        time.sleep(interval)
    if job is None:
        raise NotFoundError(what="job", key=job_id)
    return job


def _live_id(session: Session, key: str) -> str | None:
    return session.scalar(sa.select(Job.id).where(Job.dedupe_key == key, Job.status.in_(LIVE)))


def _views(query: sa.Select[Job]) -> list[JobView]:
    with SessionLocal.reading() as session:
        return [view(job) for job in session.scalars(query)]
