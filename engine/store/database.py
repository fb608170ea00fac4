"""The engine's SQLite file: WAL, one connection a call, writes begin by taking the lock."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE files (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    filename TEXT NOT NULL,
    purpose TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL
);
CREATE INDEX files_sha256 ON files (sha256);
CREATE TABLE jobs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    estimated_finish INTEGER,
    status TEXT NOT NULL,
    attempt INTEGER NOT NULL DEFAULT 0,
    crashes INTEGER NOT NULL DEFAULT 0,
    trainer_pid INTEGER,
    model TEXT NOT NULL,
    training_file TEXT NOT NULL,
    validation_file TEXT,
    suffix TEXT,
    seed INTEGER NOT NULL,
    hyperparameters TEXT NOT NULL,
    metadata TEXT NOT NULL,
    fine_tuned_model TEXT,
    result_file TEXT,
    trained_tokens INTEGER,
    error TEXT
);
CREATE INDEX jobs_status ON jobs (status, seq);
CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    job_id TEXT NOT NULL REFERENCES jobs (id),
    attempt INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    level TEXT NOT NULL,
    type TEXT NOT NULL,
    message TEXT NOT NULL,
    data TEXT
);
CREATE INDEX events_job ON events (job_id, seq);
CREATE TABLE models (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    job_id TEXT NOT NULL REFERENCES jobs (id),
    folder TEXT NOT NULL,
    checkpoint_id TEXT UNIQUE,
    step INTEGER,
    metrics TEXT NOT NULL
);
CREATE INDEX models_job ON models (job_id, seq);
CREATE TABLE batches (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    input_file TEXT NOT NULL,
    completion_window TEXT NOT NULL,
    metadata TEXT NOT NULL,
    times TEXT NOT NULL,
    total INTEGER NOT NULL DEFAULT 0,
    output_file TEXT,
    error_file TEXT,
    errors TEXT
);
CREATE TABLE batch_replies (
    batch_id TEXT NOT NULL REFERENCES batches (id),
    line INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    reply TEXT NOT NULL,
    PRIMARY KEY (batch_id, line)
) WITHOUT ROWID;
"""


class StoreError(Exception):
    """The data directory cannot be used by this engine."""


class Database:
    """Short transactions on one file, from any thread and any process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keeper: sqlite3.Connection | None = None

    def prepare(self) -> None:
        """Create the tables once. Raises `StoreError` for a file of a newer engine."""
        # closing the last connection writes the whole journal back: one stays open so that calls are cheap
        self._keeper = sqlite3.connect(self._path, check_same_thread=False)
        self._keeper.execute("PRAGMA journal_mode = WAL")
        self._keeper.execute("SELECT 1 FROM sqlite_master").fetchall()  # only a reader holds the journal open
        with self.write() as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > _SCHEMA_VERSION:
                raise StoreError(f"{self._path} was written by a newer version of the engine")
            if version == 0:
                for statement in _SCHEMA.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection for queries."""
        with self._connection() as connection:
            yield connection

    @contextmanager
    def write(self, *, at_once: bool = True) -> Iterator[sqlite3.Connection]:
        """A transaction: committed whole, or not at all when the block raises.

        Not `at_once`, it survives a kill but may be lost with the next seconds of a power cut; it is ten
        times cheaper.
        """
        with self._connection() as connection:
            if not at_once:
                connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            yield connection
        finally:
            connection.close()
