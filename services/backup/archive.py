"""The archive itself: what goes in, and how an archive is checked before anything is replaced."""

import json
import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from services.backup.errors import BackupNewerError, NoSpaceError, NotABackupError
from services.db import migrate

MANIFEST = "norma-backup.json"
DATABASE = "norma.db"
_FORMAT = 1
# Logs, locks, DBOS's own queue and copies made before are no data of the user's; keys never leave.
_LEFT_OUT = {"logs", "run", "backups", "cache", "uploads", "jobs.db", ".env"}
_LEFT_OUT |= {"engine.json", "engine.log", "trainer.log"}
UNPACKED = "restore-"
_UNFINISHED = ("draft-", UNPACKED)
_JOURNALS = ("-wal", "-shm", "-journal", ".tmp", ".lock")
_MOST_BYTES = 20 * 2**30


def write(data_dir: Path, target: Path) -> None:
    """Write everything under `data_dir` that is data into the zip `target`, databases consistently."""
    _check_space(data_dir, target)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        part = Path(folder) / "part.zip"
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            manifest = {"format": _FORMAT, "made_at": datetime.now(UTC).isoformat(), "app": "norma"}
            archive.writestr(MANIFEST, json.dumps(manifest))
            for path in sorted(data_dir.rglob("*")):
                name = path.relative_to(data_dir)
                if path.is_file() and not path.is_symlink() and _is_data(name):
                    _add(archive, path, name, Path(folder))
        part.replace(target)


def unpack(source: IO[bytes], folder: Path) -> None:
    """Check an archive and unpack it into the empty `folder`.

    Raises NotABackupError, BackupNewerError, NoSpaceError; names that point outside are refused.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            _check_manifest(archive)
            _check_entries(archive, folder)
            archive.extractall(folder)  # every name was checked
        _check_database(folder / DATABASE)
    except (zipfile.BadZipFile, EOFError, sqlite3.DatabaseError, OSError, RuntimeError) as problem:
        raise NotABackupError(reason=type(problem).__name__) from problem


def _is_data(name: Path) -> bool:
    half_written = any(part.startswith(_UNFINISHED) for part in name.parts)
    return not half_written and not _LEFT_OUT.intersection(name.parts) and not name.name.endswith(_JOURNALS)


def _add(archive: zipfile.ZipFile, path: Path, name: Path, scratch: Path) -> None:
    """A live SQLite file is copied by SQLite itself: its newest rows stand in a journal beside it."""
    if path.suffix not in (".db", ".sqlite", ".sqlite3"):
        archive.write(path, name.as_posix())
        return
    copy = scratch / "copy.db"
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, timeout=30)) as source:
        source.execute("VACUUM INTO ?", (str(copy),))
    archive.write(copy, name.as_posix())
    copy.unlink()


def _check_manifest(archive: zipfile.ZipFile) -> None:
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        known = manifest["app"] == "norma" and manifest["format"] <= _FORMAT
    except (KeyError, ValueError, TypeError):
        known = False
    if not known or DATABASE not in archive.namelist():
        raise NotABackupError(reason="manifest")


def _check_entries(archive: zipfile.ZipFile, folder: Path) -> None:
    entries = archive.infolist()
    for entry in entries:
        target = (folder / entry.filename).resolve()
        linked = (entry.external_attr >> 16) & 0o170000 == 0o120000
        if linked or not target.is_relative_to(folder.resolve()):
            raise NotABackupError(reason="name")
    needed, free = sum(entry.file_size for entry in entries), shutil.disk_usage(folder).free
    if needed > min(free * 0.9, _MOST_BYTES):
        raise NoSpaceError(needed=needed, free=free)


def _check_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        if database.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise NotABackupError(reason="database")
        revision = database.execute("SELECT version_num FROM alembic_version").fetchone()
    if revision is None:
        raise NotABackupError(reason="database")
    if not migrate.knows(revision[0]):
        raise BackupNewerError(revision=revision[0])


def _check_space(data_dir: Path, target: Path) -> None:
    used = sum(path.stat().st_size for path in data_dir.rglob("*") if path.is_file())
    free = shutil.disk_usage(target.parent).free
    if free < used * 1.2:
        raise NoSpaceError(needed=used, free=free)
