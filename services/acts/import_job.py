"""The import that runs in a worker: many files, and acts by number from the Rada's open data.

The report of each file is an event of the job, written as soon as the file is done: what was done before a
kill is known after it, and pages show reports while the work goes on.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from services.acts import files
from services.acts.errors import FileError
from services.acts.intake import Intake
from services.acts.rada.asking import RadaList
from services.acts.rada.client import Client
from services.acts.sources import Columns, archives, kind_of
from services.acts.storing import FileReport
from services.db import SessionLocal
from services.db.models import JobEvent, LegalAct
from services.jobs import service as jobs
from services.jobs.errors import JobCancelled
from services.jobs.running import RunningJob
from services.jobs.service import Submitted
from services.jobs.views import JobView

KIND = "import"
EVENT = "file_reported"
_LATEST, _FEWEST = 20, 3  # reports from which the time left is told


@dataclass(frozen=True)
class _Item:
    """One thing to import. `key` is the same whenever the job runs."""

    key: str
    name: str
    path: Path | None = None


def start(
    uploads: Iterable[tuple[str, bytes]] = (),
    *,
    paths: Iterable[Path] = (),
    numbers: Iterable[str] = (),
    encoding: str | None = None,
    columns: Columns | None = None,
) -> Submitted:
    """Queue an import of uploaded files (name, bytes), of paths of this computer and of acts by number.

    Numbers are identifiers, printed numbers or links of the Rada's pages. Uploads are kept at once, so that
    the caller need not hold them.
    """
    payload = {
        "files": [{"name": name, "sha256": files.keep_bytes(data)} for name, data in uploads],
        "paths": [str(path.resolve()) for path in paths],
        "nregs": list(numbers),
        "encoding": encoding,
        "columns": asdict(columns) if columns else None,
    }
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    return jobs.submit(KIND, {}, dedupe_key=f"{KIND}:{digest[:32]}", bulk=payload)


def run(job: RunningJob) -> dict[str, Any]:
    """Do what is left of the job. Its result: counts by outcome; the reports are its events."""
    items = list(_items(job.payload))
    columns = job.payload.get("columns")
    chosen = Columns(**columns) if columns else None
    with (
        Intake(encoding=job.payload.get("encoding"), columns=chosen) as intake,
        Client(sleep=job.sleep) as client,
    ):
        try:
            counts = _import(job, items, intake, client)
        except JobCancelled:
            _forget_refused(job.payload)
            raise
    _forget_refused(job.payload)
    return dict(counts)


def _import(job: RunningJob, items: list[_Item], intake: Intake, client: Client) -> Counter[str]:
    done = _done(job.id)
    counts = Counter(outcome for parts in done.values() for outcome in parts.values())
    sizes = [_size(item) for item in items]
    begun, total, numbers = 0, sum(sizes), RadaList(client)
    for item, size in zip(items, sizes, strict=True):
        job.progress(begun, total)
        for part, report in _parts(item, intake, numbers, done.get(item.key, {})):
            counts[report.outcome] += 1
            job.event(EVENT, key=item.key, part=part, report=asdict(report))
            job.progress(begun + min(part + 1, size), total)
            job.check_cancelled()
        job.check_cancelled()
        begun += size
    job.progress(total, total)
    return counts


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


def _items(payload: dict[str, Any]) -> Iterator[_Item]:
    for file in payload.get("files") or ():
        yield _Item(f"{file['sha256']} {file['name']}", file["name"], files.path_of(file["sha256"]))
    for path in payload.get("paths") or ():
        yield _Item(path, Path(path).name, Path(path))
    for number in payload.get("nregs") or ():
        yield _Item(f"rada {number}", number)


def _size(item: _Item) -> int:
    """How many reports to expect of an item: an archive gives one for each file in it."""
    try:
        if item.path is None or kind_of(item.path, item.name) != "zip":
            return 1
        with archives.opened(item.path) as archive:
            return max(1, sum(1 for _ in archives.members(archive)))
    except (FileError, OSError):
        # What is wrong with it, its report will say.
        return 1


def _parts(
    item: _Item, intake: Intake, numbers: RadaList, done: Collection[int]
) -> Iterator[tuple[int, FileReport]]:
    if item.path is not None:
        yield from intake.parts(item.path, item.name, skip=done)
    elif 0 not in done:
        yield 0, numbers.bring(item.name)


def _done(job_id: str) -> dict[str, dict[int, str]]:
    """Outcomes of an earlier run of this job, by item and part."""
    found: dict[str, dict[int, str]] = {}
    statement = sa.select(JobEvent.data).where(JobEvent.job_id == job_id, JobEvent.code == EVENT)
    with SessionLocal.reading() as session:
        for data in session.scalars(statement.execution_options(yield_per=1_000)):
            found.setdefault(data["key"], {})[data["part"]] = data["report"]["outcome"]
    return found


def _forget_refused(payload: dict[str, Any]) -> None:
    """Uploads that became no act need not be kept."""
    wanted = {file["sha256"] for file in payload.get("files") or ()}
    with SessionLocal.reading() as session:
        for digest in wanted:
            if not session.scalar(sa.select(sa.exists().where(LegalAct.raw_hash == digest))):
                files.forget(digest)
