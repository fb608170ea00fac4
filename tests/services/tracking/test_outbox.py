"""The round the worker makes: one process at a time, rarely, and never an exception."""

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from services.llm import calls
from services.tracking import outbox, store
from services.tracking.weave_service import weave
from tests.services.tracking.conftest import KEY
from tests.services.tracking.test_weave_service import _call
from tests.standins.http_server import LoopbackServer, Reply, Request
from tests.standins.tracking_server import TrackingServer


def _chat(request: Request) -> Reply | None:
    if not request.path.endswith("/chat/completions"):
        return None
    message = {"role": "assistant", "content": '{"elements": []}'}
    return Reply(
        {
            "id": "chat-1", "object": "chat.completion", "created": 1, "model": request.json["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 11, "completion_tokens": 4, "total_tokens": 15},
        }
    )  # fmt: skip


def test_a_real_model_call_becomes_a_trace(
    server: TrackingServer,
    connect: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    written: Callable[[], None],
) -> None:
    connect(KEY)
    monkeypatch.setattr(calls, "listeners", [])
    outbox.begin()
    with LoopbackServer([_chat]) as provider:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{provider.url}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "sk-model-provider-key")
        calls.complete("gpt-x", [{"role": "user", "content": "Стаття 1."}], purpose="playground")
    written()
    assert outbox.pump(at_once=True).traces.sent == 1

    [trace] = server.weave.calls.values()
    assert trace["inputs"]["messages"] == [{"role": "user", "content": "Стаття 1."}]
    assert trace["attributes"]["norma"]["purpose"] == "playground"
    assert trace["summary"]["usage"]["gpt-x"]["total_tokens"] == 15
    assert "sk-model-provider-key" not in server.received

    weave.record_call(_call(2))
    written()
    assert outbox.pump() == outbox.PumpResult(), "called again at once it rests"
    assert outbox.pending() == 1


def test_one_process_at_a_time(
    server: TrackingServer, connect: Callable[[str], None], data_dir: Path, written: Callable[[], None]
) -> None:
    connect(KEY)
    weave.record_call(_call(1))
    written()
    with FileLock(data_dir / "tracking.lock"):
        assert outbox.pump(at_once=True) == outbox.PumpResult()
    assert server.requests == []
    assert outbox.pending() == 1


def test_each_failure_waits_longer_up_to_a_limit(database: str) -> None:
    event = store.add("weave.call", {"id": "x"})
    waits = []
    for _ in range(9):
        store.mark_failed([event], "wandb_unreachable")
        with outbox.store.SessionLocal.reading() as session:
            row = session.get_one(outbox.store.TrackingEvent, event)
            waits.append(round((row.next_attempt_at - outbox.store.now()).total_seconds()))
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]
    assert (row.attempts, row.last_error_code, row.sent_at) == (9, "wandb_unreachable", None)
