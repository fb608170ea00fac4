"""Evaluations as pages and scripts use them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from services.db import SessionLocal
from services.db.models import Evaluation, Job, ModelVersion
from services.errors import NotFoundError
from services.evaluation import passages, results, runner
from services.evaluation.errors import NoModelsError, NothingToTestError
from services.evaluation.views import EvaluationView, ModelScores, VerdictView
from services.jobs import service as jobs


def start(dataset_id: int, models: Sequence[str], budget_micro: int | None = None) -> EvaluationView:
    """Measure `models` (the base model first) on a dataset's test acts; returns at once.

    While the same evaluation is alive, that one is returned. It ends with `over_budget` once it has cost
    `budget_micro`. Raises NoModelsError, NothingToTestError, NotFoundError.
    """
    names = list(dict.fromkeys(name for name in models if name))
    if not names:
        raise NoModelsError()
    found, left_out = passages.of(dataset_id, names)
    if not found:
        raise NothingToTestError(left_out=left_out)
    payload: dict[str, Any] = {"dataset_id": dataset_id, "models": names, "budget_micro": budget_micro}
    submitted = jobs.submit("evaluation", payload, dedupe_key=f"evaluation:{dataset_id}:{'|'.join(names)}")
    return get(runner.ensure(submitted.job_id, payload))


def cancel(evaluation_id: int) -> bool:
    """Ask an evaluation to stop; answers so far are kept. False if it is over. Raises NotFoundError."""
    return jobs.cancel(get(evaluation_id).job_id)


def get(evaluation_id: int) -> EvaluationView:
    """One evaluation. Raises NotFoundError."""
    found = _views(sa.select(Evaluation).where(Evaluation.id == evaluation_id))
    if not found:
        raise NotFoundError(what="evaluation", key=evaluation_id)
    return found[0]


def latest(dataset_id: int | None = None) -> EvaluationView | None:
    """The newest evaluation that is finished or alive, of one dataset or of any."""
    query = sa.select(Evaluation).order_by(Evaluation.id.desc())
    if dataset_id is not None:
        query = query.where(Evaluation.dataset_id == dataset_id)
    return next((view for view in _views(query.limit(20)) if view.alive or view.scores), None)


def listed(dataset_id: int | None = None, limit: int = 20) -> list[EvaluationView]:
    """Evaluations, newest first."""
    query = sa.select(Evaluation).order_by(Evaluation.id.desc()).limit(limit)
    return _views(query if dataset_id is None else query.where(Evaluation.dataset_id == dataset_id))


def of_pair(dataset_id: int, models: Sequence[str]) -> EvaluationView | None:
    """The newest evaluation of these very models on this dataset, whatever became of it."""
    wanted = list(models)
    return next((view for view in listed(dataset_id, 50) if list(view.models) == wanted), None)


def newest_f1() -> dict[str, tuple[float | None, int]]:
    """F1 (exact) of each measured model and the dataset it was measured on, of its newest evaluation.

    Figures of different datasets are not to be compared: their test acts differ.
    """
    found: dict[str, tuple[float | None, int]] = {}
    for view in listed(limit=50):
        for score in view.scores:
            found.setdefault(score.name, (score.exact.micro.f1, view.dataset_id))
    return found


def _views(query: sa.Select[Evaluation]) -> list[EvaluationView]:
    with SessionLocal.reading() as session:
        rows = list(session.scalars(query))
        wanted = sa.select(Job).where(Job.id.in_([row.job_id for row in rows]))
        found = {job.id: job for job in session.scalars(wanted)}
        names = {name for row in rows for name in row.models}
        models = session.scalars(sa.select(ModelVersion).where(ModelVersion.name.in_(names)))
        known = {model.name: model for model in models}
    return [_view(row, found.get(row.job_id or ""), known) for row in rows]


def _view(row: Evaluation, job: Job | None, known: dict[str, ModelVersion]) -> EvaluationView:
    scores = tuple(_scores(name, known.get(name), row) for name in row.models if name in row.results)
    over = row.status in ("succeeded", "failed", "cancelled")
    facts = row.verdict
    return EvaluationView(
        id=row.id,
        job_id=row.job_id or "",
        dataset_id=row.dataset_id,
        models=tuple(row.models),
        status=row.status if over or job is None else job.status,
        done=job.done if job else 0,
        total=job.total if job else 0,
        so_far=job.result if job else {},
        passages=facts.get("passages", 0),
        acts=facts.get("acts", 0),
        left_out=facts.get("left_out", 0),
        scores=scores,
        verdicts=_verdicts(facts.get("rules", {}), scores),
        error_code=job.error_code if job else None,
        error_data=job.error_data if job else {},
        cost_micro=job.cost_micro if job else 0,
        created_at=row.created_at,
        finished_at=row.finished_at or (job.finished_at if job else None),
    )


def _scores(name: str, model: ModelVersion | None, row: Evaluation) -> ModelScores:
    label, kind = (model.label, model.kind) if model else (name, "base")
    return results.scores_view(name, label, kind, row.results[name])


def _verdicts(stored: dict[str, Any], scores: tuple[ModelScores, ...]) -> dict[str, VerdictView]:
    if len(scores) < 2:
        return {}
    return {rule: results.verdict_view(found, scores[0], scores[-1], rule) for rule, found in stored.items()}
