"""Backing up to one file and restoring from it, while the application runs."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from services.backup import archive
from services.backup.errors import BusyError, ServerDatabaseError
from services.config import settings
from services.db import SessionLocal, engine, migrate
from services.db.models import Job
from services.jobs import backend, supervisor
from services.jobs import service as jobs

_KEPT = 5
_FOLDERS = ("engine", "files", "tracking", "wandb")


@dataclass(frozen=True)
class BackupFile:
    """A backup on this computer; `size` in bytes."""

    path: Path
    made_at: datetime
    size: int


def create(prefix: str = "norma") -> BackupFile:
    """Write a backup to DATA_DIR/backups. Raises ServerDatabaseError, NoSpaceError."""
    _only_sqlite()
    folder = settings.data_dir / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.now(UTC)
    target = folder / f"{prefix}-{moment.strftime('%Y%m%d-%H%M%S')}.zip"
    archive.write(settings.data_dir, target)
    for old in sorted(folder.glob(f"{prefix}-*.zip"))[:-_KEPT]:
        old.unlink()
    return BackupFile(target, moment, target.stat().st_size)


def latest() -> BackupFile | None:
    """The newest backup made here."""
    files = sorted((settings.data_dir / "backups").glob("norma-*.zip"))
    if not files:
        return None
    facts = files[-1].stat()
    return BackupFile(files[-1], datetime.fromtimestamp(facts.st_mtime, UTC), facts.st_size)


def restore(source: IO[bytes]) -> BackupFile:
    """Replace everything by a backup's content; what was there is backed up first (returned).

    Raises NotABackupError, BackupNewerError, NoSpaceError, BusyError, ServerDatabaseError; then nothing
    was changed.
    """
    _only_sqlite()
    running = jobs.live()
    if running:
        raise BusyError(count=len(running))
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix=archive.UNPACKED) as folder:
        archive.unpack(source, Path(folder))
        before = create("before-restore")
        with supervisor.paused():
            _replace(Path(folder))
    return before


def _replace(folder: Path) -> None:
    engine.dispose()
    backend.forget()
    for path in settings.data_dir.glob("jobs.db*"):
        path.unlink()
    _copy_database(folder / archive.DATABASE, settings.data_dir / archive.DATABASE)
    for name in _FOLDERS:
        target = settings.data_dir / name
        shutil.rmtree(target, ignore_errors=True)
        if (folder / name).is_dir():
            shutil.move(folder / name, target)
    migrate.upgrade()
    backend.prepare()
    with SessionLocal.begin() as session:
        session.execute(sa.update(Job).where(Job.status == "running").values(status="queued"))


def _copy_database(source: Path, target: Path) -> None:
    """Copied page by page into the live file, so that open connections see the new content."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=30)) as new:
        old.backup(new)


def _only_sqlite() -> None:
    if make_url(settings.database_url).get_backend_name() != "sqlite":
        raise ServerDatabaseError
