"""The durable job behind a fine-tuning: submit once, watch to the end, keep the model.

It may be run again from its start after a kill; everything it learned stands in the database.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from openai.types.fine_tuning import FineTuningJob as ProviderJob

from services.db import SessionLocal
from services.db.models import FineTuningJob
from services.db.types import now
from services.errors import AppError
from services.fine_tuning import events, patience, records, registry, run_log, submission, targets, wire
from services.fine_tuning.errors import ModelMissingError, OverBudgetError, from_provider
from services.fine_tuning.targets import Target
from services.fine_tuning.views import OVER, Point
from services.jobs.errors import JobCancelled
from services.jobs.running import RunningJob
from services.llm import prices
from services.llm.errors import KeyRejectedError, LlmError, PermissionDeniedError

Result = TypeVar("Result")
_EMBEDDED_POLL, _REMOTE_POLL = 0.5, 10.0


def run(job: RunningJob) -> dict[str, Any]:
    """Train. Returns `model`, `label`, `trained_tokens`; raises AppError with the reason of a failure."""
    records.ensure(job.id, job.payload["job"])
    try:
        row = records.load(job.id)
        target = patience.until_answered(job, lambda: targets.at(row.provider_url))
        provider_job = _watch(job, target, submission.submit(job, target))
    except JobCancelled:
        provider_job = _stop(job)
        if provider_job.status != "succeeded":
            raise
    except AppError as problem:
        _failed(job, problem)
        raise
    return _succeeded(job, provider_job)


def _watch(job: RunningJob, target: Target, provider_job_id: str) -> ProviderJob:
    """Follow the provider's job to its end. Raises AppError when that is a failure."""
    log = run_log.open_for(records.load(job.id))
    doubted = submission.in_doubt(job.id)
    while True:
        job.check_cancelled()
        if doubted:
            _asked(job, lambda: submission.stop_others(job, target, provider_job_id))
        found = _asked(job, lambda: wire.retrieve(target, provider_job_id))
        known = events.known_ids(job.id)
        events.store(job.id, _asked(job, lambda known=known: wire.new_events(target, provider_job_id, known)))  # type: ignore[misc]
        points = events.curve(job.id)
        _note(job, found, points)
        log.points(points)
        if found.status in ("succeeded", "failed", "cancelled"):
            return _ended(found)
        _check_price(job, target, found)
        job.sleep(_EMBEDDED_POLL if target.embedded else _REMOTE_POLL)


def _asked(job: RunningJob, act: Callable[[], Result]) -> Result:
    return patience.until_answered(job, act, curable=(KeyRejectedError, PermissionDeniedError))


def _note(job: RunningJob, found: ProviderJob, points: list[Point]) -> None:
    """Write down state, progress and what has been spent so far."""
    step, total = (points[-1].step, points[-1].total_steps or 0) if points else (0, 0)
    cost = _cost(records.load(job.id), found, step / total if total else 0.0)
    records.update(
        job.id, status=_running(found.status), trained_tokens=found.trained_tokens, cost_micro=cost
    )
    job.progress(step, total)
    job.spent(cost or 0)


def _running(status: str) -> str:
    """An end is written down only together with all that belongs to it."""
    return "running" if status in OVER else status


def _cost(row: FineTuningJob, found: ProviderJob, share: float) -> int | None:
    """Micro-USD: of the tokens the provider billed, or of the share of our own count done so far.

    None where the price is unknown, and for a failed job of which the provider says no tokens.
    """
    price = prices.price(row.base_model)
    if price is None or price.training is None:
        return None
    if found.status == "failed" and found.trained_tokens is None:
        return None
    counted = next((x["tokens"] for x in row.estimate.get("lines", ()) if x["code"] == "training"), 0)
    tokens = found.trained_tokens if found.trained_tokens is not None else counted * share
    return round(tokens * price.training)


