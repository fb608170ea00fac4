"""The import that runs in a worker: many files, and acts by number from the Rada's open data.

The report of each file is an event of the job, written as soon as the file is done: what was done before a
kill is known after it, and pages show reports while the work goes on.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from services.acts import files, import_journal
from services.acts.errors import FileError
from services.acts.import_journal import EVENT, Item
from services.acts.intake import Intake
from services.acts.rada.asking import TURNED_AWAY, RadaList
from services.acts.rada.client import Client
from services.acts.sources import Columns, archives, kind_of
from services.acts.sources.names import shown
from services.acts.storing import FileReport
from services.db import SessionLocal
from services.db.models import LegalAct
from services.jobs import service as jobs
from services.jobs.errors import JobCancelled
from services.jobs.running import RunningJob
from services.jobs.service import Submitted

KIND = "import"
reports = import_journal.reports
counts = import_journal.counts
not_done = import_journal.not_done
time_left = import_journal.time_left


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
        "files": [{"name": shown(name), "sha256": files.keep_bytes(data)} for name, data in uploads],
        "paths": [str(path.resolve()) for path in paths],
        "nregs": list(dict.fromkeys(numbers)),
        "encoding": encoding,
        "columns": asdict(columns) if columns else None,
    }
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    return jobs.submit(KIND, {}, dedupe_key=f"{KIND}:{digest[:32]}", bulk=payload)


def run(job: RunningJob) -> dict[str, Any]:
    """Do what is left of the job. Its result: counts by outcome; the reports are its events."""
    items = list(import_journal.items(job.payload))
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


def _import(job: RunningJob, items: list[Item], intake: Intake, client: Client) -> Counter[str]:
    done = import_journal.done(job.id)
    counts = Counter(outcome for parts in done.values() for outcome in parts.values())
    sizes = [_size(item) for item in items]
    begun, total = 0, sum(sizes)
    numbers = RadaList(client, reversed(reports(job.id, TURNED_AWAY)))
    # What earlier attempts did is told at once, before the next number keeps everybody waiting.
    job.progress(sum(min(len(done.get(i.key, ())), n) for i, n in zip(items, sizes, strict=True)), total)
    job.check_cancelled()
    for item, size in zip(items, sizes, strict=True):
        for part, report in _parts(item, intake, numbers, done.get(item.key, {})):
            counts[report.outcome] += 1
            job.event(EVENT, key=item.key, part=part, report=asdict(report))
            job.progress(begun + min(part + 1, size), total)
            _stop_if_asked(job, item, is_last=part + 1 == size)
        job.check_cancelled()
        begun += size
    job.progress(total, total)
    return counts


def _stop_if_asked(job: RunningJob, item: Item, *, is_last: bool) -> None:
    """Raise JobCancelled if the user asked to stop; an archive that is done in part is remembered."""
    if job.cancelled() and not is_last:
        job.keep({import_journal.IN_PART: item.name})
    job.check_cancelled()


def _size(item: Item) -> int:
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
    item: Item, intake: Intake, numbers: RadaList, done: Collection[int]
) -> Iterator[tuple[int, FileReport]]:
    if item.path is not None:
        yield from intake.parts(item.path, item.name, skip=done)
    elif 0 not in done:
        yield 0, numbers.bring(item.name)


def _forget_refused(payload: dict[str, Any]) -> None:
    """Uploads that became no act need not be kept."""
    wanted = {file["sha256"] for file in payload.get("files") or ()}
    with SessionLocal.reading() as session:
        for digest in wanted:
            if not session.scalar(sa.select(sa.exists().where(LegalAct.raw_hash == digest))):
                files.forget(digest)
