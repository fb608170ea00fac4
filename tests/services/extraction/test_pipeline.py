"""The extraction job against a loopback model: what is stored, what is asked, what survives faults."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
import sqlalchemy as sa

from services.acts import extractions, records
from services.acts import service as acts_service
from services.db import SessionLocal
from services.db.models import Element, Extraction, Job, LegalAct, ModelCall, PassageResult, Preference
from services.db.types import now
from services.extraction import pipeline, service
from services.jobs import service as jobs
from services.jobs.errors import JobCancelled
from services.jobs.running import RunningJob
from services.llm import limits
from services.llm.errors import KeyRejectedError, ProviderFailedError
from services.setup import service as setup
from tests.standins.model_service import Fault, ModelService

LAW = """ЗАКОН УКРАЇНИ
Про випробування № {n}
Стаття 1. Права особи
1. Кожна особа № {n} має право на захист персональних даних.
2. Володілець зобов'язаний забезпечити захист цих даних.
Стаття 2. Права суб'єкта
Суб'єкт персональних даних № {n} має право знати про місцезнаходження своїх даних.
"""


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


def test_a_call_cut_off_two_kills_ago_is_still_told_as_a_repeat(model: ModelService) -> None:
    (act_id,) = acts(1)
    running = job([act_id])
    pipeline.run(running)
    with SessionLocal.begin() as session:
        session.execute(sa.delete(PassageResult))
        session.execute(sa.delete(Extraction))
        session.execute(sa.update(ModelCall).values(state="started"))
    model.fault = lambda _n: Fault(401, "invalid_api_key")
    with pytest.raises(KeyRejectedError):
        pipeline.run(job([act_id], concurrency=1))
    model.fault = lambda _n: None
    assert pipeline.run(job([act_id]))["repeated"] >= 2
    with SessionLocal() as session:
        done = sa.select(ModelCall.repeated).where(ModelCall.state == "done")
        assert list(session.scalars(done)) == [True, True]


def test_a_second_attempt_goes_on_where_the_first_one_was(model: ModelService) -> None:
    ids = acts(6)
    model.fault = lambda n: Fault(401, "invalid_api_key") if n > 4 else None
    with pytest.raises(KeyRejectedError):
        pipeline.run(job(ids, concurrency=1))
    told: list[tuple[int, int]] = []

    class Watched(RunningJob):
        def progress(self, done: int, total: int, **_: int) -> None:  # type: ignore[override]
            told.append((done, total))

    model.fault = lambda _n: None
    first = job(ids, concurrency=1)
    pipeline.run(Watched(first.id, first.kind, first.payload, 2))
    assert [done for done, _ in told] == [5, 6, 7, 8, 9, 10, 11, 12, 12]
    assert told[-1] == (12, 12)


def test_an_unusable_answer_is_asked_anew_once_however_often_the_run_begins(model: ModelService) -> None:
    ids = acts(3)
    model.fault = lambda _n: "не JSON"
    pipeline.run(job(ids, "first", concurrency=1))
    model.calls.clear()
    model.fault = lambda n: Fault(401, "invalid_api_key") if n > 3 else "не JSON"
    with pytest.raises(KeyRejectedError):
        pipeline.run(job(ids, "second", concurrency=1, again=True))
    model.fault = lambda _n: "не JSON"
    pipeline.run(job(ids, "second", concurrency=1, again=True))
    asked = Counter(model.texts())
    assert len(asked) == 6
    assert sorted(asked.values()) == [1, 1, 1, 1, 1, 2]  # the one that met the rejected key


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
    assert result["outcomes"] == {"quotes_not_found": 2}
    assert (result["failed"], result["unusable"]) == (0, 0)


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


def test_calls_at_once_together_stay_within_the_limit(model: ModelService) -> None:
    ids = acts(12)  # of two passages each
    # The stand-in's 320 tokens cost 320,000 micro-USD, less than is set aside for a passage.
    setup.override_price("loop-1", {"input": 1000.0, "cached": 1000.0, "output": 1000.0})
    model.latency = 0.1
    cost = service.estimate(ids).cost_micro
    assert cost is not None
    limit = cost[1] // 24 + 5 * 320_000
    result = pipeline.run(job(ids, concurrency=12, budget_micro=limit))
    assert result["stopped"] == "budget"
    assert 5 <= len(model.calls) < 24
    assert result["cost_micro"] <= limit
    rest = pipeline.run(job(ids, "rest", concurrency=12))
    assert (rest["acts"], rest["stopped"], len(model.calls)) == (12, None, 24)


def test_a_run_gets_on_by_a_passage_under_the_smallest_limit(model: ModelService) -> None:
    ids = acts(3)
    setup.override_price("loop-1", {"input": 1000.0, "cached": 1000.0, "output": 1000.0})
    for number in range(1, 3):
        result = pipeline.run(job(ids, f"job-{number}", concurrency=3, budget_micro=1))
        assert (result["stopped"], len(model.calls)) == ("budget", number)


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


def test_two_editions_share_the_answers_to_equal_passages(model: ModelService) -> None:
    one = records_of("Стаття 3. Строки\nОсоба має право на відповідь протягом десяти днів.\n")
    other = records_of("Стаття 3. Строки\nОсоба має право на відповідь протягом місяця.\n")
    model.latency = 0.05
    result = pipeline.run(job([one, other]))
    assert len(model.texts()) == len(set(model.texts())) == 4
    assert (result["passages"], result["reused"], result["changes"]["added"]) == (6, 2, 6)


def records_of(article: str) -> int:
    with SessionLocal.begin() as session:
        return records.add(session, LAW.format(n=1) + article, "Про випробування").id


FAULTS = [
    Fault(429, "rate_limit_exceeded"),
    Fault(429, "rate_limit_exceeded", {"Retry-After": "0.05"}),
    Fault(500),
    Fault(503),
    Fault(0),
    Fault(200, body="{"),
    Fault(200, body='{"choices": [{"message": {"content": "x"}}]}', cut=True),
    Fault(200, body='{"id": "c", "object": "chat.completion", "choices": []}'),
    Fault(200, body='{"id": "c", "object": "chat.completion", "choices": [null]}'),
    Fault(200, body="[]"),
]


def test_every_passage_is_done_whatever_happens_on_the_way(
    model: ModelService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.extraction.patience.jittered", lambda *_, **__: 0.0)
    monkeypatch.setattr("services.extraction.gate.jittered", lambda *_: 0.01)
    ids = acts(len(FAULTS))
    tried: Counter[str] = Counter()
    coming = cycle(FAULTS)

    def fault(n: int) -> Fault | None:
        text = model.calls[n - 1]["messages"][-1]["content"]
        tried[text] += 1
        return next(coming) if tried[text] <= 4 else None

    model.fault = fault
    result = pipeline.run(job(ids))
    assert (result["acts"], result["failed"], set(result["outcomes"])) == (len(ids), 0, {"ok"})
    with SessionLocal() as session:
        seen = set(session.scalars(sa.select(ModelCall.error_code).where(ModelCall.state == "failed")))
    assert seen == {"rate_limited", "provider_failed", "provider_down", "reply_unusable"}
    assert set(tried.values()) == {5}


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault(500), "provider_failed"),
        (Fault(0), "provider_down"),
        (Fault(200, body="{"), "reply_unusable"),
        (Fault(400, "context_length_exceeded"), "bad_request"),
    ],
)
def test_a_passage_that_never_succeeds_is_named_and_the_others_are_done(
    model: ModelService, monkeypatch: pytest.MonkeyPatch, fault: Fault, outcome: str
) -> None:
    monkeypatch.setattr("services.extraction.patience.jittered", lambda *_, **__: 0.0)
    ids = acts(4)
    poisoned = "№ 2 має право на захист"
    model.fault = lambda n: fault if poisoned in model.calls[n - 1]["messages"][-1]["content"] else None
    result = pipeline.run(job(ids, concurrency=1))
    assert (result["acts"], result["failed"], result["outcomes"][outcome]) == (4, 1, 1)
    (failed,) = service.failed_passages("job-1")
    assert (failed.act_id, failed.address, failed.outcome) == (ids[2], "ст. 1", outcome)
    last = extractions.last(ids[2])
    assert last is not None
    assert (last.failed, last.outcomes) == (1, {"ok": 1, outcome: 1})


def test_a_provider_that_fails_always_ends_the_run(
    model: ModelService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.extraction.patience.jittered", lambda *_, **__: 0.0)
    model.fault = lambda _n: Fault(503)
    with pytest.raises(ProviderFailedError):
        pipeline.run(job(acts(30), concurrency=2))
    assert len(model.calls) <= 6 * 12


def test_a_server_that_hangs_is_left_after_the_time_limit(model: ModelService) -> None:
    with SessionLocal.begin() as session:
        session.add(Preference(key=limits.OVERRIDES, value={"custom": {"timeout_seconds": 0.3}}))
    limits.forget()
    setup.override_price("loop-1", {"input": 1.0, "cached": 1.0, "output": 4.0})
    model.fault = lambda n: Fault(200, body="{}", seconds=0.6) if n == 2 else None
    result = pipeline.run(job(acts(1), concurrency=1))
    limits.forget()
    assert set(result["outcomes"]) == {"ok"}
    with SessionLocal() as session:
        columns = (ModelCall.state, ModelCall.error_code, ModelCall.repeated, ModelCall.cost_micro)
        first, silent, again = session.execute(sa.select(*columns).order_by(ModelCall.id))
    assert silent[:3] == ("failed", "provider_timeout", False)
    assert again[:3] == ("done", None, True)
    assert result["repeated"] == 1
    assert result["doubtful_micro"] == silent[3] > 0
    assert result["cost_micro"] == first[3] + silent[3] + again[3]


def test_what_may_have_been_charged_counts_against_the_limit(model: ModelService) -> None:
    """Answers cost 380 each and may cost more: a silent call is counted as that, and no repeat is left."""
    with SessionLocal.begin() as session:
        session.add(Preference(key=limits.OVERRIDES, value={"custom": {"timeout_seconds": 0.3}}))
    limits.forget()
    setup.override_price("loop-1", {"input": 1.0, "cached": 1.0, "output": 4.0})
    ids = acts(6)
    most = service.estimate(ids, "loop-1").cost_micro
    assert most
    limit = 380 + 3 * most[1] // (2 * 12)
    model.fault = lambda n: Fault(200, body="{}", seconds=0.6) if n > 1 else None
    result = pipeline.run(job(ids, concurrency=1, budget_micro=limit))
    limits.forget()
    assert result["stopped"] == "budget"
    assert len(model.calls) == 2
    assert 380 + result["doubtful_micro"] == result["cost_micro"] <= limit


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"finish_reason": "length"}, "cut_off"),
        ({"finish_reason": "content_filter"}, "refusal"),
        ({"message": {"role": "assistant", "content": None, "refusal": "Вибачте, не можу."}}, "refusal"),
    ],
)
def test_how_an_answer_ended_is_its_outcome(
    model: ModelService, change: dict[str, Any], outcome: str
) -> None:
    (act_id,) = acts(1)
    model.fault = lambda n: Fault(200, change=change) if n == 1 else None
    result = pipeline.run(job([act_id], concurrency=1))
    assert (result["outcomes"], result["unusable"]) == ({outcome: 1, "ok": 1}, 1)


def test_an_unusable_answer_says_nothing_about_earlier_suggestions(model: ModelService) -> None:
    (act_id,) = acts(1)
    pipeline.run(job([act_id], "first"))
    with SessionLocal.begin() as session:
        session.execute(sa.text("DELETE FROM passage_results"))
    model.fault = lambda _n: "не JSON"
    assert pipeline.run(job([act_id], "second"))["changes"] == {"stale": 0}
    assert {e.status for e in elements()} == {"suggested"}


def test_an_unusable_answer_lets_no_suggestion_without_a_place_go(model: ModelService) -> None:
    (act_id,) = acts(1)
    model.fault = lambda _n: '{"elements": [{"type": "RIGHT", "quote": "такого немає", "attributes": {}}]}'
    pipeline.run(job([act_id], "first"))
    with SessionLocal.begin() as session:
        session.execute(sa.text("DELETE FROM passage_results"))
    model.fault = lambda n: "не JSON" if n % 2 else '{"elements": []}'
    assert pipeline.run(job([act_id], "second"))["changes"]["stale"] == 0
    (found,) = elements()
    assert (found.quote, found.status) == ("такого немає", "suggested")


def test_retrying_asks_only_for_what_failed(model: ModelService) -> None:
    ids = acts(5)
    model.fault = lambda n: {2: "не JSON", 3: Fault(400, "x")}.get(n)
    pipeline.run(job(ids, concurrency=1))
    with SessionLocal.begin() as session:
        session.execute(sa.update(Job).values(status="succeeded"))
    assert [p.outcome for p in service.failed_passages("job-1")] == ["malformed", "bad_request"]
    retried = jobs.get(service.retry("job-1").job_id)
    assert retried is not None
    assert jobs.payload(retried.id)["act_ids"] == ids[:2]
    model.calls.clear()
    model.fault = lambda _n: None
    result = pipeline.run(job(ids[:2], "job-2", again=retried.payload["again"]))
    assert len(model.calls) == 2
    assert set(result["outcomes"]) == {"ok"}
    assert service.failed_passages("job-2") == []


def test_every_unprocessed_act_is_taken_however_many_there_are(database: str) -> None:
    with SessionLocal.begin() as session:
        rows = [
            {"title": "т", "text_hash": str(n), "text_length": n, "is_processed": n % 7 == 0}
            for n in range(3000)
        ]
        session.execute(sa.insert(LegalAct), rows)
        session.execute(sa.update(LegalAct).where(LegalAct.text_hash == "1").values(deleted_at=now()))
    listed = acts_service.ids(processed=False)
    assert len(listed) == 3000 - len(range(0, 3000, 7)) - 1
    everything = service.estimate([*listed, 2, 10**6], "loop-1")
    assert everything == service.estimate(None, "loop-1")
    assert everything.acts == len(listed)
    job_id = service.start(None, "loop-1").job_id
    assert jobs.payload(job_id)["act_ids"] == sorted(listed)
    job = jobs.get(job_id)
    assert job is not None
    assert job.payload["acts"] == len(listed)
    assert service.concerns(job, listed[0])
    assert not service.concerns(job, 2)


def test_retrying_takes_in_what_was_not_reached(model: ModelService) -> None:
    ids = acts(4)
    model.fault = lambda n: Fault(401, "invalid_api_key") if n > 4 else None
    with pytest.raises(KeyRejectedError):
        pipeline.run(job(ids, concurrency=1))
    retried = jobs.get(service.retry("job-1").job_id)
    assert retried is not None
    assert jobs.payload(retried.id)["act_ids"] == ids[2:]


def test_time_left_follows_from_the_latest_calls(model: ModelService) -> None:
    ids = acts(4)
    pipeline.run(job(ids))
    with SessionLocal.begin() as session:
        session.execute(sa.update(Job).values(started_at=now(), done=8, total=24))
        session.execute(sa.update(ModelCall).values(created_at=now() - timedelta(seconds=4)))
    running = jobs.get("job-1")
    assert running is not None
    assert service.time_left(running) == pytest.approx(8.0, abs=1.0)
    assert service.time_left(replace(running, done=24)) is None
    assert service.time_left(replace(running, status="queued")) is None


@pytest.mark.parametrize(
    "refusal",
    [
        {"message": "This response_format type is unavailable now", "type": "invalid_request_error"},
        {"message": "Invalid parameter", "param": "response_format", "code": "unsupported_value"},
    ],
)
def test_a_server_that_takes_no_schema_is_asked_without_one(
    model: ModelService, refusal: dict[str, str]
) -> None:
    ids = acts(3)
    answer = json.dumps({"error": refusal})
    model.fault = lambda n: Fault(400, body=answer) if "response_format" in model.calls[n - 1] else None
    result = pipeline.run(job(ids, concurrency=1))
    assert (result["failed"], set(result["outcomes"])) == (0, {"ok"})
    assert sum("response_format" in call for call in model.calls) == 1