def _check_price(job: RunningJob, target: Target, found: ProviderJob) -> None:
    """A provider that makes more epochs than were agreed is stopped before it charges for them."""
    row = records.load(job.id)
    planned, made = row.estimate.get("epochs"), found.hyperparameters and found.hyperparameters.n_epochs
    lines = row.estimate.get("lines", ())
    ceiling = sum(line["high"] for line in lines) * 1e6
    if not planned or not isinstance(made, int) or not ceiling:
        return
    training = sum(line["low"] for line in lines if line["code"] == "training") * 1e6
    projected = training * made / planned
    if projected > ceiling:
        patience.until_answered(job, lambda: wire.cancel(target, found.id))
        raise OverBudgetError(projected_micro=round(projected), ceiling_micro=round(ceiling))


def _ended(found: ProviderJob) -> ProviderJob:
    if found.status == "succeeded":
        if not found.fine_tuned_model:
            raise ModelMissingError()
        return found
    if found.status == "cancelled":
        raise from_provider("cancelled_at_provider")
    code = (found.error and found.error.code) or "unknown"
    raise from_provider(code, param=(found.error and found.error.param) or "")


def _stop(job: RunningJob) -> ProviderJob:
    """Stop the provider's job too; one that ended meanwhile is kept (its model was paid for)."""
    row = records.load(job.id)
    stopped = ProviderJob.model_construct(status="cancelled", id="")
    try:
        target = targets.at(row.provider_url)
        provider_id = row.provider_job_id or _lost_id(row, target)
        if provider_id:
            stopped = _stop_at(target, provider_id)
            events.store(job.id, wire.new_events(target, provider_id, events.known_ids(job.id)))
    except AppError as problem:
        job.event("cancel_unconfirmed", level="warn", error=problem.code)
    if stopped.status != "succeeded":
        records.update(job.id, status="cancelled", finished_at=now())
        run_log.open_for(records.load(job.id)).close("cancelled")
    return stopped


def _lost_id(row: FineTuningJob, target: Target) -> str | None:
    """A job cancelled between its creation and our noting of its id."""
    if row.started_at is None:
        return None
    found = wire.look_up(target, row.id, row.training_file or "", row.created_at)
    return found.id if found else None


def _stop_at(target: Target, provider_id: str) -> ProviderJob:
    try:
        return wire.cancel(target, provider_id)
    except LlmError:
        return wire.retrieve(target, provider_id)


def _failed(job: RunningJob, problem: AppError) -> None:
    data = {name: value for name, value in problem.data.items() if value not in ("", None)}
    records.update(job.id, status="failed", error_code=problem.code, error_data=data, finished_at=now())
    run_log.open_for(records.load(job.id)).close("failed", error_code=problem.code)


def _succeeded(job: RunningJob, found: ProviderJob) -> dict[str, Any]:
    name = str(found.fine_tuned_model)
    with SessionLocal.begin() as session:
        row = session.get_one(FineTuningJob, job.id)
        label = registry.register(session, row, name).label
        row.status, row.fine_tuned_model = "succeeded", name
        row.trained_tokens, row.cost_micro = found.trained_tokens, _cost(row, found, 1.0)
        row.finished_at = row.finished_at or now()
    job.spent(row.cost_micro or 0)
    if job.payload.get("evaluate"):
        _evaluate(job, row, name)
    run_log.open_for(row).close("succeeded", label=label)
    return {"model": name, "label": label, "trained_tokens": found.trained_tokens}


def _evaluate(job: RunningJob, row: FineTuningJob, name: str) -> None:
    """Measure base and new model on the test acts, so that the figures are there without a further press.

    A dataset without test acts leaves the model unmeasured; that is no failure of the training.
    """
    from services.evaluation import service as evaluation

    try:
        evaluation.start(row.dataset_id, [row.base_model, name], _evaluation_budget(row))
    except AppError as problem:
        job.event("not_measured", error=problem.code)


def _evaluation_budget(row: FineTuningJob) -> int | None:
    """What the launch allowed for the evaluation; None where it is free or its price unknown."""
    most = sum(line["high"] for line in row.estimate.get("lines", ()) if line["code"] == "evaluation")
    return round(most * 1e6) or None
