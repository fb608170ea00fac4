"""Durable jobs with the real worker: once only, finished after a kill, cancelled when asked."""

import os
import signal
from typing import Any

import pytest
import sqlalchemy as sa

from services.acts import records
from services.db import SessionLocal, get_engine
from services.db.models import Element, Extraction, Job, JobEvent, ModelCall, PassageResult
from services.jobs import backend, running, service, slots
from tests.standins.model_service import ModelService
from tests.worker_process import until, worker

LAW = "ЗАКОН УКРАЇНИ\nПро випробування № {n}\nСтаття 1. Права\n1. Особа № {n} має право на захист.\n"


def acts(count: int) -> list[int]:
    with SessionLocal.begin() as session:
        return [records.add(session, LAW.format(n=n), f"Акт {n}").id for n in range(count)]


def extraction(ids: list[int], key: str = "k", concurrency: int = 2) -> service.Submitted:
    payload = {"act_ids": ids, "model": "loop-1", "concurrency": concurrency}
    return service.submit("extraction", payload, dedupe_key=key)


def count(of: type) -> int:
    with SessionLocal.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(of)) or 0


def test_pressing_twice_starts_one_job(database: str) -> None:
    first, second = extraction([1]), extraction([1])
    assert (first.created, second.created) == (True, False)
    assert first.job_id == second.job_id
    service.cancel(first.job_id)
    assert extraction([1]).job_id != first.job_id


def test_who_watches_a_job_does_not_read_what_grows_with_it(database: str) -> None:
    """A run over 100,000 acts is looked at once a second from every open page."""
    ids = list(range(1000))
    job_id = service.submit("extraction", {"model": "m"}, dedupe_key="k", bulk={"act_ids": ids}).job_id
    read: list[str] = []
    engine = get_engine()

    def note(*call: Any) -> None:
        read.append(call[2])

    sa.event.listen(engine, "before_cursor_execute", note)
    (watched,) = service.live("extraction")
    assert service.get(job_id) == service.recent("extraction")[0] == watched
    assert service.cancel(job_id)
    sa.event.remove(engine, "before_cursor_execute", note)
    assert any("jobs.payload" in statement for statement in read)
    assert not any("bulk" in statement for statement in read)
    assert watched.payload == {"model": "m"}
    assert service.payload(job_id) == {"model": "m", "act_ids": ids}


def test_a_waiting_job_is_cancelled_at_once(database: str) -> None:
    job_id = extraction([1]).job_id
    assert service.cancel(job_id)
    job = service.get(job_id)
    assert job is not None
    assert job.status == "cancelled"
    assert not service.cancel(job_id)


def test_killed_worker_job_finishes_and_asks_nothing_twice(model: ModelService) -> None:
    model.latency = 0.15
    ids = acts(12)
    job_id = extraction(ids).job_id
    with worker() as first:
        until(lambda: count(PassageResult) >= 4)
        os.kill(first.pid, signal.SIGKILL)
        first.wait(10)
    stored = count(PassageResult)
    assert stored < 12
    asked = len(model.calls)
    with worker():
        job = service.wait(job_id, 60)
    assert (job.status, job.result["acts"]) == ("succeeded", 12)
    assert count(Element) == 12
    assert len(model.calls) - asked == 12 - stored
    repeats = len(model.texts()) - len(set(model.texts()))
    with SessionLocal.reading() as session:
        told = session.scalar(sa.select(sa.func.count()).where(ModelCall.repeated))
        open_calls = session.scalar(sa.select(sa.func.count()).where(ModelCall.state == "started"))
        assert set(session.scalars(sa.select(Extraction.status))) == {"completed"}
    # A call that was recorded and then cut off may not have reached the model.
    assert repeats <= told <= 2
    assert open_calls == 0
    assert [event.code for event in service.events(job_id)] == ["resumed"]


@pytest.mark.parametrize(
    ("came_to", "status"),
    [([*range(30)], "succeeded"), ([7] * 19, "succeeded"), ([9, *[7] * 20], "failed")],
)
def test_a_job_is_given_up_only_when_it_breaks_off_without_getting_further(
    model: ModelService, came_to: list[int], status: str
) -> None:
    payload = {"act_ids": acts(1), "model": "loop-1"}
    with SessionLocal.begin() as session:
        row = {"kind": "extraction", "dedupe_key": "k", "payload": payload, "status": "running"}
        session.add(Job(id="broken", **row, done=came_to[-1]))
        session.add_all(JobEvent(job_id="broken", code="resumed", data={"done": n}) for n in came_to[:-1])
    assert running.run_job("broken") == status
    job = service.get("broken")
    assert job is not None
    assert job.error_code == (None if status == "succeeded" else "job_keeps_dying")


def test_another_worker_takes_over_from_a_dead_one(model: ModelService) -> None:
    model.latency = 0.2
    ids = acts(10)
    with worker() as first:
        until(slots.any_held)
        job_id = extraction(ids).job_id
        until(lambda: count(PassageResult) >= 2)
        with worker():
            until(lambda: len(slots.abandoned(2)) == 0)
            first.kill()
            first.wait(10)
            job = service.wait(job_id, 60)
    assert (job.status, job.result["acts"]) == ("succeeded", 10)


def test_a_job_recorded_but_never_queued_is_found(model: ModelService) -> None:
    ids = acts(1)
    with SessionLocal.begin() as session:
        payload = {"act_ids": ids, "model": "loop-1"}
        session.add(Job(id="forgotten", kind="extraction", dedupe_key="f", payload=payload))
    backend.prepare()
    with worker():
        assert service.wait("forgotten", 30).status == "succeeded"


def test_cancelling_a_running_job_keeps_its_results(model: ModelService) -> None:
    model.latency = 0.1
    ids = acts(30)
    with worker():
        job_id = extraction(ids, concurrency=1).job_id
        until(lambda: count(PassageResult) >= 3)
        assert service.cancel(job_id)
        job = service.wait(job_id, 20)
    assert job.status == "cancelled"
    assert 3 <= count(PassageResult) < 30


def test_a_failure_is_a_code_never_a_providers_words(model: ModelService) -> None:
    from tests.standins.model_service import Fault

    model.fault = lambda _n: Fault(401, "invalid_api_key")
    with worker():
        job = service.wait(extraction(acts(2)).job_id, 30)
    assert (job.status, job.error_code) == ("failed", "key_rejected")
    assert "внутрішні подробиці" not in str(job)


def test_sigterm_ends_a_worker_soon(model: ModelService) -> None:
    with worker() as process:
        until(slots.any_held)
        process.terminate()
        assert process.wait(10) == 0
