"""Files become acts: each on its own, so that one bad file never costs the others."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from services.acts import import_job
from services.acts.intake import Intake
from services.acts.sources import Columns
from services.acts.storing import FileReport, Outcome
from services.jobs.running import RunningJob

__all__ = ["FileReport", "Outcome", "import_files", "import_paths", "import_text", "run"]


def import_files(
    files: Iterable[tuple[str, bytes]], *, encoding: str | None = None, columns: Columns | None = None
) -> list[FileReport]:
    """Store the texts of files (name, bytes) as acts, in order; a refused file stores nothing.

    Any format of `sources.ENDINGS`; an archive or a table gives a report for each act in it. `encoding`
    forces one for plain text, pages and tables; `columns` says what a table's columns hold. A text that is
    there already is never stored twice; a deleted act with the same text is restored.
    """
    with Intake(encoding=encoding, columns=columns) as intake:
        return [report for name, data in files for report in intake.data(name, data)]


def import_paths(
    paths: Iterable[Path], *, encoding: str | None = None, columns: Columns | None = None
) -> Iterator[FileReport]:
    """The same for files that stand on the disk, one at a time: memory does not grow with their number."""
    with Intake(encoding=encoding, columns=columns) as intake:
        for path in paths:
            yield from intake.file(path, path.name)


def import_text(text: str, title: str = "") -> FileReport:
    """Store a pasted text as an act; its title is the given one, or its own, or its first words."""
    with Intake() as intake:
        return intake.pasted(text, title)


def run(job: RunningJob) -> dict[str, Any]:
    """The durable import of files and of acts from the Rada's open data (see `import_job`)."""
    return import_job.run(job)
