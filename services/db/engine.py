"""The SQLAlchemy engine of this process, and the session factory."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from services.config import settings

_engines: dict[str, sa.Engine] = {}
_lock = threading.Lock()


def get_engine(url: str | None = None) -> sa.Engine:
    """The one engine of this process for `url` (default: the settings' database)."""
    address = url or settings.database_url
    with _lock:
        if address not in _engines:
            _engines[address] = _create(address)
        return _engines[address]


def dispose() -> None:
    """Close every connection, for instance before a database file is replaced."""
    with _lock:
        for engine in _engines.values():
            engine.dispose()
        _engines.clear()
        _sessions.cache_clear()
        _reading.cache_clear()


def _create(address: str) -> sa.Engine:
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
    # Each connection keeps pages in memory: of many threads' connections those used last are taken first.
    pool = {"pool_size": 10, "max_overflow": 50, "pool_use_lifo": True}
    engine = sa.create_engine(url, connect_args={"timeout": 30}, **pool)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """WAL lets pages read while a worker writes; foreign keys are off in SQLite unless asked for."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    """Under plain BEGIN a transaction that reads first and writes later fails: "database is locked"."""
    reading = connection.get_execution_options().get("norma_reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


class _Sessions:
    """`SessionLocal()` opens a session on the present database; `.begin()` commits at the end."""

    def __call__(self) -> Session:
        return self._factory()()

    @contextmanager
    def begin(self) -> Iterator[Session]:
        with self._factory().begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads: on SQLite it never waits for a writer."""
        with Session(_reading(get_engine()), expire_on_commit=False) as session:
            yield session

    def _factory(self) -> sessionmaker[Session]:
        return _sessions(get_engine())


@lru_cache(maxsize=4)
def _sessions(engine: sa.Engine) -> sessionmaker[Session]:
    """One for each engine: making it creates a class, which costs more than a transaction."""
    return sessionmaker(engine, expire_on_commit=False)


@lru_cache(maxsize=4)
def _reading(engine: sa.Engine) -> sa.Engine:
    return engine.execution_options(norma_reading=True)


SessionLocal = _Sessions()
