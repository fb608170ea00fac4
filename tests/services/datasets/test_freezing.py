"""Freezing as a durable job: one press, one version, whatever happens to the worker."""

import pytest
import sqlalchemy as sa

from services.datasets import freezing
from services.datasets import service as datasets
from services.datasets.errors import BadRatiosError, NoGoldError
from services.db import SessionLocal
from services.db.models import DatasetItem, Element, GoldPassage, Job
from services.jobs import running
from services.jobs import service as jobs
from services.jobs.views import JobView
from tests.worker_process import until, worker


def freeze(name: str = "Договори", limit: int | None = 60) -> JobView:
    """The job after it was run here, as the worker runs it."""
    job_id = freezing.start(name, limit).job_id
    running.run_job(job_id)
    job = jobs.get(job_id)
    assert job is not None
    return job


def rows() -> int:
    with SessionLocal.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(DatasetItem)) or 0


def test_a_job_freezes_what_building_at_once_would(samples: int) -> None:
    job = freeze()
    made = datasets.get(job.result["dataset_id"])
    assert (job.status, job.done, job.total, job.result["reused"]) == ("succeeded", 100, 100, False)
    assert (made.name, made.passages, made.row_limit) == ("Договори", 60, 60)
    assert datasets.build("Інша назва", limit=60).id == made.id


def test_rows_that_are_frozen_already_are_found_again(samples: int) -> None:
    assert freeze("Інша назва", None).result == {"dataset_id": samples, "reused": True}


def test_a_preview_freezes_nothing_and_tells_the_same_counts_and_checks(samples: int) -> None:
    job_id = freezing.start_preview().job_id
    assert freezing.start_preview().job_id == job_id
    running.run_job(job_id)
    job, dataset = jobs.get(job_id), datasets.get(samples)
    assert job is not None and (job.status, job.done, job.total) == ("succeeded", 100, 100)
    preview = freezing.preview(job)
    shown = {split: (c.passages, c.acts, c.elements) for split, c in preview.splits.items()}
    assert shown == {split: (c.passages, c.acts, c.elements) for split, c in dataset.splits.items()}
    assert list(preview.checks) == [check for check in dataset.checks if check.code != "row_length"]
    assert len(datasets.list_versions()) == 1


def test_pressing_twice_freezes_once(samples: int) -> None:
    first, second = freezing.start("Договори", 60), freezing.start("Договори", 60)
    assert (first.job_id, second.created) == (second.job_id, False)
    assert freezing.start("Договори", 50).job_id != first.job_id


def test_a_job_that_had_stored_its_version_makes_no_other_although_other_rows_are_confirmed_now(
    samples: int,
) -> None:
    job = freeze()
    with SessionLocal.begin() as session:
        # As a worker leaves it that dies between storing the version and saying that the job is over.
        session.execute(sa.update(Job).where(Job.id == job.id).values(status="running"))
        session.execute(sa.delete(GoldPassage).where(GoldPassage.id % 2 == 0))
    assert running.run_job(job.id) == "succeeded"
    again = jobs.get(job.id)
    assert again is not None
    assert again.result == job.result
    assert [dataset.id for dataset in datasets.list_versions()] == [job.result["dataset_id"], samples]


def test_a_killed_worker_leaves_no_half_and_no_second_version(samples: int) -> None:
    before = rows()
    job_id = freezing.start("Договори", 90).job_id
    with worker() as first:
        until(lambda: (job := jobs.get(job_id)) is not None and job.done > 0)
        first.kill()
        first.wait(10)
    assert rows() in (before, before + 90)
    with worker():
        job = jobs.wait(job_id, 60)
    assert (job.status, rows()) == ("succeeded", before + 90)
    assert [dataset.name for dataset in datasets.list_versions()] == ["Договори", "Зразки"]


def test_a_job_that_is_stopped_makes_no_version(samples: int) -> None:
    job_id = freezing.start("Договори", 60).job_id
    with SessionLocal.begin() as session:
        session.execute(sa.update(Job).where(Job.id == job_id).values(status="running"))
    assert jobs.cancel(job_id)
    assert running.run_job(job_id) == "cancelled"
    assert [dataset.id for dataset in datasets.list_versions()] == [samples]


def test_what_cannot_be_frozen_is_refused_before_anything_is_queued(samples: int) -> None:
    with pytest.raises(BadRatiosError):
        freezing.start("Договори", ratios=(0, 50, 50))
    with SessionLocal.begin() as session:
        session.execute(sa.delete(GoldPassage))
        session.execute(sa.update(Element).values(status="rejected"))
    with pytest.raises(NoGoldError):
        freezing.start("Договори")
    assert jobs.live() == []


def test_what_was_rejected_while_the_job_waited_is_a_named_failure(samples: int) -> None:
    job_id = freezing.start("Договори").job_id
    with SessionLocal.begin() as session:
        session.execute(sa.delete(GoldPassage))
        session.execute(sa.update(Element).values(status="rejected"))
    assert running.run_job(job_id) == "failed"
    job = jobs.get(job_id)
    assert job is not None
    assert job.error_code == "no_gold"
