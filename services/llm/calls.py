"""One model call through the official client: recorded before and after, priced, traced."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import openai
from openai.types.chat import ChatCompletion

from services.llm import client as clients
from services.llm import ledger
from services.llm import provider as providers
from services.llm.errors import LlmError, UnusableReplyError, translate
from services.llm.prices import cost_micro


@dataclass(frozen=True)
class Usage:
    """Tokens as the provider counted them."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0


@dataclass(frozen=True)
class Completion:
    """A model's answer. `cost_micro` in millionths of a dollar, None if the price is unknown."""

    content: str
    finish_reason: str
    refusal: str | None
    usage: Usage
    latency_ms: int
    cost_micro: int | None
    call_id: int


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
) -> Completion:
    """Ask `model` once. Usage is stored whatever happens. Raises LlmError subclasses only."""
    info = info or providers.current()
    row = {"purpose": purpose, "model": model, "provider": info.url, "act_id": act_id, "job_id": job_id}
    call_id = ledger.opened(key=key, repeated=repeated, **row)
    started, clock = time.time(), time.perf_counter()
    content, usage, problem = "", Usage(), None
    try:
        reply = _send(info, model, messages, response_format)
        usage = _usage(reply)
        completion = _completion(reply, usage, call_id, model, clock)
        content = completion.content
        return completion
    except (openai.OpenAIError, LlmError) as raised:
        problem = translate(raised, host=info.host, model=model)
        raise problem from None
    finally:
        spent = _finish(call_id, model, usage, clock, problem)
        record = CallRecord(
            call_id=call_id, messages=messages, content=content, usage=usage, started_at=started,
            error_code=problem.code if problem else None, purpose=purpose, model=model, provider=info.url,
            latency_ms=_since(clock), cost_micro=spent, job_id=job_id, act_id=act_id,
        )  # fmt: skip
        for listener in listeners:
            listener(record)


def _send(
    info: providers.ProviderInfo,
    model: str,
    messages: list[dict[str, Any]],
    response_format: dict[str, Any] | None,
) -> ChatCompletion:
    extra: dict[str, Any] = {"response_format": response_format} if response_format else {}
    sent: Any = messages
    reply = clients.connect(info).chat.completions.create(model=model, messages=sent, **extra)
    if not isinstance(reply, ChatCompletion) or not reply.choices:
        raise UnusableReplyError(host=info.host)
    return reply


def _usage(reply: ChatCompletion) -> Usage:
    used = reply.usage
    if used is None:
        return Usage()
    details = used.prompt_tokens_details
    return Usage(used.prompt_tokens, used.completion_tokens, (details.cached_tokens or 0) if details else 0)


def _completion(reply: ChatCompletion, usage: Usage, call_id: int, model: str, clock: float) -> Completion:
    choice = reply.choices[0]
    cost = cost_micro(model, usage.prompt_tokens, usage.completion_tokens, usage.cached_tokens)
    return Completion(
        content=choice.message.content or "",
        finish_reason=choice.finish_reason,
        refusal=choice.message.refusal,
        usage=usage,
        latency_ms=_since(clock),
        cost_micro=cost,
        call_id=call_id,
    )


def _finish(call_id: int, model: str, usage: Usage, clock: float, problem: LlmError | None) -> int | None:
    cost = cost_micro(model, usage.prompt_tokens, usage.completion_tokens, usage.cached_tokens)
    ledger.closed(
        call_id,
        state="failed" if problem else "done",
        error_code=problem.code if problem else None,
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        cached_tokens=usage.cached_tokens,
        cost_micro=cost,
        latency_ms=_since(clock),
    )
    return cost


def _since(clock: float) -> int:
    return round((time.perf_counter() - clock) * 1000)
