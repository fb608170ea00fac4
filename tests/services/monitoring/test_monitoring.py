"""Usage figures: every call counted once, on the right Kyiv day, with honest money and times."""

from datetime import UTC, datetime, timedelta

import pytest

from services.db import SessionLocal
from services.db.models import ModelCall
from services.monitoring import service

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "now", lambda: NOW)


def call(**values: object) -> None:
    row = {
        "purpose": "extraction",
        "model": "a",
        "state": "done",
        "latency_ms": 100,
        "created_at": NOW,
        **values,
    }
    with SessionLocal.begin() as session:
        session.add(ModelCall(**row))


def test_calls_fall_on_their_kyiv_day() -> None:
    call(created_at=datetime(2026, 11, 23, 22, 30, tzinfo=UTC))  # 00:30 on the 24th in Kyiv
    call(created_at=datetime(2026, 11, 23, 21, 30, tzinfo=UTC))  # 23:30 on the 23rd
    assert [(row.day.day, row.usage.calls) for row in service.by_day()] == [(23, 1), (24, 1)]


def test_sums_by_model_and_period() -> None:
    call(prompt_tokens=10, completion_tokens=5, cost_micro=7)
    call(prompt_tokens=1, completion_tokens=1, cost_micro=None, model="b")
    call(created_at=NOW - timedelta(days=40))
    total = service.total(30)
    assert (total.calls, total.tokens, total.cost_micro, total.unpriced) == (2, 17, 7, 1)
    assert [name for name, _ in service.by_model(30)] == ["a", "b"]
    assert service.total(30, "b").calls == 1
    assert service.models_used(90) == ["a", "b"]


def test_times_are_those_of_answered_calls_and_really_occurred() -> None:
    for ms in (100, 200, 300, 400):
        call(latency_ms=ms)
    call(state="failed", error_code="provider_down", latency_ms=9000)
    total = service.total()
    assert (total.median_ms, total.p95_ms, total.failed) == (200, 400, 1)


def test_failures_by_code_most_frequent_first() -> None:
    for code in ("rate_limited", "provider_down", "rate_limited"):
        call(state="failed", error_code=code)
    assert [(row.code, row.count) for row in service.errors()] == [("rate_limited", 2), ("provider_down", 1)]


def test_nothing_is_nothing() -> None:
    empty = service.total()
    assert (empty.calls, empty.median_ms, service.by_day(), service.errors()) == (0, None, [], [])
