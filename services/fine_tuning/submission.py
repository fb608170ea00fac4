"""Bringing a job to the provider once: files, then the job itself, whatever is lost on the way."""

import time
from typing import Any

from openai.types.fine_tuning import FineTuningJob as ProviderJob

from services.datasets import service as datasets
from services.db.models import FineTuningJob
from services.db.types import now
from services.fine_tuning import eligibility, patience, records, wire
from services.fine_tuning.targets import Target
from services.jobs.running import RunningJob
from services.llm.errors import LlmError, RateLimitedError

MOST_CREATES = 5
# A job may be listed a little after it was created: one look is not proof that it is not there.
_LOOKS = 3
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
    """Look before every attempt but the very first: after a lost reply the job may be there."""
    tried = row.started_at is not None
    for attempt in range(MOST_CREATES):
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
            if not problem.retryable or attempt == MOST_CREATES - 1:
                raise
            job.event("create_in_doubt", level="warn", error=problem.code)
            wait = problem.data.get("retry_after") if isinstance(problem, RateLimitedError) else None
            job.sleep(min(60.0, wait or 2.0**attempt / 2))
    raise AssertionError("unreachable")


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
