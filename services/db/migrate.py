"""Migrations, run from the application itself.

SQLite is upgraded at every start, after a backup copy; PostgreSQL only where DB_AUTO_UPGRADE says so.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url

from services.config import settings
from services.db.engine import get_engine
from services.db.models import Base
from services.errors import AppError

_ADVISORY_LOCK = 6_027_871
_KEPT_BACKUPS = 5


class MigrationNeededError(AppError):
    """The PostgreSQL database is behind the code; `command` upgrades it."""

    code = "migration_needed"


class DatabaseNewerError(AppError):
    """The database was made by a later version of Norma (`revision`)."""

    code = "database_newer"


def upgrade(url: str | None = None, *, force: bool = False, revision: str = "head") -> None:
    """Bring the database to the newest revision, or a named one; several processes may call it at once.

    Raises MigrationNeededError on PostgreSQL that may not upgrade itself, DatabaseNewerError.
    """
    address = url or settings.database_url
    config = _config()
    head = ScriptDirectory.from_config(config).get_current_head()
    sqlite = make_url(address).get_backend_name() == "sqlite"
    if sqlite:
        Path(str(make_url(address).database)).parent.mkdir(parents=True, exist_ok=True)
    current = _revision(address)
    if current == head:
        return
    if current is not None and not knows(current):
        raise DatabaseNewerError(revision=current)
    if not sqlite and not (force or settings.DB_AUTO_UPGRADE):
        raise MigrationNeededError(command="python -m services.db.migrate")
    if sqlite and current is not None:
        _backup(Path(str(make_url(address).database)))
    with _exclusive(address, sqlite) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def differences(url: str | None = None) -> list[Any]:
    """What the models say and the database lacks; empty when both agree."""
    with get_engine(url).connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def _revision(address: str) -> str | None:
    with get_engine(address).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def knows(revision: str) -> bool:
    """Is this a revision of this version of Norma, or of an earlier one?"""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


@contextmanager
def _exclusive(address: str, sqlite: bool) -> Iterator[sa.Connection]:
    """One transaction for all steps. On SQLite foreign keys are off meanwhile: rebuilding a parent table
    would silently delete its children, so they are checked afterwards instead."""
    if not sqlite:
        with get_engine(address).begin() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
            yield connection
        return
    engine = sa.create_engine(address, poolclass=sa.NullPool, connect_args={"timeout": 60})
    sa.event.listen(engine, "connect", lambda raw, _: setattr(raw, "isolation_level", None))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.rollback()
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            connection.rollback()
            raise sa.exc.IntegrityError("foreign_key_check", None, ValueError(str(broken[:5])))
        connection.commit()


def _backup(database: Path) -> None:
    folder = database.parent / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    with closing(sqlite3.connect(database)) as source:
        source.execute("VACUUM INTO ?", (str(folder / f"before-upgrade-{stamp}.db"),))
    for old in sorted(folder.glob("before-upgrade-*.db"))[:-_KEPT_BACKUPS]:
        old.unlink()


if __name__ == "__main__":
    upgrade(force=True)
