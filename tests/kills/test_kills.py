"""kill -9 of worker, engine and application, in the middle of extraction and of training.

After a restart every job ends, nothing that was stored is lost or asked for again, and only calls in
flight at the kill repeat, told as repeats. `make test` kills each once; `make soak` at five moments.
"""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser

from services.acts import samples
from services.datasets import service as datasets
from services.db import SessionLocal
from services.db.models import Element, FineTuningEvent, FineTuningJob, LegalAct, ModelCall, PassageResult
from services.extraction import service as extraction
from services.fine_tuning.service import FineTuningService
from services.jobs import service as jobs
from services.jobs.views import JobView
from tests.browser import Server, browser, serve, settle

__all__ = ["browser"]

pytestmark = [pytest.mark.xdist_group("kills"), pytest.mark.timeout(900)]
TARGETS = ("worker", "engine", "app")
MOMENTS = (0.05, 0.25, 0.5, 0.75, 0.95)


class Installation:
    """An application that can be killed and started again on the same folder."""

    def __init__(self, folder: Path, chromium: Browser) -> None:
        self.folder, self.chromium = folder, chromium
        self._stack = ExitStack()
        self.server: Server | None = None

    def start(self) -> None:
        self.server = self._stack.enter_context(serve(self.folder, env={"WANDB_ENABLED": "false"}))
        page = self.chromium.new_page()
        page.goto(self.server.url)  # the first visit is what starts engine and worker
        settle(page)
        page.close()

    def pid(self, target: str) -> int:
        if target == "app":
            assert self.server is not None
            return self.server.process.pid
        if target == "worker":
            return int((self.folder / "run" / "worker.pid").read_text(encoding="utf-8"))
        return int(json.loads((self.folder / "engine" / "engine.json").read_text(encoding="utf-8"))["pid"])

    def kill(self, target: str) -> None:
        os.kill(self.pid(target), signal.SIGKILL)
        if target == "app":
            self.start()

    def close(self) -> None:
        self._stack.close()


@pytest.fixture
def installation(data_dir: Path, browser: Browser) -> Iterator[Installation]:
    running = Installation(data_dir, browser)
    running.start()
    samples.load()
    yield running
    running.close()


def until(true: Callable[[], object], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


def at(job_id: str, share: float) -> None:
    """Wait until a job has come so far, or is over."""

    def far() -> bool:
        job = jobs.get(job_id)
        assert job is not None
        return not job.alive or (job.total > 0 and job.done / job.total >= share)

    until(far)


def ended_well(job_id: str) -> JobView:
    job = jobs.wait(job_id, 240)
    assert (job.status, job.error_code) == ("succeeded", None)
    return job


def small_acts() -> list[int]:
    with SessionLocal.reading() as session:
        query = sa.select(LegalAct.id).where(LegalAct.text_length.between(15_000, 60_000))
        return list(session.scalars(query.order_by(LegalAct.id).limit(4)))


Kills = Sequence[tuple[str, float]]
"""What is killed, and how far the job is then (share of its steps)."""


def extraction_survives(installation: Installation, kills: Kills) -> None:
    job_id = extraction.start(small_acts(), concurrency=4).job_id
    before: dict[str, str] = {}
    for target, share in kills:
        at(job_id, share)
        with SessionLocal.reading() as session:
            before |= {row.key: row.reply for row in session.scalars(sa.select(PassageResult))}
        installation.kill(target)
    job = ended_well(job_id)
    with SessionLocal.reading() as session:
        after = {row.key: row.reply for row in session.scalars(sa.select(PassageResult))}
        done = list(session.scalars(sa.select(ModelCall.key).where(ModelCall.state == "done")))
        repeated = session.scalar(sa.select(sa.func.count()).where(ModelCall.repeated)) or 0
        open_calls = session.scalar(sa.select(sa.func.count()).where(ModelCall.state == "started"))
        gold = session.scalar(sa.select(sa.func.count()).where(Element.status == "gold"))
    assert before.items() <= after.items()
    assert len(done) == len(set(done)) == len(after) == job.result["passages"]
    assert repeated <= 4 * len(kills)
    assert open_calls == 0
    assert gold == 1387


def training_survives(installation: Installation, kills: Kills) -> None:
    dataset = datasets.build("Перевірка стійкості", limit=40)
    launched = FineTuningService().launch(dataset.id, "norma-base-1")
    for target, share in kills:
        at(launched.id, share)
        installation.kill(target)

    def over() -> bool:
        return not FineTuningService().get_fine_tune_status(launched.id).alive

    until(over, 300)
    with SessionLocal.reading() as session:
        (row,) = session.scalars(sa.select(FineTuningJob))
        events = list(session.scalars(sa.select(FineTuningEvent.provider_event_id)))
    assert (row.status, row.error_code) == ("succeeded", None)
    assert row.fine_tuned_model
    assert len(events) == len(set(events))
    folders = [path for path in (installation.folder / "engine" / "models").iterdir() if path.is_dir()]
    assert len([path for path in folders if not path.name.startswith(".")]) >= 1


def test_extraction_survives_the_kill_of_each(installation: Installation) -> None:
    extraction_survives(installation, [("worker", 0.2), ("engine", 0.4), ("app", 0.6)])


def test_training_survives_the_kill_of_each(installation: Installation) -> None:
    training_survives(installation, [("engine", 0.2), ("worker", 0.4), ("app", 0.5)])


@pytest.mark.soak
@pytest.mark.parametrize("share", MOMENTS)
@pytest.mark.parametrize("target", TARGETS)
def test_extraction_survives_kills_at_five_moments(
    installation: Installation, target: str, share: float
) -> None:
    extraction_survives(installation, [(target, share)])


@pytest.mark.soak
@pytest.mark.parametrize("share", MOMENTS)
@pytest.mark.parametrize("target", TARGETS)
def test_training_survives_kills_at_five_moments(
    installation: Installation, target: str, share: float
) -> None:
    training_survives(installation, [(target, share)])
