"""The extraction job against a loopback model: what is stored, what is asked, what survives faults."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from services.acts import records
from services.db import SessionLocal
from services.db.models import Element, Extraction, Job, LegalAct, ModelCall
from services.extraction import pipeline, service
from services.jobs.errors import JobCancelled
from services.jobs.running import RunningJob
from services.llm.errors import KeyRejectedError
from tests.standins.model_service import Fault, ModelService, serve

LAW = """ЗАКОН УКРАЇНИ
Про випробування № {n}
Стаття 1. Права особи
1. Кожна особа № {n} має право на захист персональних даних.
2. Володілець зобов'язаний забезпечити захист цих даних.
Стаття 2. Права суб'єкта
Суб'єкт персональних даних № {n} має право знати про місцезнаходження своїх даних.
"""


@pytest.fixture
def model(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelService]:
    with serve() as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-loopback")
        monkeypatch.setenv("OPENAI_MODEL", "loop-1")
        yield running


def acts(count: int) -> list[int]:
    with SessionLocal.begin() as session:
        return [records.add(session, LAW.format(n=n), f"Про випробування № {n}").id for n in range(count)]


def job(ids: list[int], job_id: str = "job-1", **payload: object) -> RunningJob:
    payload = {"act_ids": ids, "model": "loop-1", "concurrency": 4, **payload}
    with SessionLocal.begin() as session:
        if session.get(Job, job_id) is None:
            session.add(
                Job(id=job_id, kind="extraction", dedupe_key=job_id, payload=payload, status="running")
            )
    return RunningJob(job_id, "extraction", payload, 1)


def elements(**where: object) -> list[Element]:
    with SessionLocal() as session:
        return list(session.scalars(sa.select(Element).filter_by(**where).order_by(Element.id)))


def test_elements_stand_at_their_place_with_their_address(model: ModelService) -> None:
    (act_id,) = acts(1)
    result = pipeline.run(job([act_id]))
    found = elements(act_id=act_id)
    text = LAW.format(n=0)
    assert [text[e.start : e.end] for e in found] == [e.quote for e in found]
    assert [e.address for e in found] == ["ст. 1 ч. 1", "ст. 2"]
    assert result["changes"] == {"added": 2, "not_found": 0, "stale": 0}
    with SessionLocal() as session:
        act = session.get_one(LegalAct, act_id)
        assert act.is_processed
        assert [e["quote"] for e in act.extracted_elements or []] == [e.quote for e in found]


def test_the_same_passage_is_never_asked_for_twice(model: ModelService) -> None:
    ids = acts(3)
    pipeline.run(job(ids, "first"))
    asked = len(model.calls)
    assert len(set(model.texts())) == asked
    result = pipeline.run(job(ids, "second"))
    assert len(model.calls) == asked
    assert result["reused"] == result["passages"] > 0
    assert result["changes"]["kept"] == 6


def test_a_run_that_was_cut_off_asks_only_for_the_rest(model: ModelService) -> None:
    ids = acts(6)
    model.fault = lambda n: Fault(401, "invalid_api_key") if n > 4 else None
    with pytest.raises(KeyRejectedError):
        pipeline.run(job(ids, concurrency=1))
    answered = len([1 for _ in elements()])
    model.fault = lambda _n: None
    model.calls.clear()
    result = pipeline.run(job(ids))
    assert len(model.calls) == result["passages"] - 4
    assert answered < len(elements()) == 12


def test_calls_in_flight_at_a_kill_are_repeated_and_told(model: ModelService) -> None:
    (act_id,) = acts(1)
    pipeline.run(job([act_id]))
    with SessionLocal.begin() as session:
        call = session.scalars(sa.select(ModelCall)).first()
        assert call is not None
        key = call.key
        session.execute(sa.delete(ModelCall))
        session.add(ModelCall(key=key, purpose="extraction", model="loop-1", job_id="job-2"))
        session.execute(sa.text("DELETE FROM passage_results"))
    result = pipeline.run(job([act_id], "job-2"))
    with SessionLocal() as session:
        states = sorted(map(tuple, session.execute(sa.select(ModelCall.state, ModelCall.repeated))))
    assert states == [("done", False), ("done", True), ("lost", False)]
    assert result["repeated"] == 1


def test_a_confirmed_element_is_never_touched(model: ModelService) -> None:
    (act_id,) = acts(1)
    pipeline.run(job([act_id], "first"))
    with SessionLocal.begin() as session:
        first, second = session.scalars(sa.select(Element).order_by(Element.id))
        first.status, first.quote, first.end = "gold", first.quote[:-1], (first.end or 0) - 1
        second.status = "rejected"
        gold = (first.id, first.quote, first.start, first.end, first.type)
        session.execute(sa.text("DELETE FROM passage_results"))
    model.fault = lambda _n: '{"elements": []}'
    assert pipeline.run(job([act_id], "second"))["changes"] == {"stale": 0}
    session_rows = [(e.id, e.quote, e.start, e.end, e.type) for e in elements(status="gold")]
    assert session_rows == [gold]
    with SessionLocal.begin() as session:
        session.execute(sa.text("DELETE FROM passage_results"))
    model.fault = lambda _n: None
    assert pipeline.run(job([act_id], "third"))["changes"] == {"confirmed": 1, "rejected": 1, "stale": 0}
    assert len(elements()) == 2


def test_a_suggestion_that_does_not_come_again_is_stale_and_can_return(model: ModelService) -> None:
    (act_id,) = acts(1)
    pipeline.run(job([act_id], "first"))
    model.fault = lambda _n: '{"elements": []}'
    with SessionLocal.begin() as session:
        session.execute(sa.text("DELETE FROM passage_results"))
    assert pipeline.run(job([act_id], "second"))["changes"]["stale"] == 2
    model.fault = lambda _n: None
    with SessionLocal.begin() as session:
        session.execute(sa.text("DELETE FROM passage_results"))
    assert pipeline.run(job([act_id], "third"))["changes"]["kept"] == 2
    assert {e.status for e in elements()} == {"suggested"}


def test_a_quote_that_is_not_in_the_text_is_kept_and_said_so(model: ModelService) -> None:
    (act_id,) = acts(1)
    invented = "Орган місцевого самоврядування звільняється від сплати збору"
    model.fault = lambda _n: (
        f'{{"elements": [{{"type": "RIGHT", "quote": "{invented}", "attributes": {{}}}}]}}'
    )
    result = pipeline.run(job([act_id]))
    (found,) = elements()
    assert (found.quote, found.start, found.how) == (invented, None, "not_found")
    assert result["changes"]["not_found"] == 1


def test_rate_limits_slow_the_run_and_lose_nothing(model: ModelService) -> None:
    ids = acts(8)
    model.fault = lambda n: Fault(429, "rate_limit_exceeded", {"Retry-After": "0.2"}) if n in (2, 3) else None
    result = pipeline.run(job(ids, concurrency=8))
    assert (result["acts"], result["failed"]) == (8, 0)


def test_a_provider_that_fails_now_and_then_is_asked_again(model: ModelService) -> None:
    ids = acts(3)
    model.fault = lambda n: {1: Fault(500), 2: Fault(0)}.get(n)
    result = pipeline.run(job(ids))
    assert (result["acts"], result["failed"]) == (3, 0)
    with SessionLocal() as session:
        codes = sorted(session.scalars(sa.select(ModelCall.error_code).where(ModelCall.state == "failed")))
    assert codes == ["provider_down", "provider_failed"]


@pytest.mark.parametrize(
    ("content", "outcome"),
    [("не JSON", "malformed"), ('{"щось": 1}', "wrong_schema"), ('{"elements": [{"type": "RI', "cut_off")],
)
def test_replies_that_cannot_be_used_have_a_name(model: ModelService, content: str, outcome: str) -> None:
    (act_id,) = acts(1)
    model.fault = lambda _n: content
    outcomes = pipeline.run(job([act_id]))["outcomes"]
    assert set(outcomes) <= {outcome, "malformed"}
    assert sum(outcomes.values()) == len(model.calls)


def test_asking_again_repeats_only_what_could_not_be_used(model: ModelService) -> None:
    ids = acts(3)
    model.fault = lambda n: "не JSON" if n == 1 else None
    pipeline.run(job(ids, "first"))
    before = len(model.calls)
    model.fault = lambda _n: None
    result = pipeline.run(job(ids, "second", again=True))
    assert len(model.calls) == before + 1
    assert set(result["outcomes"]) == {"ok"}


def test_a_money_limit_ends_the_run_cleanly(model: ModelService, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = acts(10)
    monkeypatch.setattr("services.llm.calls.cost_micro", lambda *_: 1000)
    result = pipeline.run(job(ids, concurrency=1, budget_micro=3000))
    assert result["stopped"] == "budget"
    assert 3000 <= result["cost_micro"] <= 5000
    assert len(model.calls) <= 5


def test_cancelling_keeps_what_was_stored(model: ModelService) -> None:
    ids = acts(10)
    running = job(ids, concurrency=1)

    def cancel(n: int) -> None:
        if n == 3:
            with SessionLocal.begin() as session:
                session.execute(sa.update(Job).values(cancel_requested=True))
            running._asked = 0.0

    model.fault = cancel
    with pytest.raises(JobCancelled):
        pipeline.run(running)
    asked = len(model.calls)
    assert 3 <= asked < 10
    with SessionLocal() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM passage_results")) == asked
        assert set(session.scalars(sa.select(Extraction.status))) == {"completed"}


def test_deleted_acts_are_left_out(model: ModelService) -> None:
    ids = acts(2)
    with SessionLocal.begin() as session:
        session.get_one(LegalAct, ids[0]).deleted_at = sa.func.now()
    assert pipeline.run(job(ids))["acts"] == 1


def test_estimate_counts_what_will_be_asked(model: ModelService) -> None:
    ids = acts(2)
    before = service.estimate(ids, "loop-1")
    assert (before.acts, before.stored, before.exact, before.cost_micro) == (2, 0, True, None)
    assert not before.embedded
    pipeline.run(job(ids))
    after = service.estimate(ids, "loop-1")
    assert (after.stored, after.tokens) == (before.passages, 0)
    assert len(model.calls) == before.passages


def test_no_more_calls_at_once_than_asked_for(model: ModelService) -> None:
    model.latency = 0.02
    pipeline.run(job(acts(12), concurrency=5))
    assert 2 <= model.most_at_once <= 5
