"""Freezing, and looking at what would be frozen, as durable jobs: thousands of passages take a while.

A version and the result of its job are stored in one transaction: a job that is run again after a kill
either finds its version or makes it, never half of it and never a second one.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.datasets import builder, checks, service, split, store
from services.datasets.errors import NoGoldError
from services.datasets.split import RATIOS
from services.datasets.views import DatasetView, Preview, counts_from
from services.db.models import Job
from services.jobs import service as jobs
from services.jobs.running import RunningJob
from services.jobs.service import Submitted
from services.jobs.views import JobView
from services.review import gold

KIND, PREVIEW = "dataset", "dataset_preview"
# What each part takes of the whole, in hundredths; measured with 9,400 passages of 88 acts.
_READ, _SPLIT, _COUNTED, _WHOLE = 25, 35, 60, 100
_READ_FOR_PREVIEW = 50


def start(
    name: str, limit: int | None = None, seed: int = service.SEED, ratios: tuple[int, int, int] = RATIOS
) -> Submitted:
    """Queue freezing everything confirmed; while the same is under way, that job is returned.

    The job's result holds `dataset_id` and `reused`, its progress hundredths. Raises NoGoldError,
    BadRatiosError.
    """
    return _submit(KIND, {"name": name, **_wanted(limit, seed, ratios)})


def start_preview(
    limit: int | None = None, seed: int = service.SEED, ratios: tuple[int, int, int] = RATIOS
) -> Submitted:
    """Queue counting what `start` would freeze now; nothing is stored. `preview` reads the job's result.

    Raises as `start` does.
    """
    return _submit(PREVIEW, _wanted(limit, seed, ratios))


def preview(job: JobView) -> Preview:
    """What a preview that came to its end has found."""
    return Preview(counts_from(job.result["counts"], {}), tuple(checks.from_stored(job.result["checks"])))


def is_preview_of(job: JobView, limit: int | None, seed: int, ratios: tuple[int, int, int]) -> bool:
    """Was the preview made for these choices?"""
    return job.payload == _wanted(limit, seed, ratios)


def run(job: RunningJob) -> dict[str, Any]:
    """Freeze what the payload says. Returns `dataset_id` and `reused`; raises NoGoldError, BadRatiosError."""
    before = jobs.get(job.id)
    if before is not None and before.result:
        return before.result
    wanted = job.payload
    plan = _plan(job, _READ)
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


def run_preview(job: RunningJob) -> dict[str, Any]:
    """Count what the payload would freeze. Returns `counts` and `checks`; raises as `run` does."""
    found = store.draft(_plan(job, _READ_FOR_PREVIEW))
    job.progress(_WHOLE, _WHOLE)
    return found


def _wanted(limit: int | None, seed: int, ratios: tuple[int, int, int]) -> dict[str, Any]:
    return {"limit": limit, "seed": seed, "ratios": list(ratios)}


def _submit(kind: str, payload: dict[str, Any]) -> Submitted:
    split.wanted(0, tuple(payload["ratios"]))
    if not any(service.confirmed()):
        raise NoGoldError()
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    return jobs.submit(kind, payload, dedupe_key=f"{kind}:{digest[:32]}")


def _plan(job: RunningJob, read: int) -> builder.Plan:
    """What the payload wants, made of what is confirmed now; reading it takes `read` hundredths."""
    wanted = job.payload
    confirmed = gold.passages(watch=_part(job, 0, read))
    if not confirmed:
        raise NoGoldError()
    plan = builder.plan(confirmed, limit=wanted["limit"], seed=wanted["seed"], ratios=tuple(wanted["ratios"]))
    job.check_cancelled()
    return plan


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
