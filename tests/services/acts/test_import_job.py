"""Imports in a worker: every file answered for once, through kills and cancellations."""

import json
import signal
from pathlib import Path

import pytest

from services.acts import files, import_job, service
from services.acts.sources import Columns
from services.jobs import service as jobs
from services.jobs.running import run_job
from tests.documents import docx_bytes, xlsx_bytes, zip_bytes
from tests.standins.rada_service import LAW, serve
from tests.worker_process import until, worker

pytestmark = pytest.mark.usefixtures("database")


def order(number: int) -> bytes:
    return f"НАКАЗ\nПро строки № {number}\n1. Установити строк {number} днів.\n".encode()


def done(job_id: str) -> jobs.JobView:
    run_job(job_id)
    job = jobs.get(job_id)
    assert job is not None
    return job


def test_uploads_paths_and_numbers_are_imported_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "закон.docx"
    path.write_bytes(docx_bytes())
    with serve() as rada:
        monkeypatch.setenv("RADA_BASE_URL", rada.url)
        started = import_job.start(
            [("наказ.txt", order(1)), ("акти.zip", zip_bytes({"а.txt": order(2), "б.txt": b""}))],
            paths=[path],
            numbers=["№ 1103-V", "щось"],
        )
        job = done(started.job_id)
    assert (job.status, job.done, job.total) == ("succeeded", 6, 6)
    assert job.result == {"imported": 4, "refused": 2}
    found = import_job.reports(started.job_id)
    assert [(r.name, r.outcome, r.code) for r in reversed(found)] == [
        ("наказ.txt", "imported", ""),
        ("акти.zip/а.txt", "imported", ""),
        ("акти.zip/б.txt", "refused", "empty_file"),
        ("закон.docx", "imported", ""),
        ("№ 1103-V", "imported", ""),
        ("щось", "refused", "number_unclear"),
    ]
    assert [r.name for r in import_job.reports(started.job_id, outcome="refused")] == [
        "щось",
        "акти.zip/б.txt",
    ]
    assert service.search("1103-16").total == 1
    assert service.search(LAW).rows[0].origin == "rada"


def test_a_list_ends_where_the_service_turns_every_number_away(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve() as rada:
        monkeypatch.setenv("RADA_BASE_URL", rada.url)
        rada.faults = [302, 302, 404, 302, 302, 302]
        numbers = ["1-20", "2-20", "404-20", "3-20", "щось", "4-20", "5-20", "6-20", "7-20"]
        started = import_job.start(numbers=numbers)
        job = done(started.job_id)
    assert job.result == {"refused": 9}
    assert [(r.name, r.code) for r in reversed(import_job.reports(started.job_id))] == [
        ("1-20", "rada_moved"),
        ("2-20", "rada_moved"),
        ("404-20", "act_not_at_rada"),  # an answer: the service is there
        ("3-20", "rada_moved"),
        ("щось", "number_unclear"),
        ("4-20", "rada_moved"),
        ("5-20", "rada_moved"),
        ("6-20", "rada_not_asked"),
        ("7-20", "rada_not_asked"),
    ]
    assert len(rada.asked) == 6


def test_a_table_comes_in_by_its_chosen_columns() -> None:
    table = xlsx_bytes([["№", "Текст"], ["7-2026-п", "Перший акт про строки"], ["8", "Другий акт"]])
    started = import_job.start([("т.xlsx", table)], columns=Columns(text="Текст", number="№"))
    assert done(started.job_id).result == {"imported": 2}
    assert service.search("7-2026-п").total == 1


def test_uploads_that_became_no_act_are_not_kept(data_dir: Path) -> None:
    started = import_job.start([("а.txt", order(1)), ("б.pdf", b"%PDF-1.4 broken")])
    assert len(list(files.folder().iterdir())) == 2
    done(started.job_id)
    kept = [path.read_bytes() for path in files.folder().iterdir()]
    assert kept == [order(1)]


def test_pressing_twice_starts_one_import() -> None:
    first, second = (import_job.start([("а.txt", order(1))]) for _ in range(2))
    assert (first.created, second.created) == (True, False)


def test_an_import_stops_when_it_is_told_to() -> None:
    started = import_job.start([(f"{n}.txt", order(n)) for n in range(50)])
    jobs.cancel(started.job_id)
    assert done(started.job_id).status == "cancelled"
    assert service.counts().total == 0


def test_an_import_that_was_stopped_names_what_it_left() -> None:
    archive = zip_bytes({f"{n}.txt": order(n) for n in range(300)})
    started = import_job.start([("акти.zip", archive), ("ще.txt", order(1000))], numbers=["1103-16"])
    with worker():
        until(lambda: reported(started.job_id) >= 30, 60)
        jobs.cancel(started.job_id)
        job = jobs.wait(started.job_id, seconds=30)
    assert job.status == "cancelled"
    assert reported(started.job_id) < 300
    left = import_job.not_done(job)
    assert (left.names, left.numbers) == (["акти.zip", "ще.txt", "1103-16"], ["1103-16"])


def reported(job_id: str) -> int:
    return len(import_job.reports(job_id, limit=1000))


def test_an_import_goes_on_where_it_was_killed(data_dir: Path) -> None:
    archive = zip_bytes({f"{n}.txt": order(n) for n in range(300)})
    started = import_job.start([("акти.zip", archive), ("ще.txt", order(1000))])
    with worker() as process:
        until(lambda: reported(started.job_id) >= 60, 60)
        process.send_signal(signal.SIGKILL)
    assert reported(started.job_id) < 301
    with worker():
        job = jobs.wait(started.job_id, seconds=90)
    assert job.status == "succeeded"
    found = import_job.reports(started.job_id, limit=1000)
    assert sorted({r.name for r in found}) == sorted([*(f"акти.zip/{n}.txt" for n in range(300)), "ще.txt"])
    # Only the file in hand at a kill may have been stored without its report; then it is there already.
    assert sum(r.outcome == "imported" for r in found) >= 301 - 1
    assert len(found) == 301
    assert service.counts().total == 301


def test_a_report_survives_as_it_was() -> None:
    started = import_job.start([("великий.txt", b"x" * (21 * 1024**2))])
    done(started.job_id)
    report = import_job.reports(started.job_id)[0]
    assert (report.code, report.data["limit_mb"]) == ("file_too_large", 20)
    assert json.dumps(report.data)
