"""Traces: kept at once, sent when Weave answers, whole or without texts, each of them once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.llm import calls
from services.llm.calls import CallRecord, Usage
from services.tracking import outbox, store
from services.tracking.weave_service import EvaluationRecord, EvaluationRow, WeaveService, weave
from tests.services.tracking.conftest import KEY, files_with
from tests.standins.tracking_server import TrackingServer

TEXT = "Стаття 18. Рішення про відмову у доступі може бути оскаржено до суду."
REPLY = '{"elements": [{"type": "RIGHT", "quote": "може бути оскаржено до суду"}]}'


def _call(number: int, **changes: Any) -> CallRecord:
    facts: dict[str, Any] = {
        "call_id": number,
        "purpose": "extraction",
        "model": "norma-base-1",
        "provider": "https://user:password@models.example.org/v1",
        "messages": [{"role": "system", "content": "Схема"}, {"role": "user", "content": TEXT}],
        "content": REPLY,
        "usage": Usage(120, 30, 100),
        "latency_ms": 250,
        "started_at": 1_790_000_000.5,
        "cost_micro": 42,
        "error_code": None,
        "job_id": "job-7",
        "act_id": 3,
    }
    return CallRecord(**facts | changes)


def _evaluation() -> EvaluationRecord:
    rows = [
        EvaluationRow(f"passage-{n}", f"{TEXT} {n}", REPLY, {"f1": n / 4, "exact": n == 4}) for n in (1, 2, 4)
    ]
    return EvaluationRecord(
        "Перевірка 1", "ft:norma-base-1:договори", "набір-1", rows, {"micro_f1": 0.58}, {"evaluation_id": 9}
    )


def _has_text(body: str) -> bool:
    word = "оскаржено"
    return word in body or word.encode("unicode_escape").decode() in body


def test_a_call_is_shown_whole(
    server: TrackingServer, connect: Callable[[str], None], data_dir: Path, written: Callable[[], None]
) -> None:
    connect(KEY)
    weave.record_call(_call(1, messages=[{"role": "user", "content": f"{TEXT} {KEY}"}]))
    weave.record_call(_call(2, error_code="rate_limited", content="", cost_micro=None))
    written()
    assert weave.pending() == 2
    assert weave.flush().sent == 2

    good, bad = sorted(server.weave.calls.values(), key=lambda call: call["attributes"]["norma"]["call_id"])
    assert good["project_id"] == "legal-department/norma"
    assert "/op/norma.model_call:" in good["op_name"]
    assert (good["started_at"], good["ended_at"]) == (
        "2026-09-21T14:13:20.500000+00:00",
        "2026-09-21T14:13:20.750000+00:00",
    )
    assert good["inputs"]["messages"][0]["content"] == f"{TEXT} ***"
    assert good["output"]["choices"][0]["message"]["content"] == REPLY
    assert good["summary"]["usage"]["norma-base-1"]["total_tokens"] == 150
    facts = good["attributes"]["norma"]
    assert (facts["provider"], facts["act_id"], facts["job_id"], facts["cost_usd"]) == (
        "models.example.org",
        3,
        "job-7",
        0.000042,
    )
    assert (bad["exception"], bad["output"], bad["summary"]["status_counts"]["error"]) == (
        "rate_limited",
        None,
        1,
    )
    assert weave.pending() == 0
    assert KEY not in server.received
    assert files_with(data_dir, KEY) == []


def test_traces_wait_for_a_key_and_one_that_is_refused_does_not_hold_up_the_rest(
    server: TrackingServer, connect: Callable[[str], None], written: Callable[[], None]
) -> None:
    server.weave.refused = {"broken"}
    for number in range(250):
        weave.record_call(_call(number, model="broken" if number == 77 else "norma-base-1"))
    written()
    assert weave.flush().waiting == 250
    assert server.requests == []

    connect(KEY)
    result = outbox.pump(at_once=True).traces
    assert (result.sent, result.failed, result.waiting, result.error_code) == (249, 1, 1, None)
    assert (len(server.weave.calls), server.weave.arrivals) == (249, 249)
    assert outbox.pump(at_once=True).traces.sent == 0
    assert server.weave.arrivals == 249


def test_an_outage_loses_nothing_and_a_lost_reply_doubles_nothing(
    server: TrackingServer,
    connect: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    written: Callable[[], None],
) -> None:
    connect(KEY)
    monkeypatch.setenv("WANDB_ENTITY", "legal-department")
    for number in range(3):
        weave.record_call(_call(number))
    written()
    server.fault = 503
    result = weave.flush()
    assert (result.sent, result.waiting, result.error_code) == (0, 3, "wandb_unreachable")
    assert store.due("weave.call", 10) == []

    server.fault = None
    server.weave.lose_replies = True
    store.retry_now()
    assert weave.flush().waiting == 3
    server.weave.lose_replies = False
    store.retry_now()
    assert weave.flush().sent == 3
    assert len(server.weave.calls) == 3
    assert server.weave.arrivals > 3


def test_a_wrong_key_leaves_everything_in_the_outbox(
    server: TrackingServer, connect: Callable[[str], None], written: Callable[[], None]
) -> None:
    connect("f" * 40)
    weave.record_call(_call(1))
    written()
    result = weave.flush()
    assert (result.sent, result.waiting, result.error_code) == (0, 1, "wandb_key_rejected")
    assert server.weave.calls == {}


def test_an_evaluation_is_shown_once_though_the_first_attempt_broke_off(
    server: TrackingServer, connect: Callable[[str], None], written: Callable[[], None]
) -> None:
    connect(KEY)
    server.weave.lose_ends = True
    weave.record_evaluation(_evaluation())
    written()
    assert weave.flush().waiting == 1
    assert server.weave.calls

    server.weave.lose_ends = False
    store.retry_now()
    assert weave.flush().sent == 1
    shown = list(server.weave.calls.values())
    [whole] = [call for call in shown if "Evaluation.evaluate:" in call["op_name"]]
    predictions = [call for call in shown if "Evaluation.predict_and_score:" in call["op_name"]]
    assert whole["display_name"] == "Перевірка 1"
    assert whole["output"]["output"] == {"micro_f1": 0.58}
    assert whole["output"]["f1"]["mean"] == pytest.approx(7 / 12)
    assert whole["attributes"]["evaluation_id"] == 9
    assert [call["inputs"]["example"]["example"] for call in predictions] == [
        "passage-1",
        "passage-2",
        "passage-4",
    ]
    assert all(call["parent_id"] == whole["id"] for call in predictions)
    assert _has_text(server.received)


def test_without_texts_only_counts_times_and_ids_leave(
    server: TrackingServer,
    connect: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    written: Callable[[], None],
) -> None:
    weave.record_call(_call(1))
    weave.record_evaluation(_evaluation())
    written()
    monkeypatch.setenv("WANDB_TEXTS", "false")
    weave.record_call(_call(2))
    written()
    assert not _has_text(str([event.payload for event in store.due("weave.call", 10)][1]))

    connect(KEY)
    assert weave.flush().sent == 3
    assert not _has_text(server.received)
    sent = [call for call in server.weave.calls.values() if "norma.model_call" in call["op_name"]]
    assert [call["inputs"]["counts"]["characters_in"] for call in sent] == [len(TEXT) + 5] * 2
    assert [call["summary"]["usage"]["norma-base-1"]["prompt_tokens"] for call in sent] == [120, 120]


def test_switched_off_nothing_is_recorded(
    connect: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, written: Callable[[], None]
) -> None:
    monkeypatch.setenv("WANDB_ENABLED", "false")
    weave.record_call(_call(1))
    weave.record_evaluation(_evaluation())
    written()
    assert store.pending() == 0


def test_listening_twice_records_once(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(calls, "listeners", heard)
    outbox.begin()
    outbox.begin()
    assert len(heard) == 1
    assert isinstance(heard[0].__self__, WeaveService)
