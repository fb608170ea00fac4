"""Freezing as a durable job: reading, splitting, counting and checking thousands of passages takes a while.

A version and the result of its job are stored in one transaction: a job that is run again after a kill
either finds its version or makes it, never half of it and never a second one.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.datasets import builder, service, split, store
from services.datasets.errors import NoGoldError
from services.datasets.split import RATIOS
from services.datasets.views import DatasetView
from services.db.models import Job
from services.jobs import service as jobs
from services.jobs.running import RunningJob
from services.jobs.service import Submitted
from services.review import gold

KIND = "dataset"
# What each part takes of the whole, in hundredths; measured with 9,400 passages of 88 acts.
_READ, _SPLIT, _COUNTED, _WHOLE = 25, 35, 60, 100


def start(
    name: str, limit: int | None = None, seed: int = service.SEED, ratios: tuple[int, int, int] = RATIOS
) -> Submitted:
    """Queue freezing everything confirmed; while the same is under way, that job is returned.

    The job's result holds `dataset_id` and `reused`, its progress hundredths. Raises NoGoldError,
    BadRatiosError.
    """
    split.wanted(0, ratios)
    if not any(service.confirmed()):
        raise NoGoldError()
    payload: dict[str, Any] = {"name": name, "limit": limit, "seed": seed, "ratios": list(ratios)}
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    return jobs.submit(KIND, payload, dedupe_key=f"{KIND}:{digest[:32]}")


def run(job: RunningJob) -> dict[str, Any]:
    """Freeze what the payload says. Returns `dataset_id` and `reused`; raises NoGoldError, BadRatiosError."""
    before = jobs.get(job.id)
    if before is not None and before.result:
        return before.result
    wanted = job.payload
    confirmed = gold.passages(watch=_part(job, 0, _READ))
    if not confirmed:
        raise NoGoldError()
    plan = builder.plan(confirmed, limit=wanted["limit"], seed=wanted["seed"], ratios=tuple(wanted["ratios"]))
    job.check_cancelled()
    made = store.keep(
        plan,
        wanted["name"],
        wanted["seed"],
        wanted["limit"],
        watch=_part(job, _SPLIT, _COUNTED),
        also=lambda session, dataset: _note(session, job.id, dataset),
    )
    job.progress(_WHOLE, _WHOLE)
    return _result(made)


def _part(job: RunningJob, first: int, last: int) -> Callable[[int, int], None]:
    """Tells how far a part is, and ends the job there when the user asks to stop."""

    def watch(done: int, total: int) -> None:
        job.check_cancelled()
        job.progress(first + (last - first) * done // max(1, total), _WHOLE)

    return watch


def _note(session: Session, job_id: str, dataset: DatasetView) -> None:
    session.execute(sa.update(Job).where(Job.id == job_id).values(result=_result(dataset)))


def _result(dataset: DatasetView) -> dict[str, Any]:
    return {"dataset_id": dataset.id, "reused": dataset.reused}
