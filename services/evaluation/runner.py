"""The durable job behind an evaluation: every test passage through every model, then the figures.

Answers are kept in the store of answers, so a job run again after a kill asks only for what is missing.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import sqlalchemy as sa

from services.config import settings
from services.db import SessionLocal
from services.db.models import Evaluation, ModelCall
from services.db.types import now
from services.errors import AppError
from services.evaluation import passages as test_passages
from services.evaluation import results, run_log, traces
from services.evaluation.errors import NothingToTestError
from services.evaluation.passages import TestPassage
from services.extraction import gate as gates
from services.extraction import store
from services.extraction.patience import patiently
from services.extraction.standstill import Standstill
from services.fine_tuning import registry, targets
from services.fine_tuning.errors import OverBudgetError
from services.jobs.errors import JobCancelled
from services.jobs.running import RunningJob


def run(job: RunningJob) -> dict[str, Any]:
    """Measure `models` (names, the base model first) on `dataset_id`, both in the payload.

    Returns `evaluation_id`; raises AppError.
    """
    evaluation_id = ensure(job.id, job.payload)
    try:
        _measure(job, evaluation_id)
    except JobCancelled:
        _end(evaluation_id, "cancelled")
        raise
    except AppError:
        _end(evaluation_id, "failed")
        raise
    return {"evaluation_id": evaluation_id}


def ensure(job_id: str, payload: dict[str, Any]) -> int:
    """The row of a durable job; whoever comes first, the page or the worker, makes it."""
    with SessionLocal.begin() as session:
        row = session.scalars(sa.select(Evaluation).where(Evaluation.job_id == job_id)).first()
        if row is None:
            row = Evaluation(job_id=job_id, dataset_id=payload["dataset_id"], models=payload["models"])
            session.add(row)
            session.flush()
        return row.id


def _measure(job: RunningJob, evaluation_id: int) -> None:
    models: list[str] = job.payload["models"]
    asked, left_out = test_passages.of(job.payload["dataset_id"], models)
    if not asked:
        raise NothingToTestError(left_out=left_out)
    job.progress(0, len(models) * len(asked), force=True)
    answers = {
        model: _ask_all(job, model, asked, position * len(asked), len(models) * len(asked))
        for position, model in enumerate(models)
    }
    found = {model: results.of_model(asked, given) for model, given in answers.items()}
    facts = _keep(evaluation_id, found, asked, left_out)
    traces.tell(evaluation_id, job.payload["dataset_id"], asked, answers, found)
    run_log.tell(job.id, job.payload["dataset_id"], found, facts)


def _ask_all(
    job: RunningJob, model: str, asked: list[TestPassage], before: int, total: int
) -> list[store.PassageAnswer]:
    """One model's answers, in the order of the passages; several at once."""
    at_once = int(settings.EXTRACTION_CONCURRENCY)
    info, lost = targets.for_model(model), store.lost_in_flight(job.id)
    gate, standstill = gates.of_model(at_once, info, model), Standstill(job)
    answers: list[store.PassageAnswer] = []

    def ask(passage: TestPassage) -> store.PassageAnswer:
        key = store.key_of(passage, model, info)
        return patiently(
            lambda: store.ask(
                passage,
                model,
                purpose="evaluation",
                act_id=passage.act_id,
                job_id=job.id,
                repeated=key in lost,
                info=info,
            ),
            gate,
            standstill,
            job,
            embedded=info.embedded,
        )

    pool = ThreadPoolExecutor(at_once, thread_name_prefix="evaluation")
    try:
        for answer in pool.map(ask, asked):
            answers.append(answer)
            job.progress(before + len(answers), total)
            _note_cost(job)
            job.check_cancelled()
    finally:
        pool.shutdown(cancel_futures=True)
    return answers


def _note_cost(job: RunningJob) -> None:
    """Write down what was spent. Raises OverBudgetError where that is all that was agreed."""
    spent, most = _spent(job.id), job.payload.get("budget_micro")
    job.spent(spent)
    if most is not None and spent > most:
        raise OverBudgetError(projected_micro=spent, ceiling_micro=most)


def _spent(job_id: str) -> int:
    query = sa.select(sa.func.sum(ModelCall.cost_micro)).where(ModelCall.job_id == job_id)
    with SessionLocal.reading() as session:
        return int(session.scalar(query) or 0)


def _keep(
    evaluation_id: int, found: dict[str, Any], asked: list[TestPassage], left_out: int
) -> dict[str, Any]:
    """Store the figures and the verdict, and note each model's F1 in the registry. Returns the facts."""
    names = list(found)
    facts = {"passages": len(asked), "acts": len({p.act_label for p in asked}), "left_out": left_out}
    verdicts = {
        rule: results.verdict(found[names[0]], found[names[-1]], rule)
        for rule in results.RULES
        if len(names) > 1
    }
    with SessionLocal.begin() as session:
        row = session.get_one(Evaluation, evaluation_id)
        row.results, row.verdict = found, {**facts, "rules": verdicts}
        row.status, row.finished_at = "succeeded", now()
        dataset_id = row.dataset_id
    for name, figures in found.items():
        registry.base(targets.for_model(name))
        counts = results.counts_of(figures, "exact")
        registry.rate(name, targets.for_model(name).url, counts.f1, dataset_id)
    return {**facts, "verdicts": verdicts}


def _end(evaluation_id: int, status: str) -> None:
    with SessionLocal.begin() as session:
        row = session.get_one(Evaluation, evaluation_id)
        row.status, row.finished_at = status, now()
