"""Extraction through batches: the embedded engine's own, whole; a stand-in's, with faults."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest
import sqlalchemy as sa

from services.acts import records
from services.db import SessionLocal
from services.db.models import Element, Job, LegalAct, ModelCall, PassageResult
from services.extraction import pipeline, service
from services.extraction.batches import wire
from services.extraction.batches.errors import BatchesNotAvailableError, BatchRefusedError
from services.jobs import service as jobs
from services.jobs.errors import JobCancelled
from services.jobs.running import RunningJob
from services.llm import limits
from services.llm import provider as providers
from tests import engine_process
from tests.standins.batch_service import BatchService, serve

LAW = """ЗАКОН УКРАЇНИ
Про випробування № {n}
Стаття 1. Права особи
1. Кожна особа № {n} має право на захист персональних даних.
2. Володілець зобов'язаний забезпечити захист цих даних.
"""


@pytest.fixture
def provider(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[BatchService]:
    monkeypatch.setattr("services.extraction.batches.waiting._LOOK_FIRST", 0.01)
    monkeypatch.setattr("services.extraction.batches.sending._BETWEEN_LOOKS", 0.01)
    with serve() as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-loopback")
        yield running


def acts(count: int) -> list[int]:
    with SessionLocal.begin() as session:
        return [records.add(session, LAW.format(n=n), f"Про випробування № {n}").id for n in range(count)]


def job(ids: list[int], job_id: str = "job-1", **payload: object) -> RunningJob:
    payload = {"act_ids": ids, "model": "gpt-4.1-mini", "batch": True, **payload}
    with SessionLocal.begin() as session:
        if session.get(Job, job_id) is None:
            session.add(
                Job(id=job_id, kind="extraction", dedupe_key=job_id, payload=payload, status="running")
            )
    return RunningJob(job_id, "extraction", payload, 1)


def end(job_id: str, status: str = "failed") -> None:
    with SessionLocal.begin() as session:
        session.execute(sa.update(Job).where(Job.id == job_id).values(status=status))


def calls() -> list[tuple[str, str | None]]:
    with SessionLocal() as session:
        rows = session.execute(sa.select(ModelCall.state, ModelCall.error_code).order_by(ModelCall.id))
        return [tuple(row) for row in rows]


def count(of: type) -> int:
    with SessionLocal() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(of)) or 0


def codes(job_id: str = "job-1") -> list[str]:
    return [event.code for event in reversed(jobs.events(job_id))]


def test_the_engines_own_batches_give_the_elements(database: str, data_dir: Path) -> None:
    engine_process.announce_in(data_dir)
    (act_id,) = acts(1)
    result = pipeline.run(job([act_id], model="norma-base-1"))
    with SessionLocal() as session:
        act = session.get_one(LegalAct, act_id)
        found = list(session.scalars(sa.select(Element)))
    assert act.is_processed
    assert {"RIGHT", "OBLIGATION"} <= {e.type for e in found}
    assert all(LAW.format(n=0)[e.start : e.end] == e.quote for e in found)
    assert (result["passages"], result["failed"], set(result["outcomes"])) == (1, 0, {"ok"})
    assert calls() == [("done", None)]
    assert codes() == ["batch_prepared", "batch_created", "batch_stored"]


def test_a_batch_costs_half(provider: BatchService) -> None:
    ids = acts(3)
    at_once, batch = service.estimate(ids, "gpt-4.1-mini"), service.estimate(ids, "gpt-4.1-mini", batch=True)
    assert at_once.cost_micro
    assert batch.cost_micro
    assert batch.cost_micro[1] == pytest.approx(at_once.cost_micro[1] / 2, abs=1)
    result = pipeline.run(job(ids))
    # 3 × (300 tokens at 0.4 / 2 and 20 at 1.6 / 2 dollars a million)
    assert result["cost_micro"] == 3 * (60 + 16)
    assert result["changes"]["added"] == 3
    assert provider.files == {}


def test_stored_answers_are_not_asked_for_again(provider: BatchService) -> None:
    ids = acts(3)
    pipeline.run(job(ids[:2], "first"))
    result = pipeline.run(job(ids, "second"))
    assert [len(batch.keys) for batch in provider.batches] == [2, 1]
    assert (result["reused"], result["passages"]) == (2, 3)


def test_a_large_run_is_several_batches(provider: BatchService, monkeypatch: pytest.MonkeyPatch) -> None:
    small = replace(limits.of(providers.current()), batch_requests=4)
    monkeypatch.setattr("services.llm.limits.of", lambda _info: small)
    result = pipeline.run(job(acts(10)))
    assert [len(batch.keys) for batch in provider.batches] == [4, 4, 2]
    assert (result["acts"], result["failed"]) == (10, 0)


@pytest.mark.parametrize("accepted", [True, False])
def test_a_lost_reply_to_create_makes_no_second_batch(provider: BatchService, accepted: bool) -> None:
    provider.lose_create, provider.accept_lost = 1, accepted
    result = pipeline.run(job(acts(2)))
    assert len(provider.batches) == 1
    assert result["failed"] == 0
    assert "batch_create_in_doubt" in codes()


def killed(monkeypatch: pytest.MonkeyPatch, ids: list[int], step: str, *, after: bool, job_id: str) -> None:
    """Run a job whose process ends before, or just after, one of its steps at the provider."""
    real = getattr(wire, step)

    def last(*arguments: object) -> None:
        if after:
            real(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(wire, step, last)
        pipeline.run(job(ids, job_id))


@pytest.mark.parametrize("step", ["upload", "create", "retrieve", "lines", "delete"])
@pytest.mark.parametrize("after", [False, True])
def test_a_kill_at_any_point_pays_nothing_twice(
    provider: BatchService, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    ids = acts(4)
    killed(monkeypatch, ids, step, after=after, job_id="job-1")
    result = pipeline.run(job(ids))
    assert [len(batch.keys) for batch in provider.batches] == [4]
    assert (result["acts"], result["failed"]) == (4, 0)
    assert [state for state, _ in calls() if state != "lost"] == ["done"] * 4


def test_what_an_ended_job_left_at_the_provider_is_fetched(
    provider: BatchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = acts(3)
    killed(monkeypatch, ids, "retrieve", after=False, job_id="first")
    end("first")
    result = pipeline.run(job(ids, "second"))
    assert len(provider.batches) == 1
    assert (result["reused"], result["failed"]) == (3, 0)


def test_an_expired_batch_keeps_what_was_answered(provider: BatchService) -> None:
    ids = acts(4)
    provider.expire_after = 3
    result = pipeline.run(job(ids))
    assert (result["failed"], result["outcomes"]) == (1, {"ok": 3, "batch_expired": 1})
    end("job-1", "succeeded")
    provider.expire_after = None
    retried = jobs.get(service.retry("job-1").job_id)
    assert retried is not None
    again = pipeline.run(job(jobs.payload(retried.id)["act_ids"], "job-2", again=True))
    assert len(provider.batches[1].keys) == 1
    assert again["failed"] == 0


def test_single_failures_have_names(provider: BatchService) -> None:
    provider.replies = {1: 500, 2: 400, 3: "не JSON", 4: {"id": "x"}}
    result = pipeline.run(job(acts(6)))
    assert result["outcomes"] == {
        "ok": 2,
        "provider_failed": 1,
        "bad_request": 1,
        "malformed": 1,
        "reply_unusable": 1,
    }
    assert (result["failed"], result["unusable"]) == (3, 1)
    assert {p.outcome for p in service.failed_passages("job-1")} == set(result["outcomes"]) - {"ok"}


def test_a_batch_that_is_refused_fails_the_job_in_words(provider: BatchService) -> None:
    provider.refuse = "token_limit_exceeded"
    with pytest.raises(BatchRefusedError) as problem:
        pipeline.run(job(acts(2)))
    assert problem.value.data["provider_code"] == "token_limit_exceeded"
    assert calls() == [("failed", "batch_failed")] * 2


def test_cancelling_fetches_what_was_answered(provider: BatchService) -> None:
    running = job(acts(4))
    provider.never_end = True

    def cancel() -> None:
        with SessionLocal.begin() as session:
            session.execute(sa.update(Job).values(cancel_requested=True))
        running._asked = 0.0

    provider.on_retrieve = cancel
    provider.answered_at_cancel = 3
    with pytest.raises(JobCancelled):
        pipeline.run(running)
    assert count(PassageResult) == 3
    assert count(Element) == 3


def test_a_provider_without_batches_says_so(provider: BatchService) -> None:
    provider.without_batches = True
    with pytest.raises(BatchesNotAvailableError):
        pipeline.run(job(acts(1)))
    assert {state for state, _ in calls()} == {"lost"}


def test_a_money_limit_bounds_what_is_sent(provider: BatchService) -> None:
    ids = acts(6)
    most = service.estimate(ids, "gpt-4.1-mini", batch=True).cost_micro
    assert most
    result = pipeline.run(job(ids, budget_micro=most[1] // 2 + 1))
    assert result["stopped"] == "budget"
    assert (len(provider.batches[0].keys), result["acts"]) == (3, 3)


def budget_for(ids: list[int], passages: int) -> int:
    """A money limit that surely reaches for so many of the acts' passages, one an act."""
    most = service.estimate(ids, "gpt-4.1-mini", batch=True).cost_micro
    assert most
    return most[1] * passages // len(ids) + passages


