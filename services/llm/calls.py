"""One model call through the official client: recorded before and after, priced, traced."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import openai
from openai.types.chat import ChatCompletion

from services.llm import client as clients
from services.llm import deadlines, formats, ledger, limits
from services.llm import provider as providers
from services.llm.errors import LlmError, ProviderTimeoutError, UnusableReplyError, translate
from services.llm.prices import cost_micro

_UNREADABLE = (ValueError, TypeError, AttributeError, LookupError)


@dataclass(frozen=True)
class Usage:
    """Tokens as the provider counted them."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0


@dataclass(frozen=True)
class Answer:
    """A model's answer. `cost_micro` in millionths of a dollar, None if the price is unknown."""

    content: str = ""
    finish_reason: str = ""
    refusal: str | None = None
    usage: Usage = Usage()
    latency_ms: int = 0
    cost_micro: int | None = None


@dataclass(frozen=True)
class Completion(Answer):
    """An answer that is recorded: `written.wait()` returns once it, and what was kept with it, is durable."""

    call_id: int = 0
    written: ledger.Entry = ledger.NOTHING


@dataclass(frozen=True)
class CallRecord:
    """What a finished call leaves for tracing; listeners decide what of it may leave the building."""

    call_id: int
    purpose: str
    model: str
    provider: str
    messages: list[dict[str, Any]]
    content: str
    usage: Usage
    latency_ms: int
    started_at: float
    cost_micro: int | None
    error_code: str | None
    job_id: str | None
    act_id: int | None


listeners: list[Callable[[CallRecord], None]] = []


def complete(
    model: str,
    messages: list[dict[str, Any]],
    *,
    purpose: str,
    response_format: dict[str, Any] | None = None,
    act_id: int | None = None,
    job_id: str | None = None,
    key: str = "",
    repeated: bool = False,
    info: providers.ProviderInfo | None = None,
    keep: Callable[[Answer], ledger.Work] | None = None,
    at_most: Callable[[], int | None] = lambda: None,
) -> Completion:
    """Ask `model` once. Usage is stored whatever happens. Raises LlmError subclasses only.

    `keep` says what else to write in the transaction that records the answer. A call without an answer in
    time may have been charged: it is recorded as failed with what it costs `at_most`, in micro-USD.
    """
    info = info or providers.current()
    row = {"purpose": purpose, "model": model, "provider": info.url, "act_id": act_id, "job_id": job_id}
    call_id = ledger.opened(key=key, repeated=repeated, **row)
    started, clock = time.time(), time.perf_counter()
    answer, problem = Answer(), None
    try:
        answer = _ask(info, model, messages, response_format)
    except (openai.OpenAIError, LlmError, *_UNREADABLE) as raised:
        problem = translate(raised, host=info.host, model=model, embedded=info.embedded)
    used = answer.usage
    answer = replace(
        answer,
        latency_ms=round((time.perf_counter() - clock) * 1000),
        cost_micro=at_most()
        if isinstance(problem, ProviderTimeoutError)
        else cost_micro(model, used.prompt_tokens, used.completion_tokens, used.cached_tokens),
    )
    written = ledger.closed(
        call_id,
        ending(answer, problem.code if problem else None),
        keep(answer) if keep and not problem else None,
    )
    record = CallRecord(
        call_id=call_id, messages=messages, content=answer.content, usage=answer.usage, started_at=started,
        error_code=problem.code if problem else None, purpose=purpose, model=model, provider=info.url,
        latency_ms=answer.latency_ms, cost_micro=answer.cost_micro, job_id=job_id, act_id=act_id,
    )  # fmt: skip
    for listener in listeners:
        listener(record)
    if problem:
        written.wait()
        raise problem
    return Completion(**vars(answer), call_id=call_id, written=written)


def ending(answer: Answer, error_code: str | None) -> dict[str, Any]:
    """Columns of `model_calls` that are known once a call is over."""
    return {
        "state": "failed" if error_code else "done",
        "error_code": error_code,
        "prompt_tokens": answer.usage.prompt_tokens,
        "completion_tokens": answer.usage.completion_tokens,
        "cached_tokens": answer.usage.cached_tokens,
        "cost_micro": answer.cost_micro,
        "latency_ms": answer.latency_ms,
    }


def read(reply: ChatCompletion) -> Answer:
    """The answer in a provider's reply. Raises UnusableReplyError, and what reading an odd shape raises."""
    if not isinstance(reply, ChatCompletion) or not reply.choices:
        raise UnusableReplyError
    choice = reply.choices[0]
    return Answer(choice.message.content or "", choice.finish_reason, choice.message.refusal, _usage(reply))


def _ask(
    info: providers.ProviderInfo,
    model: str,
    messages: list[dict[str, Any]],
    response_format: dict[str, Any] | None,
) -> Answer:
    if response_format and not formats.takes_schema(info, model):
        response_format = None
    # In `extra_body` the client leaves both as they are: checking each key of the schema against its
    # types took a quarter of a call's processor time.
    body = {"messages": messages, **({"response_format": response_format} if response_format else {})}
    try:
        raw = _in_time(info, model, body)
    except openai.APIStatusError as problem:
        if response_format and formats.is_refused(info, model, problem):
            return _ask(info, model, messages, None)
        raise
    answer = read(raw.parse())
    used = answer.usage
    limits.pace(info, model).note(raw.headers, used.prompt_tokens + used.completion_tokens)
    return answer


def _in_time(info: providers.ProviderInfo, model: str, body: dict[str, Any]) -> Any:
    """The reply, whole; the wait for it is bounded by what this model usually takes."""
    chat = clients.connect(info).chat.completions
    pace, began = limits.pace(info, model), time.monotonic()
    patience = pace.patience(limits.of(info).timeout_seconds)
    try:
        with deadlines.within(patience):
            raw = chat.with_raw_response.create(model=model, messages=[], extra_body=body)
    except openai.APITimeoutError:
        pace.silent(patience)
        raise
    pace.heard(time.monotonic() - began)
    return raw


def _usage(reply: ChatCompletion) -> Usage:
    used = reply.usage
    if used is None:
        return Usage()
    details = used.prompt_tokens_details
    return Usage(used.prompt_tokens, used.completion_tokens, (details.cached_tokens or 0) if details else 0)
