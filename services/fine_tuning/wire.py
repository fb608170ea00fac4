"""The calls to a provider that fine-tuning needs, through the official client; errors come out coded."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

import openai
from openai.types import FileObject
from openai.types.fine_tuning import FineTuningJob as ProviderJob
from openai.types.fine_tuning import FineTuningJobEvent

from services.fine_tuning.errors import JobGoneError
from services.fine_tuning.targets import Target
from services.llm import client as clients
from services.llm.errors import BadRequestError, ModelNotFoundError, translate

Result = TypeVar("Result")
RUN_KEY = "run_key"
# Jobs looked through when a provider does not search by metadata itself.
_LOOKED_THROUGH = 200
_FILES_LOOKED_THROUGH = 1000
# A provider's clock may differ from ours; a job this much older than ours is still taken for ours.
_CLOCK_SLACK = 120


def upload(target: Target, name: str, content: bytes, model: str) -> str:
    """The id of a training file at the provider: one already there under `name`, else uploaded now.

    `name` carries a hash of the content, so that equal names mean equal bytes. Raises LlmError.
    """
    known = _uploaded(target, name, len(content))
    if known is not None:
        return known
    file = _call(target, model, lambda client: client.files.create(file=(name, content), purpose="fine-tune"))
    return file.id


def _uploaded(target: Target, name: str, size: int) -> str | None:
    """Look for a file of this name and size; providers that cannot list files say so with 4xx."""

    def find(client: openai.OpenAI) -> FileObject | None:
        listed = islice(client.files.list(purpose="fine-tune"), _FILES_LOOKED_THROUGH)
        mine = (file for file in listed if file.filename == name and file.bytes == size)
        return next((file for file in mine if str(file.status) != "error"), None)

    try:
        file = _call(target, "", find)
    except (BadRequestError, ModelNotFoundError):
        return None
    return file.id if file else None


def create(target: Target, request: dict[str, Any]) -> ProviderJob:
    """Start a job. Never retried by the client: a lost reply could start, and bill, a second one."""
    return _call(
        target,
        str(request["model"]),
        lambda client: client.with_options(max_retries=0).fine_tuning.jobs.create(**request),
    )


def look_up(target: Target, key: str, training_file: str, since: datetime) -> ProviderJob | None:
    """The job that was created under `key`, if there is one.

    A provider that keeps no metadata is searched by the training file and the time. Raises LlmError.
    """

    def find(client: openai.OpenAI) -> ProviderJob | None:
        wanted: Any = {RUN_KEY: key}
        for job in islice(client.fine_tuning.jobs.list(metadata=wanted, limit=100), _LOOKED_THROUGH):
            if _is_ours(job, key, training_file, since):
                return job
        return None

    return _call(target, "", find)


def with_key(target: Target, key: str) -> list[ProviderJob]:
    """Every job that carries `key`; none at a provider that keeps no metadata. Raises LlmError."""

    def find(client: openai.OpenAI) -> list[ProviderJob]:
        wanted: Any = {RUN_KEY: key}
        listed = islice(client.fine_tuning.jobs.list(metadata=wanted, limit=100), _LOOKED_THROUGH)
        return [job for job in listed if (job.metadata or {}).get(RUN_KEY) == key]

    return _call(target, "", find)


def _is_ours(job: ProviderJob, key: str, training_file: str, since: datetime) -> bool:
    if job.metadata:
        return job.metadata.get(RUN_KEY) == key
    return job.training_file == training_file and job.created_at >= since.timestamp() - _CLOCK_SLACK


def retrieve(target: Target, provider_job_id: str) -> ProviderJob:
    """The job as it is now. Raises JobGoneError, LlmError."""
    try:
        return _call(target, "", lambda client: client.fine_tuning.jobs.retrieve(provider_job_id))
    except ModelNotFoundError:
        raise JobGoneError(provider_job_id=provider_job_id) from None


def cancel(target: Target, provider_job_id: str) -> ProviderJob:
    """Ask the provider to stop. Raises LlmError, a BadRequestError where the job is already over."""
    return _call(target, "", lambda client: client.fine_tuning.jobs.cancel(provider_job_id))


def new_events(target: Target, provider_job_id: str, known: set[str]) -> list[FineTuningJobEvent]:
    """Events not yet known, oldest first; the newest come first, so reading stops at a known one."""

    def read(client: openai.OpenAI) -> list[FineTuningJobEvent]:
        listed = client.fine_tuning.jobs.list_events(provider_job_id, limit=100)
        return list(_until_known(listed, known))

    return _call(target, "", read)[::-1]


def _until_known(listed: Iterable[FineTuningJobEvent], known: set[str]) -> Iterator[FineTuningJobEvent]:
    for event in listed:
        if event.id in known:
            return
        yield event


def _call(target: Target, model: str, act: Callable[[openai.OpenAI], Result]) -> Result:
    try:
        return act(clients.connect(target))
    except openai.OpenAIError as problem:
        raise translate(problem, host=target.host, model=model, embedded=target.embedded) from None