@pytest.mark.parametrize("uploads", [1, 2])
def test_a_money_limit_holds_for_all_attempts_together(
    provider: BatchService, monkeypatch: pytest.MonkeyPatch, uploads: int
) -> None:
    """Killed after the first batch, or after all the limit allows: no attempt starts with a new limit."""
    ids = acts(8)
    small = replace(limits.of(providers.current()), batch_requests=2)
    monkeypatch.setattr("services.llm.limits.of", lambda _info: small)
    limit, real, seen = budget_for(ids, 4), wire.upload, []

    def upload(info: providers.ProviderInfo, name: str, lines: IO[bytes]) -> str:
        if len(seen) == uploads:
            raise KeyboardInterrupt
        seen.append(name)
        return real(info, name, lines)

    def retrieve(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(wire, "upload", upload)
        patch.setattr(wire, "retrieve", retrieve)
        pipeline.run(job(ids, budget_micro=limit))
    assert len(provider.batches) == uploads
    result = pipeline.run(job(ids, budget_micro=limit))
    assert result["stopped"] == "budget"
    assert sum(len(batch.keys) for batch in provider.batches) == result["acts"] == 4
    assert result["cost_micro"] <= limit


def test_what_stored_answers_cost_counts_and_what_they_left_is_used(provider: BatchService) -> None:
    """An answer costs less than was set aside for it: the next attempt asks for what that leaves."""
    ids = acts(8)
    limit = budget_for(ids, 4)
    first = pipeline.run(job(ids, budget_micro=limit))
    assert (first["acts"], first["cost_micro"]) == (4, 4 * 76)
    each = limit // 4
    second = pipeline.run(job(ids, budget_micro=limit))
    assert second["acts"] == min(8, 4 + (limit - 4 * 76) // each)
    assert second["cost_micro"] <= limit
