"""Passages of a job that have no usable answer, and how long the rest of a job will take."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from services.acts import service as acts
from services.acts.addresses import Addresses
from services.db import SessionLocal
from services.db.models import Extraction, ExtractionPassage, LegalAct, ModelCall
from services.db.types import now
from services.extraction.totals import USABLE
from services.jobs.views import JobView

_LATEST_CALLS = 50
_FEWEST_CALLS = 5
_REMARKABLE = 15.0  # seconds without an answer
_PASSAGES = sa.join(Extraction, ExtractionPassage, ExtractionPassage.extraction_id == Extraction.id)


@dataclass(frozen=True)
class FailedPassage:
    """A passage to ask about again: where it stands (`start`, `end` in the act) and what became of it.

    `outcome` is that of a reply that could not be used (`malformed`, `cut_off`, `wrong_schema`,
    `partly_usable`, `refusal`), or the code of the error that a call ended with.
    """

    act_id: int
    act: str
    address: str
    start: int
    end: int
    outcome: str


def count_of_job(job_id: str) -> int:
    """How many of a job's passages have no usable answer."""
    query = sa.select(sa.func.count()).select_from(_PASSAGES).where(*_failed(job_id))
    with SessionLocal.reading() as session:
        return int(session.scalar(query) or 0)


def of_job(job_id: str, limit: int = 200, skip: int = 0) -> list[FailedPassage]:
    """At most `limit` of a job's passages without a usable answer, in the order of acts and places."""
    where = (ExtractionPassage.start, ExtractionPassage.end, ExtractionPassage.outcome)
    query = sa.select(Extraction.act_id, LegalAct.title, *where).select_from(_PASSAGES)
    query = query.join(LegalAct, LegalAct.id == Extraction.act_id).where(*_failed(job_id))
    query = query.order_by(Extraction.act_id, ExtractionPassage.position)
    with SessionLocal.reading() as session:
        rows: list[Any] = list(session.execute(query.limit(limit).offset(skip)))
    places = {act_id: Addresses(acts.units(act_id)) for act_id in {row[0] for row in rows}}
    return [
        FailedPassage(act_id, title, places[act_id].of(start), start, end, outcome)
        for act_id, title, start, end, outcome in rows
    ]


def acts_of_job(job_id: str, act_ids: Iterable[int]) -> list[int]:
    """Which of a job's acts have such passages, or were not reached before the job ended."""
    query = sa.select(Extraction.act_id).select_from(_PASSAGES).where(*_failed(job_id)).distinct()
    with SessionLocal.reading() as session:
        failed = set(session.scalars(query))
        reached = set(session.scalars(sa.select(Extraction.act_id).where(Extraction.job_id == job_id)))
    return [act_id for act_id in act_ids if act_id in failed or act_id not in reached]


def time_left(job: JobView) -> float | None:
    """Seconds a running extraction still needs, from the speed of its latest calls; None if not known."""
    left = job.total - job.done
    if job.status != "running" or job.started_at is None or left <= 0:
        return None
    if job.payload.get("batch"):
        elapsed = (now() - job.started_at).total_seconds()
        return elapsed * left / job.done if job.done else None
    latest = sa.select(ModelCall.created_at).where(ModelCall.job_id == job.id, ModelCall.state == "done")
    with SessionLocal.reading() as session:
        moments = list(session.scalars(latest.order_by(ModelCall.id.desc()).limit(_LATEST_CALLS)))
    if len(moments) < _FEWEST_CALLS:
        return None
    return left * (now() - moments[-1]).total_seconds() / len(moments)


def unanswered(job: JobView) -> float | None:
    """Seconds for which a running job has had no answer although it asks, once that is remarkable."""
    if job.status != "running" or job.payload.get("batch"):
        return None
    query = sa.select(ModelCall.state, ModelCall.created_at).where(ModelCall.job_id == job.id)
    with SessionLocal.reading() as session:
        latest: list[Any] = list(session.execute(query.order_by(ModelCall.id.desc()).limit(_LATEST_CALLS)))
    asked = [moment for state, moment in latest if state == "started"]
    if not asked or any(state != "started" and moment > min(asked) for state, moment in latest):
        return None
    waited = (now() - min(asked)).total_seconds()
    return waited if waited > _REMARKABLE else None


def _failed(job_id: str) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return Extraction.job_id == job_id, ExtractionPassage.outcome.not_in(USABLE)
