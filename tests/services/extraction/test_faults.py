"""A thousand faults of a provider in one run: every passage ends answered, or named and retryable.

The stand-in keeps its own record of what it did to each passage: what it did last is how the passage ended.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.db import SessionLocal
from services.db.models import Job, ModelCall, PassageResult, Preference
from services.extraction import chunking, patience, pipeline, plan, service
from services.jobs import running
from services.jobs import service as jobs
from services.jobs.running import RunningJob
from services.jobs.views import JobView
from services.llm import limits
from services.setup import service as setup
from tests import real_acts, undisturbed
from tests.browser import free_port
from tests.standins.model_service import Fault, ModelService, serve
from ui import errors
from ui.acts import outcomes
from ui.i18n import Text

AT_ONCE, TIMEOUT = 16, 1.5
REFUSAL = {"role": "assistant", "content": None, "refusal": "Вибачте, не можу."}
PAGE = "<html><body><h1>Service Unavailable</h1></body></html>"
HTML = {"Content-Type": "text/html; charset=utf-8"}
LIMITED = {"x-ratelimit-limit-requests": "60", "x-ratelimit-remaining-requests": "0"}


def limited(**headers: str) -> Fault:
    return Fault(429, "rate_limit_exceeded", {name.replace("_", "-"): v for name, v in headers.items()})


# What happens on the way, by the code it is kept under: the same question may succeed later.
PASSING: dict[str, list[Callable[[], Fault]]] = {
    "rate_limited": [
        limited,
        lambda: limited(Retry_After="0.02"),
        lambda: limited(Retry_After_Ms="30"),
        lambda: limited(Retry_After=formatdate(usegmt=True)),
        lambda: limited(Retry_After="soon"),
        lambda: Fault(429, headers={**HTML, "Retry-After": "0"}, body=PAGE),
    ],
    "provider_failed": [
        lambda: Fault(500),
        lambda: Fault(502, body="", headers=HTML),
        lambda: Fault(503, body=PAGE, headers=HTML),
        lambda: Fault(529, "overloaded_error"),
        lambda: Fault(408),
    ],
    "provider_down": [
        lambda: Fault(0),
        lambda: Fault(0, reset=True),
        lambda: Fault(200, change={}, cut=True),
    ],
    "provider_timeout": [lambda: Fault(200, change={}, seconds=2 * TIMEOUT)],
    "reply_unusable": [
        lambda: Fault(200, body="{"),
        lambda: Fault(200, body="[]"),
        lambda: Fault(200, body=""),
        lambda: Fault(
            200, body="data: {}\n\ndata: [DONE]\n\n", headers={"Content-Type": "text/event-stream"}
        ),
        lambda: Fault(200, body=PAGE, headers=HTML),
        lambda: Fault(200, body='{"error": {"message": "внутрішня помилка"}}'),
        lambda: Fault(200, body='{"id": "c", "object": "chat.completion", "choices": []}'),
        lambda: Fault(200, body='{"id": "c", "object": "chat.completion", "choices": null}'),
        lambda: Fault(200, change={"message": None}),
        lambda: Fault(200, change={"message": "слова"}),
    ],
}
# What ends a passage: the provider answered, and the answer is of no use.
FINAL: dict[str, list[Callable[[], Fault]]] = {
    "malformed": [lambda: said("Ось перелік елементів:"), lambda: said(None)],
    "wrong_schema": [
        lambda: said('{"щось": 1}'),
        lambda: said('{"elements": [{"type": "МРІЯ", "quote": "x"}]}'),
    ],
    "cut_off": [
        lambda: Fault(200, change={"finish_reason": "length"}),
        lambda: said('{"elements": [{"type": "RIGHT", "quo'),
    ],
    "refusal": [
        lambda: Fault(200, change={"finish_reason": "content_filter"}),
        lambda: Fault(200, change={"message": REFUSAL}),
    ],
    "bad_request": [
        lambda: Fault(400, "context_length_exceeded"),
        lambda: Fault(422, body=PAGE, headers=HTML),
    ],
    "ok": [
        lambda: Fault(200, change={}),
        lambda: Fault(200, change={}, headers={**LIMITED, "x-ratelimit-reset-requests": "40ms"}),
        lambda: Fault(200, change={}, headers={"x-ratelimit-remaining-tokens": "plenty"}),
    ],
}


def said(content: str | None) -> Fault:
    return Fault(200, change={"message": {"role": "assistant", "content": content, "refusal": None}})


class Trouble:
    """Spoils up to nine answers to a passage and then gives a last one; keeps what it did, by passage."""

    def __init__(self, model: ModelService, seed: int) -> None:
        self.model, self.chance = model, random.Random(seed)
        self.coming: dict[str, Iterator[tuple[str, Fault]]] = {}
        self.did: defaultdict[str, list[str]] = defaultdict(list)

    def __call__(self, n: int) -> Fault:
        text = self.model.calls[n - 1]["messages"][-1]["content"]
        if text not in self.coming:
            self.coming[text] = iter(self._course())
        code, fault = next(self.coming[text])
        self.did[text].append(code)
        return fault

    def _course(self) -> list[tuple[str, Fault]]:
        passing = [self._one(PASSING, code) for code in self._codes()]
        last = self.chance.choice(["ok", "ok", *FINAL])
        return [*passing, self._one(FINAL, last)]

    def _codes(self) -> list[str]:
        weights = {"rate_limited": 2, "provider_failed": 4, "provider_down": 3, "reply_unusable": 4}
        names = [*weights, "provider_timeout"]
        return self.chance.choices(names, [*weights.values(), 0.12], k=self.chance.randrange(10))

    def _one(self, kinds: dict[str, list[Callable[[], Fault]]], code: str) -> tuple[str, Fault]:
        return code, self.chance.choice(kinds[code])()

    def faults(self) -> Counter[str]:
        return Counter(code for codes in self.did.values() for code in codes if code != "ok")


@pytest.fixture
def model(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelService]:
    with serve() as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-loopback")
        monkeypatch.setenv("OPENAI_MODEL", "loop-1")
        yield running
        limits.forget()


def impatient() -> None:
    """Short waits, as the limits of a provider can be set."""
    value = {"custom": {"timeout_seconds": TIMEOUT, "first_pause_seconds": 0.01}}
    with SessionLocal.begin() as session:
        session.add(Preference(key=limits.OVERRIDES, value=value))
    limits.forget()


def patient() -> None:
    """The limits as they come."""
    with SessionLocal.begin() as session:
        session.execute(sa.delete(Preference).where(Preference.key == limits.OVERRIDES))
    limits.forget()


def run(job_id: str) -> dict[str, Any]:
    """What the worker does with a job."""
    job = jobs.get(job_id)
    assert job is not None
    result = pipeline.run(RunningJob(job_id, "extraction", jobs.payload(job_id), 1))
    with SessionLocal.begin() as session:
        session.execute(sa.update(Job).where(Job.id == job_id).values(status="succeeded", result=result))
    return result


def all_is_recorded(trouble: Trouble) -> None:
    """Each fault of a call stands in the usage under its code, each answer once."""
    with SessionLocal.reading() as session:
        calls = list(session.execute(sa.select(ModelCall.state, ModelCall.error_code)))
        answers = session.scalar(sa.select(sa.func.count()).select_from(PassageResult))
    faults = {code: n for code, n in trouble.faults().items() if code in {*PASSING, "bad_request"}}
    assert Counter(code for state, code in calls if state == "failed") == faults
    assert Counter(state for state, _ in calls)["done"] == answers
    assert {state for state, _ in calls} == {"done", "failed"}


def all_is_named(job_id: str, last: Counter[str]) -> None:
    """What failed is told in words, passage by passage and in sum."""
    t = Text("uk")
    failed = last - Counter(ok=last["ok"])
    found = service.failed_passages(job_id, limit=10_000)
    assert Counter(passage.outcome for passage in found) == failed
    lines = outcomes.told(t, failed)
    assert len(lines) == len(failed)
    assert not [line for line in lines for code in failed if code in line]


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.soak) for n in (2, 3, 4))])
def test_a_thousand_faults_leave_every_passage_done_or_named_and_retryable(
    model: ModelService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    texts = real_acts.of_the_civil_code(46)
    calm = undisturbed.run(texts, tmp_path / "calm", monkeypatch)
    impatient()
    model.fault = trouble = Trouble(model, seed)
    first = service.start(undisturbed.add(texts), concurrency=AT_ONCE).job_id
    result = run(first)
    print(f"seed {seed}: {trouble.faults().total()} faults, {result['outcomes']}")
    assert trouble.faults().total() >= 1000
    assert set(trouble.faults()) == {*PASSING, *FINAL} - {"ok"}
    last = Counter(codes[-1] for codes in trouble.did.values())
    assert result["outcomes"] == last
    assert last.total() == result["passages"] == result["failed"] + result["unusable"] + last["ok"]
    all_is_recorded(trouble)
    all_is_named(first, last)

    model.fault = lambda _n: None
    before = len(model.calls)
    patient()
    result = run(service.retry(first).job_id)
    assert set(result["outcomes"]) == {"ok"}
    again = Counter(model.texts()[before:])
    assert again == Counter(text for text, codes in trouble.did.items() if codes[-1] != "ok")
    assert undisturbed.elements() == calm


def calls() -> int:
    with SessionLocal.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(ModelCall)) or 0


def ended(job_id: str) -> JobView:
    """A job after the worker's own way of running it."""
    running.run_job(job_id)
    job = jobs.get(job_id)
    assert job is not None
    return job


