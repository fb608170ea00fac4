"""Bringing a job to the provider once: files, then the job itself, whatever is lost on the way."""

import time
from contextlib import suppress
from typing import Any

from openai.types.fine_tuning import FineTuningJob as ProviderJob

from services.datasets import service as datasets
from services.db.models import FineTuningJob
from services.db.types import now
from services.fine_tuning import eligibility, patience, records, wire
from services.fine_tuning.targets import Target
from services.fine_tuning.views import OVER
from services.jobs import service as jobs
from services.jobs.running import RunningJob
from services.llm.errors import BadRequestError, LlmError, ModelNotFoundError, RateLimitedError

# A job may be listed a little after it was created: one look is not proof that it is not there.
_LOOKS = 3
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 60.0
_DOUBT = "create_in_doubt"
_BETWEEN_LOOKS = 2.0


def submit(job: RunningJob, target: Target) -> str:
    """The provider's id of this job, created now unless it already exists. Raises LlmError."""
    row = records.load(job.id)
    if row.provider_job_id:
        return row.provider_job_id
    row = _with_files(job, row, target)
    provider_job = _found_or_created(job, row, target)
    records.update(job.id, provider_job_id=provider_job.id, status=provider_job.status)
    job.event("submitted", provider_job_id=provider_job.id)
    return provider_job.id


def _with_files(job: RunningJob, row: FineTuningJob, target: Target) -> FineTuningJob:
    digest = datasets.get(row.dataset_id).content_hash[:16]
    for field, split in (("training_file", "train"), ("validation_file", "validation")):
        content = b"" if getattr(row, field) else datasets.jsonl(row.dataset_id, split)
        if content:
            job.check_cancelled()
            name = f"norma-{digest}-{split}.jsonl"
            file_id = patience.until_answered(
                job,
                lambda name=name, content=content: wire.upload(target, name, content, row.base_model),  # type: ignore[misc]
            )
            records.update(job.id, **{field: file_id})
            job.event("uploaded", split=split, bytes=len(content))
    return records.load(job.id)


def _found_or_created(job: RunningJob, row: FineTuningJob, target: Target) -> ProviderJob:
    """Look before every attempt but the very first: after a lost reply the job may be there.

    Tried for as long as the provider is away and the user does not cancel.
    """
    tried, wait = row.started_at is not None, _FIRST_WAIT
    while True:
        if tried and (found := _look_up(job, row, target, _LOOKS)):
            job.event("found_again", provider_job_id=found.id)
            return found
        job.check_cancelled()
        if not tried:
            records.update(job.id, started_at=now(), status="creating")
            tried = True
        try:
            return wire.create(target, request_of(row, target))
        except LlmError as problem:
            if not problem.retryable:
                raise
            _tell_doubt(job, problem)
            asked = problem.data.get("retry_after") if isinstance(problem, RateLimitedError) else None
            job.sleep(max(wait, float(asked or 0)))
            wait = min(_LONGEST_WAIT, wait * 2)


def _tell_doubt(job: RunningJob, problem: LlmError) -> None:
    """Once for each reason: a provider may refuse for hours."""
    told = [event.data.get("error") for event in jobs.events(job.id) if event.code == _DOUBT]
    if problem.code not in told:
        job.event(_DOUBT, level="warn", error=problem.code)


def in_doubt(job_id: str) -> bool:
    """Whether a request to create this job was ever left without an answer."""
    return any(event.code == _DOUBT for event in jobs.events(job_id))


def stop_others(job: RunningJob, target: Target, provider_job_id: str) -> None:
    """Stop jobs that carry our key beside the one we follow.

    A provider that hangs may make a job of a request long after we gave it up and asked again. Raises
    LlmError; a provider that cannot search, and a job that has just ended, are left alone.
    """
    with suppress(BadRequestError, ModelNotFoundError):
        for other in wire.with_key(target, job.id):
            if other.id != provider_job_id and other.status not in OVER:
                wire.cancel(target, other.id)
                job.event("second_stopped", level="warn", provider_job_id=other.id)


def _look_up(job: RunningJob, row: FineTuningJob, target: Target, looks: int) -> ProviderJob | None:
    file_id, since = row.training_file or "", row.created_at
    for look in range(looks):
        if look:
            time.sleep(0 if target.embedded else _BETWEEN_LOOKS)
        found = patience.until_answered(job, lambda: wire.look_up(target, job.id, file_id, since))
        if found is not None:
            return found
    return None


def request_of(row: FineTuningJob, target: Target) -> dict[str, Any]:
    """What the provider is asked; `metadata` carries our key, by which a lost job is found again."""
    request: dict[str, Any] = {
        "model": row.base_model,
        "training_file": row.training_file,
        "seed": row.seed,
        "metadata": {wire.RUN_KEY: row.id},
        **eligibility.request_shape(target, dict(row.hyperparameters)),
    }
    if row.validation_file:
        request["validation_file"] = row.validation_file
    if row.suffix:
        request["suffix"] = row.suffix
    return request
