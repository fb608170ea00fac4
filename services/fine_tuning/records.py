"""Rows of fine-tuning jobs: made once per durable job, shown together with what that job says."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.db import SessionLocal
from services.db.models import DatasetVersion, FineTuningJob, Job, ModelVersion
from services.errors import NotFoundError
from services.fine_tuning import estimate, events
from services.fine_tuning.views import OVER, FineTuningView

_STATUS = {"succeeded": "succeeded", "failed": "failed", "cancelled": "cancelled", "queued": "queued"}


def ensure(job_id: str, payload: dict[str, Any]) -> None:
    """The row of a durable job; whoever comes first, the page or the worker, makes it."""
    try:
        with SessionLocal.begin() as session:
            if session.get(FineTuningJob, job_id) is None:
                session.add(FineTuningJob(id=job_id, **payload))
    except sa.exc.IntegrityError:
        with SessionLocal.reading() as session:
            if session.get(FineTuningJob, job_id) is None:
                raise


def load(job_id: str) -> FineTuningJob:
    """The row as it is now, detached. Raises NotFoundError."""
    with SessionLocal.reading() as session:
        row = session.get(FineTuningJob, job_id)
        if row is None:
            raise NotFoundError(what="fine_tuning_job", key=job_id)
        return row


def update(job_id: str, **changes: Any) -> None:
    """Write down what was learned of a job, at once."""
    with SessionLocal.begin() as session:
        session.execute(sa.update(FineTuningJob).where(FineTuningJob.id == job_id).values(**changes))


def find(job_id: str) -> FineTuningView:
    """A job by our id or by the provider's. Raises NotFoundError."""
    either = sa.or_(FineTuningJob.id == job_id, FineTuningJob.provider_job_id == job_id)
    found = _views(sa.select(FineTuningJob).where(either))
    if not found:
        raise NotFoundError(what="fine_tuning_job", key=job_id)
    return found[0]


def listed(limit: int = 50) -> list[FineTuningView]:
    """Jobs, newest first."""
    return _views(sa.select(FineTuningJob).order_by(FineTuningJob.created_at.desc()).limit(limit))


def trained_on(dataset_id: int, base_model: str) -> FineTuningView | None:
    """The newest job that has already trained this base model on this dataset, successfully."""
    query = sa.select(FineTuningJob).where(
        FineTuningJob.dataset_id == dataset_id,
        FineTuningJob.base_model == base_model,
        FineTuningJob.status == "succeeded",
    )
    found = _views(query.order_by(FineTuningJob.created_at.desc()).limit(1))
    return found[0] if found else None


def _views(query: sa.Select[FineTuningJob]) -> list[FineTuningView]:
    with SessionLocal.reading() as session:
        rows = list(session.scalars(query))
        jobs = _by_id(session, Job, [row.id for row in rows])
        datasets = _by_id(session, DatasetVersion, [row.dataset_id for row in rows])
        wanted = ModelVersion.fine_tuning_job_id.in_([row.id for row in rows])
        models = {m.fine_tuning_job_id: m for m in session.scalars(sa.select(ModelVersion).where(wanted))}
        steps = events.progress(session, [row.id for row in rows])
        return [
            _view(
                row, jobs.get(row.id), datasets[row.dataset_id], models.get(row.id), steps.get(row.id, (0, 0))
            )
            for row in rows
        ]


def _by_id(session: Session, kind: Any, ids: Sequence[Any]) -> dict[Any, Any]:
    return {row.id: row for row in session.scalars(sa.select(kind).where(kind.id.in_(ids)))}


def _view(
    row: FineTuningJob,
    job: Job | None,
    dataset: DatasetVersion,
    model: ModelVersion | None,
    steps: tuple[int, int],
) -> FineTuningView:
    status, code, data = _outcome(row, job)
    return FineTuningView(
        id=row.id,
        status=status,
        stage=row.status,
        dataset_id=row.dataset_id,
        dataset_name=dataset.name,
        dataset_number=dataset.number,
        base_model=row.base_model,
        provider_url=row.provider_url,
        suffix=row.suffix,
        epochs=int(row.estimate.get("epochs", 0)),
        step=steps[0],
        total_steps=steps[1],
        provider_job_id=row.provider_job_id,
        fine_tuned_model=row.fine_tuned_model,
        label=model.label if model else "",
        f1=model.f1 if model else None,
        trained_tokens=row.trained_tokens,
        estimate=estimate.from_dict(row.estimate),
        cost_micro=row.cost_micro,
        error_code=code,
        error_data=data,
        run=row.run,
        cancel_requested=bool(job and job.cancel_requested),
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at or (job.finished_at if job and status in OVER else None),
    )


def _outcome(row: FineTuningJob, job: Job | None) -> tuple[str, str | None, dict[str, Any]]:
    """The row's own end counts; where it has none, that of the durable job (cancelled in the queue,
    a worker that could not go on)."""
    if row.status in OVER or job is None:
        return _STATUS.get(row.status, "running"), row.error_code, row.error_data
    if job.status in OVER:
        return job.status, job.error_code, job.error_data
    return job.status, None, {}
