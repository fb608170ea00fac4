"""kill -9 of the worker at random points of a run over many acts.

No act is lost, no stored answer is asked for again, only calls in flight repeat. The model stand-in keeps
its own record of what it was asked: it is the witness beside the database. `make soak` kills thrice in 20
acts and twenty times in 200; `make test` has `test_kills.py`.
"""

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
import sqlalchemy as sa

from services.db import SessionLocal
from services.db.models import Extraction, ExtractionPassage, LegalAct, ModelCall, PassageResult
from services.extraction import chunking, plan, prompt, store
from services.extraction import service as extraction
from services.jobs import backend, worker
from services.jobs import service as jobs
from services.jobs.supervisor import Supervisor
from services.jobs.views import JobView
from services.setup import service as setup
from tests import real_acts, undisturbed
from tests.standins.model_service import ModelService, serve

AT_ONCE, LATENCY = 8, 0.1
LATEST = 0.97  # of the calls of an undisturbed run: the last kill still finds work to interrupt

pytestmark = [pytest.mark.xdist_group("kills"), pytest.mark.timeout(1800)]


@dataclass(frozen=True)
class Kill:
    """What was there when the worker died: stored answers, calls without one, and the witness's counts."""

    stored: dict[str, str]
    in_flight: frozenset[int]
    asked: Counter[str]


@pytest.fixture
def model(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelService]:
    with serve(ModelService(latency=LATENCY)) as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-loopback")
        monkeypatch.setenv("OPENAI_MODEL", "loop-1")
        monkeypatch.setenv("WANDB_ENABLED", "false")
        setup.override_price("loop-1", {"input": 1.0, "cached": 1.0, "output": 4.0})
        yield running


def questions(acts: list[str]) -> dict[str, str]:
    """What the model must be asked, by the key under which the answer is stored."""
    passages = [passage for text in acts for passage in chunking.split(text, plan.MAX_TOKENS)]
    return {store.key_of(passage, "loop-1"): question(prompt.messages(passage)) for passage in passages}


def question(messages: Any) -> str:
    return json.dumps(list(messages), ensure_ascii=False, sort_keys=True)


def witnessed(model: ModelService) -> Counter[str]:
    return Counter(question(call["messages"]) for call in list(model.calls))


@contextmanager
def supervised() -> Iterator[Supervisor]:
    """What the application starts: a supervisor with its engine and its worker."""
    backend.prepare()
    supervisor = Supervisor()
    supervisor.start()
    try:
        yield supervisor
    finally:
        supervisor.stop()


def kill(supervisor: Supervisor, model: ModelService, before: int | None) -> tuple[int, Kill]:
    """End a worker that was not ended `before` and look at what it left, before another one starts."""
    pid = fresh(before)
    with supervisor.tending:
        os.kill(pid, signal.SIGKILL)
        until(lambda: gone(pid))
        with SessionLocal.reading() as session:
            stored = {row.key: row.reply for row in session.scalars(sa.select(PassageResult))}
            in_flight = session.scalars(sa.select(ModelCall.id).where(ModelCall.state == "started"))
            return pid, Kill(stored, frozenset(in_flight), witnessed(model))


def fresh(before: int | None) -> int:
    until(lambda: (pid := worker.pid()) is not None and pid != before and not gone(pid))
    return worker.pid() or 0


def gone(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def until(true: Any, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.005)


def killed(
    ids: list[int], model: ModelService, calls: int, kills: int, seed: int
) -> tuple[JobView, list[Kill]]:
    """A run whose worker is killed so often, each time a moment after a random call."""
    chance, before, seen = random.Random(seed), None, []
    points = sorted(chance.randrange(1, round(calls * LATEST)) for _ in range(kills))
    print(f"seed {seed}: kills after calls {points}")
    with supervised() as supervisor:
        job_id = extraction.start(ids, concurrency=AT_ONCE).job_id
        for point in points:
            until(lambda point=point: len(model.calls) >= point)
            time.sleep(chance.uniform(0.0, 2 * LATENCY))
            before, left = kill(supervisor, model, before)
            assert (job := jobs.get(job_id)) and job.alive, "a kill after the end shows nothing"
            seen.append(left)
        return jobs.wait(job_id, 300), seen


def nothing_is_lost(
    model: ModelService, folder: Path, monkeypatch: pytest.MonkeyPatch, acts: int, kills: int, seed: int
) -> None:
    chosen = real_acts.of_the_civil_code(acts)
    expected = questions(chosen)
    calm = undisturbed.run(chosen, folder, monkeypatch)
    job, seen = killed(undisturbed.add(chosen), model, len(expected), kills, seed)
    assert (job.status, job.error_code) == ("succeeded", None)
    assert len(seen) == kills
    every_act_is_done(acts, expected)
    assert undisturbed.elements() == calm
    assert calm
    nothing_stored_was_asked_again(expected, seen, witnessed(model))
    every_repeat_is_recorded(expected, seen, witnessed(model), job)


def every_act_is_done(acts: int, expected: dict[str, str]) -> None:
    with SessionLocal.reading() as session:
        of_act = list(session.execute(sa.select(Extraction.act_id, Extraction.status)))
        passages = list(session.execute(sa.select(ExtractionPassage.result_key, ExtractionPassage.outcome)))
        read = session.scalar(sa.select(sa.func.count()).where(LegalAct.is_processed))
    assert len({act_id for act_id, _ in of_act}) == len(of_act) == read == acts
    assert {status for _, status in of_act} == {"completed"}
    assert Counter(key for key, _ in passages) == Counter(list(expected))
    assert {outcome for _, outcome in passages} == {"ok"}


def nothing_stored_was_asked_again(expected: dict[str, str], seen: list[Kill], asked: Counter[str]) -> None:
    with SessionLocal.reading() as session:
        after = {row.key: row.reply for row in session.scalars(sa.select(PassageResult))}
    assert set(after) == set(expected)
    for left in seen:
        assert left.stored.items() <= after.items()
        again = [q for key in left.stored if asked[q := expected[key]] != left.asked[q]]
        assert again == []


def every_repeat_is_recorded(
    expected: dict[str, str], seen: list[Kill], asked: Counter[str], job: JobView
) -> None:
    """A repeat of a call costs money: who reads the usage must find each, with what it cost."""
    with SessionLocal.reading() as session:
        calls = list(session.scalars(sa.select(ModelCall)))
    lost = Counter(call.key for call in calls if call.state == "lost")
    assert {c.id for c in calls if c.state == "lost"} == frozenset().union(*(k.in_flight for k in seen))
    assert max(len(left.in_flight) for left in seen) <= AT_ONCE
    assert Counter(call.key for call in calls if call.repeated) == lost
    assert Counter(call.key for call in calls if call.state == "done") == Counter(list(expected))
    assert {call.state for call in calls} == {"done", "lost"}
    for key, q in expected.items():
        assert 1 <= asked[q] <= 1 + lost[key]
    assert {call.cost_micro for call in calls if call.state == "done"} == {380}
    assert job.cost_micro == 380 * len(expected)
    assert job.result["repeated"] == lost.total()


@pytest.mark.soak
def test_three_kills_in_twenty_acts(
    model: ModelService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_is_lost(model, tmp_path / "calm", monkeypatch, acts=20, kills=3, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1, 2])
def test_twenty_kills_in_two_hundred_acts(
    model: ModelService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    nothing_is_lost(model, tmp_path / "calm", monkeypatch, acts=200, kills=20, seed=seed)
