"""What is known of a job's batches. The journal is the job's remarks: one before a batch is created, one
with the provider's id, one when its answers are stored. Its calls are recorded before it is created."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.db import SessionLocal
from services.db.models import Job, JobEvent, ModelCall
from services.db.types import now
from services.extraction.store import padded
from services.jobs.views import LIVE

PREPARED, CREATED, STORED = "batch_prepared", "batch_created", "batch_stored"
Call = tuple[str, int]


@dataclass(frozen=True)
class Batch:
    """One batch: its calls are the job's with ids in (`after_call`, `last_call`].

    `run_key` stands in the provider's metadata; `batch_id` and `file_id` are the provider's. `most` is what
    the batch costs at most, in micro-USD.
    """

    job_id: str
    number: int
    run_key: str
    requests: int
    after_call: int
    last_call: int
    prepared_at: datetime
    batch_id: str = ""
    file_id: str = ""
    stored: bool = False
    most: float = 0.0


def of_job(job_id: str) -> list[Batch]:
    """The job's batches in their order."""
    query = sa.select(JobEvent).where(
        JobEvent.job_id == job_id, JobEvent.code.in_((PREPARED, CREATED, STORED))
    )
    found: dict[int, Batch] = {}
    with SessionLocal.reading() as session:
        for event in session.scalars(query.order_by(JobEvent.id)):
            number, data = int(event.data["number"]), event.data
            if event.code == PREPARED:
                found[number] = Batch(job_id=job_id, prepared_at=event.created_at, **data)
            elif event.code == CREATED:
                found[number] = replace(found[number], batch_id=data["batch_id"], file_id=data["file_id"])
            else:
                found[number] = replace(found[number], stored=True)
    return list(found.values())


def orphans(job_id: str, model: str, url: str) -> list[Batch]:
    """Batches of ended jobs that were created at this provider and never fetched: paid for, so not lost."""
    calls = sa.select(ModelCall.job_id).where(
        ModelCall.state == "started", ModelCall.model == model, ModelCall.provider == url
    )
    jobs = sa.select(Job.id).where(Job.id.in_(calls), Job.id != job_id, Job.status.not_in(LIVE))
    with SessionLocal.reading() as session:
        ended = list(session.scalars(jobs))
    return [batch for other in ended for batch in of_job(other) if batch.batch_id and not batch.stored]


def taken(job_ids: Iterable[str]) -> set[str]:
    """Keys that these jobs have asked for, answered or not; calls that never left do not count."""
    query = sa.select(ModelCall.key).where(ModelCall.job_id.in_(list(job_ids)), ModelCall.state != "lost")
    with SessionLocal.reading() as session:
        return set(session.scalars(query))


def prepare(job_id: str, number: int, calls: list[Call], model: str, url: str, most: float = 0.0) -> Batch:
    """Record a batch and its calls (key, act), before anything is sent; it costs `most` micro-USD at most."""
    row = {"purpose": "extraction", "model": model, "provider": url, "job_id": job_id}
    run_key = f"{job_id}:{number}"
    with SessionLocal.begin() as session:
        before = _newest(session)
        session.execute(
            sa.insert(ModelCall), [{**row, "key": key, "act_id": act_id} for key, act_id in calls]
        )
        data: dict[str, Any] = {"number": number, "run_key": run_key, "requests": len(calls),
                "after_call": before, "last_call": _newest(session), "most": most}  # fmt: skip
        session.add(JobEvent(job_id=job_id, code=PREPARED, data=data))
    return Batch(job_id=job_id, prepared_at=now(), **data)


def created(batch: Batch, batch_id: str, file_id: str) -> Batch:
    """Note the provider's id."""
    data = {"number": batch.number, "batch_id": batch_id, "file_id": file_id}
    with SessionLocal.begin() as session:
        session.add(JobEvent(job_id=batch.job_id, code=CREATED, data=data))
    return replace(batch, batch_id=batch_id, file_id=file_id)


def never_created(batch: Batch) -> None:
    """The provider does not know the batch: its calls never left and may be sent in another."""
    with SessionLocal.begin() as session:
        session.execute(_open_calls(batch).values(state="lost"))
        _stored(session, batch, "not_created")


def stored(batch: Batch, status: str, code: str) -> None:
    """Every answer is stored; calls that got none are failed with `code`."""
    with SessionLocal.begin() as session:
        session.execute(_open_calls(batch).values(state="failed", error_code=code))
        _stored(session, batch, status)


def failures(job_id: str, keys: Iterable[str]) -> dict[str, str]:
    """Error codes, by key, of the job's calls that failed."""
    wanted, found = list(keys), {}
    failed = sa.select(ModelCall.key, ModelCall.error_code).where(
        ModelCall.job_id == job_id, ModelCall.state == "failed"
    )
    with SessionLocal.reading() as session:
        for i in range(0, len(wanted), 500):
            rows: Any = session.execute(failed.where(ModelCall.key.in_(padded(wanted[i : i + 500]))))
            found.update({key: code or "provider_failed" for key, code in rows})
    return found


def _stored(session: Session, batch: Batch, status: str) -> None:
    data = {"number": batch.number, "status": status}
    session.add(JobEvent(job_id=batch.job_id, code=STORED, data=data))


def _open_calls(batch: Batch) -> sa.Update:
    return sa.update(ModelCall).where(
        ModelCall.job_id == batch.job_id,
        ModelCall.state == "started",
        ModelCall.id > batch.after_call,
        ModelCall.id <= batch.last_call,
    )


def _newest(session: Session) -> int:
    return session.scalar(sa.select(sa.func.max(ModelCall.id))) or 0
