"""Traces of model calls and evaluations: into the outbox at once, to Weave when it can be reached."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from services.config import settings
from services.llm import calls
from services.llm.calls import CallRecord
from services.tracking import store
from services.tracking.environment import ask, mode, without_secrets
from services.tracking.errors import WandbUnreachableError

SENDER = "services.tracking.trace_sender"
CALL, EVALUATION = "weave.call", "weave.evaluation"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class EvaluationRow:
    """One passage through the model. `example` is its id; `text` and `reply` leave only with texts."""

    example: str
    text: str
    reply: str
    scores: Mapping[str, float | bool]


@dataclass(frozen=True)
class EvaluationRecord:
    """One model measured on one dataset version; `summary` holds the figures of the whole."""

    name: str
    model: str
    dataset: str
    rows: Sequence[EvaluationRow]
    summary: Mapping[str, float]
    attributes: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True)
class FlushResult:
    """Events confirmed by Weave now, failed now, still waiting; and what stopped it, if anything did."""

    sent: int = 0
    failed: int = 0
    waiting: int = 0
    error_code: str | None = None


class WeaveService:
    """Records never raise and never wait for a server; `flush` sends what has gathered.

    Every event carries its Weave id from the beginning, so that sending it again replaces it there.
    """

    def record_call(self, call: CallRecord) -> None:
        """Keep the trace of one finished model call. Texts are kept only while WANDB_TEXTS is on."""
        if mode() != "off":
            self._keep(CALL, lambda: _call_payload(call))

    def record_evaluation(self, evaluation: EvaluationRecord) -> None:
        """Keep the trace of one evaluation with its examples and scores."""
        if mode() != "off":
            self._keep(EVALUATION, lambda: _evaluation_payload(evaluation))

    def pending(self) -> int:
        """How many traces wait to be sent."""
        return store.pending(CALL, EVALUATION)

    def flush(self, limit: int = 1000, timeout: float = 60.0) -> FlushResult:
        """Send what is due, at most `limit` events and `timeout` seconds of each kind.

        Confirmed events leave the outbox; the others stay, are counted and tried again later.
        """
        if mode() != "online":
            return FlushResult(waiting=self.pending())
        result = FlushResult()
        for kind, most in ((CALL, limit), (EVALUATION, min(limit, 5))):
            events = store.due(kind, most)
            if events and result.error_code is None:
                result = _send(events, timeout, result)
        return FlushResult(result.sent, result.failed, self.pending(), result.error_code)

    def _keep(self, kind: str, payload: Any) -> None:
        try:
            store.add_later(kind, without_secrets(payload()))
        except Exception as problem:  # noqa: BLE001 (a model call must not fail because of its trace)
            _log.warning("trace not kept: %s", type(problem).__name__)


weave = WeaveService()


def listen() -> None:
    """Have every model call of this process recorded."""
    if weave.record_call not in calls.listeners:
        calls.listeners.append(weave.record_call)


def _send(events: list[store.Event], timeout: float, before: FlushResult) -> FlushResult:
    lines = [{"event": event.id, "kind": event.kind, **_outgoing(event.payload)} for event in events]
    answers, ended = ask(SENDER, lines, timeout)
    sent = [answer["sent"] for answer in answers if "sent" in answer]
    refused = {answer["refused"]: answer["code"] for answer in answers if "refused" in answer}
    stopped = next((answer["stopped"] for answer in answers if "stopped" in answer), None)
    left = [event.id for event in events if event.id not in refused and event.id not in set(sent)]
    if left and stopped is None:
        _log.warning("traces left unsent, the sender ended early: %s", "crashed" if ended else "out of time")
        stopped = WandbUnreachableError.code
    store.mark_sent(sent)
    for event, code in refused.items():
        store.mark_failed([event], code)
    store.mark_failed(left, stopped or "")
    return FlushResult(before.sent + len(sent), before.failed + len(refused) + len(left), 0, stopped)


def _call_payload(call: CallRecord) -> dict[str, Any]:
    started = datetime.fromtimestamp(call.started_at, UTC)
    texts = {"messages": call.messages, "content": call.content} if settings.WANDB_TEXTS else None
    return {
        "id": _time_ordered_id(call.started_at),
        "started_at": started.isoformat(),
        "ended_at": (started + timedelta(milliseconds=call.latency_ms)).isoformat(),
        "model": call.model,
        "counts": {
            "messages": len(call.messages),
            "characters_in": sum(len(str(message.get("content") or "")) for message in call.messages),
            "characters_out": len(call.content),
        },
        "usage": {
            "prompt_tokens": call.usage.prompt_tokens,
            "completion_tokens": call.usage.completion_tokens,
            "total_tokens": call.usage.prompt_tokens + call.usage.completion_tokens,
            "prompt_tokens_details": {"cached_tokens": call.usage.cached_tokens},
        },
        "attributes": {
            "purpose": call.purpose,
            "provider": urlsplit(call.provider).hostname or call.provider,
            "call_id": call.call_id,
            "job_id": call.job_id,
            "act_id": call.act_id,
            "latency_ms": call.latency_ms,
            "cost_usd": None if call.cost_micro is None else call.cost_micro / 1e6,
        },
        "error_code": call.error_code,
        "texts": texts,
    }


def _evaluation_payload(evaluation: EvaluationRecord) -> dict[str, Any]:
    moment = datetime.now(UTC)
    rows = [
        {
            "example": row.example,
            "counts": {"characters_in": len(row.text), "characters_out": len(row.reply)},
            "scores": dict(row.scores),
            "texts": {"text": row.text, "reply": row.reply} if settings.WANDB_TEXTS else None,
        }
        for row in evaluation.rows
    ]
    return {
        "id": _time_ordered_id(moment.timestamp()),
        "recorded_at": moment.isoformat(),
        "name": evaluation.name,
        "model": evaluation.model,
        "dataset": evaluation.dataset,
        "rows": rows,
        "summary": dict(evaluation.summary),
        "attributes": dict(evaluation.attributes),
    }


def _outgoing(payload: dict[str, Any]) -> dict[str, Any]:
    """The switch "without texts" also holds for what was recorded before it was set."""
    if settings.WANDB_TEXTS:
        return payload
    rows = [{**row, "texts": None} for row in payload.get("rows", [])]
    return {**payload, "texts": None, "rows": rows}


def _time_ordered_id(seconds: float) -> str:
    """A version 7 UUID (RFC 9562, 5.7), the form Weave gives its own calls."""
    value = int(seconds * 1000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    return str(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))
