"""A list of a hundred numbers in a real worker: through kills, a stop, and a portal that turns it away."""

import signal
from collections.abc import Iterator

import pytest

from services.acts import import_job, service
from services.acts.import_journal import NotDone
from services.acts.rada.asking import RadaList
from services.acts.rada.client import Client
from services.jobs import service as jobs
from services.jobs.running import run_job
from tests.standins.rada_service import LAW, RadaService, serve
from tests.worker_process import until, worker

pytestmark = pytest.mark.usefixtures("database")
HURRIED = "from services.acts.rada import pacing; pacing.SPACING, pacing.PAUSE = 0.0, (0.0, 0.0)"
COUNT = 100


@pytest.fixture
def rada(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[RadaService]:
    with serve() as running:
        monkeypatch.setenv("RADA_BASE_URL", running.url)
        running.latency = 0.01
        yield running


def reported(job_id: str) -> list[str]:
    """The names of all reports, the oldest first."""
    return [report.name for report in reversed(import_job.reports(job_id, limit=1000))]


def come_to(job_id: str, count: int) -> None:
    until(lambda: len(reported(job_id)) >= count, 60)


def repeated(rada: RadaService) -> int:
    """Texts that were asked for more than once."""
    return len(rada.texts_sent()) - len(set(rada.texts_sent()))


def test_a_list_goes_on_where_its_worker_was_killed(rada: RadaService) -> None:
    numbers = rada.publish(COUNT)
    job_id = import_job.start(numbers=numbers).job_id
    for done in (30, 60):
        with worker(HURRIED) as process:
            come_to(job_id, done)
            process.send_signal(signal.SIGKILL)
        assert len(reported(job_id)) < COUNT
    with worker(HURRIED):
        job = jobs.wait(job_id, seconds=90)
    assert (job.status, job.done, job.total) == ("succeeded", COUNT, COUNT)
    assert reported(job_id) == numbers
    assert service.counts().total == COUNT
    # Only the number in hand at a kill is asked for again.
    assert rada.texts_sent()[0] == numbers[0]
    assert set(rada.texts_sent()) == set(numbers)
    assert repeated(rada) <= 2
    cards = [path for path in rada.asked if path.startswith("laws/card/")]
    assert len(cards) <= COUNT + 2
    assert import_job.not_done(job) == NotDone([], [])


def test_a_list_that_is_stopped_says_what_it_left_and_the_rest_can_follow(rada: RadaService) -> None:
    numbers = rada.publish(COUNT)
    job_id = import_job.start(numbers=numbers).job_id
    with worker(HURRIED):
        come_to(job_id, 40)
        jobs.cancel(job_id)
        job = jobs.wait(job_id, seconds=30)
        done, asked = reported(job_id), len(rada.texts_sent())
        assert job.status == "cancelled"
        assert 40 <= len(done) < COUNT
        assert asked <= len(done) + 1
        left = import_job.not_done(job)
        assert done + left.names == numbers
        assert left.numbers == left.names
        assert import_job.counts(job_id) == {"imported": len(done)}
        again = jobs.wait(import_job.start(numbers=left.numbers).job_id, seconds=60)
    assert (again.status, again.done) == ("succeeded", len(left.numbers))
    assert service.counts().total == COUNT
    assert repeated(rada) <= 1


def test_a_stop_while_no_worker_ran_is_kept_by_the_next_one(rada: RadaService) -> None:
    numbers = rada.publish(COUNT)
    job_id = import_job.start(numbers=numbers).job_id
    with worker(HURRIED) as process:
        come_to(job_id, 5)
        process.send_signal(signal.SIGKILL)
    asked = len(rada.asked)
    jobs.cancel(job_id)
    with worker(HURRIED):
        job = jobs.wait(job_id, seconds=60)
    assert job.status == "cancelled"
    assert len(rada.asked) == asked
    assert import_job.not_done(job).numbers == numbers[len(reported(job_id)) :]


@pytest.mark.soak
def test_a_portal_that_turned_the_list_away_is_left_alone_after_a_restart_too(rada: RadaService) -> None:
    rada.faults = [302] * 50
    numbers = [f"{n}-20" for n in range(1, 1501)]
    job_id = import_job.start(numbers=numbers).job_id
    with worker(HURRIED) as process:
        come_to(job_id, 5)
        process.send_signal(signal.SIGKILL)
    assert len(import_job.reports(job_id, limit=2000)) < len(numbers)
    with worker(HURRIED):
        job = jobs.wait(job_id, seconds=60)
    assert job.result == {"refused": len(numbers)}
    assert len(rada.asked) == 3
    assert import_job.not_done(job) == NotDone([], numbers)


def test_three_refusals_before_an_interruption_count_after_it(rada: RadaService) -> None:
    rada.faults = [302] * 9
    with Client(sleep=lambda _: None) as client:
        before = [RadaList(client).bring(f"{n}-20") for n in range(1, 4)]
        assert RadaList(client, before[1:]).bring("4-20").code == "rada_moved"
        assert RadaList(client, before).bring("5-20").code == "rada_not_asked"
    assert len(rada.asked) == 4


def test_numbers_that_nobody_knows_are_not_offered_again(rada: RadaService) -> None:
    job_id = import_job.start(numbers=["404-20", LAW, "щось"]).job_id
    run_job(job_id)
    job = jobs.get(job_id)
    assert job is not None
    assert import_job.not_done(job) == NotDone([], [])
