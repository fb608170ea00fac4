"""What an import was given, and what has become of each thing so far: read from its job's events."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from services.acts import files
from services.acts.rada.asking import may_come_later
from services.acts.storing import FileReport
from services.db import SessionLocal
from services.db.models import JobEvent
from services.jobs import service as jobs
from services.jobs.views import JobView

EVENT = "file_reported"
IN_PART = "in_part"
"""Under this name the `result` of a stopped job holds the archive or table that it was in the middle of."""

_MOST_NUMBERS = 10_000
_LATEST, _FEWEST = 20, 3  # reports from which the time left is told


@dataclass(frozen=True)
class Item:
    """One thing to import. `key` is the same whenever the job runs."""

    key: str
    name: str
    path: Path | None = None


@dataclass(frozen=True)
class NotDone:
    """What an import has left: `names` that were never come to, the first of them perhaps an archive done in
    part; `numbers` are those that the Rada can be asked for again, also where it had turned them away."""

    names: list[str]
    numbers: list[str]


def items(payload: dict[str, Any]) -> Iterator[Item]:
    """What a job was given, in the order in which it is imported: files, paths, numbers of the Rada."""
    for file in payload.get("files") or ():
        yield Item(f"{file['sha256']} {file['name']}", file["name"], files.path_of(file["sha256"]))
    for path in payload.get("paths") or ():
        yield Item(path, Path(path).name, Path(path))
    for number in payload.get("nregs") or ():
        yield Item(f"rada {number}", number)


def reports(job_id: str, limit: int = 200, outcome: str | None = None) -> list[FileReport]:
    """What became of the files of a job so far, the newest first; of one outcome only if that is given."""
    statement = (
        sa.select(JobEvent.data)
        .where(JobEvent.job_id == job_id, JobEvent.code == EVENT)
        .order_by(JobEvent.id.desc())
    )
    if outcome:
        statement = statement.where(JobEvent.data["report"]["outcome"].as_string() == outcome)
    with SessionLocal.reading() as session:
        return [_report(data) for data in session.scalars(statement.limit(limit))]


def counts(job_id: str) -> dict[str, int]:
    """How many files and numbers of a job have met each outcome so far."""
    outcome = JobEvent.data["report"]["outcome"].as_string()
    statement = sa.select(outcome, sa.func.count()).where(JobEvent.job_id == job_id, JobEvent.code == EVENT)
    with SessionLocal.reading() as session:
        return {row[0]: row[1] for row in session.execute(statement.group_by(outcome))}


def not_done(job: JobView) -> NotDone:
    """What a job that is over has left undone."""
    payload = jobs.payload(job.id)
    reported = done(job.id) if job.status != "succeeded" else None
    names = [] if reported is None else [item.name for item in items(payload) if item.key not in reported]
    if job.result.get(IN_PART):
        names.insert(0, job.result[IN_PART])
    refused = {r.name for r in reports(job.id, _MOST_NUMBERS, "refused") if may_come_later(r)}
    wanted = payload.get("nregs") or ()
    return NotDone(names, [number for number in wanted if number in names or number in refused])


def time_left(job: JobView) -> float | None:
    """Seconds a running import still needs, from the speed of its latest reports; None if not known."""
    left = job.total - job.done
    if job.status != "running" or left <= 0:
        return None
    statement = sa.select(JobEvent.created_at).where(JobEvent.job_id == job.id, JobEvent.code == EVENT)
    with SessionLocal.reading() as session:
        moments = list(session.scalars(statement.order_by(JobEvent.id.desc()).limit(_LATEST)))
    if len(moments) < _FEWEST:
        return None
    return left * (moments[0] - moments[-1]).total_seconds() / (len(moments) - 1)


def _report(data: dict[str, Any]) -> FileReport:
    return FileReport(**data["report"])


def done(job_id: str) -> dict[str, dict[int, str]]:
    """Outcomes of an earlier run of this job, by item and part."""
    found: dict[str, dict[int, str]] = {}
    statement = sa.select(JobEvent.data).where(JobEvent.job_id == job_id, JobEvent.code == EVENT)
    with SessionLocal.reading() as session:
        for data in session.scalars(statement.execution_options(yield_per=1_000)):
            found.setdefault(data["key"], {})[data["part"]] = data["report"]["outcome"]
    return found
