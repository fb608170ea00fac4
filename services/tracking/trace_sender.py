"""The process that hands traces to Weave's own client: `python -m services.tracking.trace_sender`.

Reads one event a line; answers `{"sent": event}`, `{"refused": event, "code": ...}`, or
`{"stopped": code}` when the server cannot be used now. Nothing is answered as sent before the server
has confirmed it: calls by the reply to the request, evaluations by reading them back.
"""

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from services.config import settings
from services.tracking import connection
from services.tracking.errors import WandbUnreachableError, code_of

Event = dict[str, Any]
_MOST_CALLS, _MOST_CHARACTERS = 200, 4_000_000
REFUSED = "tracking_refused"


class StoppedError(Exception):
    """The server cannot be used now; carries the code."""


class Sender:
    """Weave's client on one project."""

    def __init__(self) -> None:
        import weave
        from weave.trace import init_message

        # The only other thing `init` does there is to ask the package index for a newer version.
        init_message.print_init_message = lambda *_, **__: None
        entity = settings.WANDB_ENTITY
        self._weave = weave
        self._client = weave.init(f"{entity}/{settings.WANDB_PROJECT}" if entity else settings.WANDB_PROJECT)
        self._op: str | None = None

    def send_calls(self, events: list[Event]) -> None:
        """One request for many calls; a batch the server refuses is halved until the culprit is found."""
        try:
            self._client.server.calls_complete({"batch": [self._call(event) for event in events]})
        except Exception as problem:
            code = code_of(problem)
            if code != REFUSED:
                raise StoppedError(code) from problem
            if len(events) == 1:
                _answer(refused=events[0]["event"], code=code)
                return
            middle = len(events) // 2
            self.send_calls(events[:middle])
            self.send_calls(events[middle:])
            return
        for event in events:
            _answer(sent=event["event"])

    def send_evaluation(self, event: Event) -> None:
        """Weave gives these calls ids of its own: what an interrupted attempt left is found by our mark."""
        found = self._marked(event["id"])
        if not _complete(found):
            if found:
                self._client.delete_calls([call.id for call in found])
            self._replay(event)
            self._client.flush()
            found = self._marked(event["id"])
        if not _complete(found):
            raise StoppedError(WandbUnreachableError.code)
        _answer(sent=event["event"])

    def _call(self, event: Event) -> dict[str, Any]:
        counts = {"usage": {event["model"]: {"requests": 1, **event["usage"]}}}
        good = not event["error_code"]
        return {
            "project_id": self._client.project_id,
            "id": event["id"],
            "trace_id": event["id"],
            "op_name": self._op_name(),
            "started_at": event["started_at"],
            "ended_at": event["ended_at"],
            "inputs": _inputs(event),
            "output": _output(event) if good else None,
            "exception": event["error_code"],
            "attributes": {"norma": event["attributes"]},
            "summary": {**counts, "status_counts": {"success": int(good), "error": int(not good)}},
        }

    def _op_name(self) -> str:
        if self._op is None:
            self._op = self._weave.publish(self._weave.op(_model_call, name="norma.model_call")).uri
        return self._op

    def _replay(self, event: Event) -> None:
        mark = {"norma_event": event["id"]}
        with self._weave.attributes(mark):
            log = self._weave.EvaluationLogger(
                name=event["name"],
                model={"name": event["model"]},
                dataset=event["dataset"],
                eval_attributes={**event["attributes"], **mark, "recorded_at": event["recorded_at"]},
                scorers=sorted({name for row in event["rows"] for name in row["scores"]}),
            )
            for row in event["rows"]:
                texts = row["texts"] or {}
                given = {"example": row["example"], "characters": row["counts"]["characters_in"]}
                given |= {"text": texts["text"]} if texts else {}
                answer = {"reply": texts["reply"]} if texts else row["counts"]
                log.log_example(given, answer, row["scores"])
            log.log_summary(event["summary"])

    def _marked(self, event_id: str) -> list[Any]:
        mark = [{"$getField": "attributes.norma_event"}, {"$literal": event_id}]
        calls = self._client.get_calls(
            query={"$expr": {"$eq": mark}}, columns=["id", "parent_id", "ended_at", "attributes"]
        )
        return [call for call in calls if dict(call.attributes or {}).get("norma_event") == event_id]


def _model_call(model: str, messages: list[Any]) -> None:
    """The operation a model call is shown as."""


def _complete(calls: list[Any]) -> bool:
    return any(call.parent_id is None and call.ended_at is not None for call in calls)


def _inputs(event: Event) -> dict[str, Any]:
    texts = event["texts"]
    shown = {"messages": texts["messages"]} if texts else {}
    return {"model": event["model"], "counts": event["counts"], **shown}


def _output(event: Event) -> dict[str, Any]:
    """As the provider's own reply looks, so that Weave shows it as a chat."""
    texts = event["texts"]
    if not texts:
        return {"characters": event["counts"]["characters_out"]}
    message = {"role": "assistant", "content": texts["content"]}
    return {
        "object": "chat.completion",
        "model": event["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": event["usage"],
    }


def _batches(events: list[Event]) -> Iterator[list[Event]]:
    batch: list[Event] = []
    size = 0
    for event in events:
        length = len(json.dumps(event))
        if batch and (len(batch) == _MOST_CALLS or size + length > _MOST_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(event)
        size += length
    if batch:
        yield batch


def _reason(problem: Exception) -> str:
    """Weave says "no entity" for a wrong key and for a silent server alike, so W&B is asked which it is."""
    if type(problem).__name__ != "WeaveWandbAuthenticationException":
        return code_of(problem)
    answer = connection.look(settings.WANDB_API_KEY, settings.WANDB_BASE_URL or connection.PUBLIC)
    return str(answer.get("code", WandbUnreachableError.code))


def _answer(**facts: Any) -> None:
    print(json.dumps(facts), flush=True)  # noqa: T201 (the answer to the parent)


def main() -> None:
    """Send every event of the input, or say what stopped it."""
    events = [json.loads(line) for line in sys.stdin]
    try:
        sender = Sender()
        for batch in _batches([event for event in events if event["kind"] == "weave.call"]):
            sender.send_calls(batch)
        for event in events:
            if event["kind"] == "weave.evaluation":
                sender.send_evaluation(event)
    except StoppedError as problem:
        _answer(stopped=str(problem))
    except Exception as problem:  # noqa: BLE001 (whatever the client raises, the events stay)
        _answer(stopped=_reason(problem))


if __name__ == "__main__":
    main()
    # Weave's exit handler would wait for a lost server for minutes.
    os._exit(0)
