"""The provider's batch service through the official client. Every function raises LlmError."""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO, Any, Final, Literal, TypeVar

import openai
from openai.types import Batch as ProviderBatch

from services.extraction.batches.errors import BatchesNotAvailableError
from services.extraction.batches.journal import Batch
from services.llm import client as clients
from services.llm.errors import LlmError, translate
from services.llm.provider import ProviderInfo

ENDPOINT: Final[Literal["/v1/chat/completions"]] = "/v1/chat/completions"
RUN_KEY = "run_key"
_LOOKED_THROUGH = 1000
_CLOCK_SLACK = 600  # seconds by which a provider's clock may be behind ours
Result = TypeVar("Result")


def request(key: str, body: dict[str, Any]) -> bytes:
    """One line of a batch's input."""
    line = {"custom_id": key, "method": "POST", "url": ENDPOINT, "body": body}
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def upload(info: ProviderInfo, name: str, lines: IO[bytes]) -> str:
    """The id of the uploaded input."""

    def send(client: openai.OpenAI) -> str:
        lines.seek(0)
        return client.files.create(file=(name, lines), purpose="batch").id

    return _call(info, send)


def create(info: ProviderInfo, file_id: str, run_key: str) -> str:
    """The id of a new batch; its metadata carry our key, by which it is found after a lost reply."""
    return _call(
        info,
        lambda client: (
            client.batches.create(
                input_file_id=file_id,
                endpoint=ENDPOINT,
                completion_window="24h",
                metadata={RUN_KEY: run_key},
            ).id
        ),
    )


def find(info: ProviderInfo, batch: Batch) -> ProviderBatch | None:
    """The batch that was created under our key, if there is one; the list has the newest first."""

    def look(client: openai.OpenAI) -> ProviderBatch | None:
        oldest = batch.prepared_at.timestamp() - _CLOCK_SLACK
        for found in islice(client.batches.list(limit=100), _LOOKED_THROUGH):
            if (found.metadata or {}).get(RUN_KEY) == batch.run_key:
                return found
            if found.created_at < oldest:
                return None
        return None

    return _call(info, look)


def retrieve(info: ProviderInfo, batch_id: str) -> ProviderBatch:
    """How a batch is doing."""
    return _call(info, lambda client: client.batches.retrieve(batch_id))


def cancel(info: ProviderInfo, batch_id: str) -> None:
    """Ask for the end of a batch; one that is over already stays as it is."""
    try:
        _call(info, lambda client: client.batches.cancel(batch_id))
    except LlmError as problem:
        if problem.data.get("status") != 409 and problem.code != "bad_request":
            raise


def delete(info: ProviderInfo, file_id: str) -> None:
    """Remove an input file that is not needed any more."""
    _call(info, lambda client: client.files.delete(file_id))


def lines(info: ProviderInfo, file_id: str) -> Iterator[dict[str, Any]]:
    """The lines of a results file, read as they come; one that is no JSON object is left out."""
    try:
        with clients.connect(info).files.with_streaming_response.content(file_id) as reply:
            for text in reply.iter_lines():
                line = _object(text)
                if line is not None:
                    yield line
    except openai.OpenAIError as problem:
        raise translate(problem, host=info.host, embedded=info.embedded) from None


def _object(text: str) -> dict[str, Any] | None:
    try:
        line = json.loads(text)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None


def _call(info: ProviderInfo, ask: Callable[[openai.OpenAI], Result]) -> Result:
    try:
        return ask(clients.connect(info))
    except openai.APIStatusError as problem:
        if problem.status_code in (404, 405, 501):
            raise BatchesNotAvailableError(host=info.host) from None
        raise translate(problem, host=info.host, embedded=info.embedded) from None
    except openai.OpenAIError as problem:
        raise translate(problem, host=info.host, embedded=info.embedded) from None