def test_a_provider_that_is_not_there_ends_the_run_after_one_round_of_calls(
    model: ModelService, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient()
    there = model.url
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{free_port()}/v1")
    ids = undisturbed.add(real_acts.of_the_civil_code(20))
    job = ended(service.start(ids, concurrency=4).job_id)
    assert (job.status, job.error_code) == ("failed", "provider_down")
    assert set(job.result["outcomes"]) <= {"provider_down"}
    assert 4 * 6 <= calls() < 8 * 6
    words = errors.explain_code(Text("uk"), "provider_down", job.error_data)
    assert "127.0.0.1" in words.text
    assert "«Налаштування»" in words.next_step

    monkeypatch.setenv("OPENAI_BASE_URL", there)
    job = ended(service.retry(job.id).job_id)
    assert (job.status, job.result["acts"], job.result["failed"]) == ("succeeded", 20, 0)


@pytest.mark.parametrize(
    "silence",
    [
        Fault(200, change={}, seconds=20.0),
        Fault(200, change={}, drip=0.1),
        Fault(200, change={}, drip=0.1, drip_head=True),
    ],
    ids=["hangs", "drips its answer", "drips all of it"],
)
def test_a_provider_that_never_answers_ends_the_run_after_one_round_of_calls(
    model: ModelService, silence: Fault
) -> None:
    impatient()
    setup.override_price("loop-1", {"input": 1.0, "cached": 1.0, "output": 4.0})
    model.fault = lambda _n: silence
    ids = undisturbed.add(real_acts.of_the_civil_code(20))
    job = ended(service.start(ids, concurrency=4).job_id)
    assert (job.status, job.error_code) == ("failed", "provider_timeout")
    assert len(model.calls) == calls() == 4
    words = errors.explain_code(Text("uk"), "provider_timeout", job.error_data)
    assert "127.0.0.1" in words.text
    # Each may have been charged, and is written down so.
    with SessionLocal.reading() as session:
        rows = list(session.execute(sa.select(ModelCall.state, ModelCall.error_code, ModelCall.cost_micro)))
    assert {row[:2] for row in rows} == {("failed", "provider_timeout")}
    assert job.result["doubtful_micro"] == job.cost_micro == sum(row[2] for row in rows) > 4 * 300

    model.fault = lambda _n: None
    job = ended(service.retry(job.id).job_id)
    assert (job.status, job.result["acts"], job.result["failed"]) == ("succeeded", 20, 0)


def test_a_provider_that_falls_silent_in_the_middle_keeps_what_was_found(model: ModelService) -> None:
    impatient()
    model.fault = lambda n: Fault(200, change={}, seconds=20.0) if n > 40 else None
    texts = real_acts.of_the_civil_code(20)
    job = ended(service.start(undisturbed.add(texts), concurrency=4).job_id)
    assert (job.status, job.error_code) == ("failed", "provider_timeout")
    assert job.result["acts"] >= 6
    # Eight passages' worth in a row: four of them, each asked about twice, and what began meanwhile.
    assert 40 + 2 * 4 <= len(model.calls) <= 40 + 4 * 4
    assert set(Counter(model.texts()[40:]).values()) <= {1, 2}


def test_an_outage_in_the_middle_keeps_what_was_found_and_counts_what_failed(model: ModelService) -> None:
    impatient()
    model.fault = lambda n: Fault(503) if n > 40 else None
    texts = real_acts.of_the_civil_code(20)
    passages = [passage for text in texts for passage in chunking.split(text, plan.MAX_TOKENS)]
    job = ended(service.start(undisturbed.add(texts), concurrency=4).job_id)
    assert (job.status, job.error_code) == ("failed", "provider_failed")
    assert job.result["outcomes"]["ok"] + job.result["failed"] == job.result["passages"] > 0
    assert job.result["acts"] >= 6
    model.fault = lambda _n: None
    model.calls.clear()
    job = ended(service.retry(job.id).job_id)
    assert (job.status, set(job.result["outcomes"])) == ("succeeded", {"ok"})
    asked = Counter(model.texts())
    assert set(asked.values()) == {1}
    assert asked.total() == len(passages) - 40


def test_an_engine_that_does_not_come_back_is_named_as_the_engine(
    database: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "_ENGINE_PATIENCE", 0.5)
    (data_dir / "engine").mkdir()
    (data_dir / "engine" / "engine.json").write_text(json.dumps({"port": free_port()}), encoding="utf-8")
    ids = undisturbed.add(real_acts.of_the_civil_code(5))
    job = ended(service.start(ids).job_id)
    assert (job.status, job.error_code) == ("failed", "provider_down")
    words = errors.explain_code(Text("uk"), "provider_down", job.error_data)
    assert words.title == "Вбудована модель ще не готова"
    assert "Налаштування" not in words.next_step
