"""Batches of chat requests: progress is a row per answered line, so a restart goes on where it stopped."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.store.database import Database
from engine.wire import JsonObject, Page, new_id, now

_SECONDS_A_DAY = 86400


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as stored; `times` holds the moment of each status reached."""

    seq: int
    id: str
    created_at: int
    status: str
    endpoint: str
    input_file: str
    completion_window: str
    metadata: JsonObject
    times: JsonObject
    total: int
    output_file: str | None
    error_file: str | None
    errors: list[JsonObject] | None

    def to_wire(self, completed: int, failed: int) -> JsonObject:
        """The provider's batch object."""
        errors: JsonObject | None = {"object": "list", "data": [*self.errors]} if self.errors else None
        reached = ("in_progress", "finalizing", "completed", "failed", "cancelling", "cancelled")
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": self.endpoint,
            "errors": errors,
            "input_file_id": self.input_file,
            "completion_window": self.completion_window,
            "status": self.status,
            "output_file_id": self.output_file,
            "error_file_id": self.error_file,
            "created_at": self.created_at,
            "expires_at": self.created_at + _SECONDS_A_DAY,
            **{f"{name}_at": self.times.get(name) for name in reached},
            "expired_at": None,
            "request_counts": {"total": self.total, "completed": completed, "failed": failed},
            "metadata": self.metadata,
        }


class BatchStore:
    """Batches in order of creation, and the answers they have so far."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, endpoint: str, input_file: str, window: str, metadata: dict[str, str]) -> Batch:
        """Record a batch in `validating`."""
        with self._database.write() as db:
            row = db.execute(
                "INSERT INTO batches (id, created_at, status, endpoint, input_file, completion_window,"
                " metadata, times) VALUES (?, ?, 'validating', ?, ?, ?, ?, '{}') RETURNING *",
                (new_id("batch_"), now(), endpoint, input_file, window, json.dumps(metadata)),
            ).fetchone()
        return _batch(row)

    def get(self, batch_id: str) -> Batch | None:
        """The batch, or None."""
        with self._database.read() as db:
            row = db.execute("SELECT * FROM batches WHERE id = ?", (batch_id,)).fetchone()
        return _batch(row) if row else None

    def page(self, after: str | None, limit: int) -> Page[Batch]:
        """Batches older than a given one, newest first."""
        with self._database.read() as db:
            rows = db.execute(
                "SELECT * FROM batches"
                " WHERE (:after IS NULL OR seq < (SELECT seq FROM batches WHERE id = :after))"
                " ORDER BY seq DESC LIMIT :limit",
                {"after": after, "limit": limit + 1},
            ).fetchall()
        return Page.cut([_batch(row) for row in rows], limit)

    def next_unfinished(self) -> Batch | None:
        """The oldest batch that still needs work."""
        with self._database.read() as db:
            row = db.execute(
                "SELECT * FROM batches"
                " WHERE status IN ('validating', 'in_progress', 'finalizing', 'cancelling')"
                " ORDER BY seq LIMIT 1"
            ).fetchone()
        return _batch(row) if row else None

    def uses_file(self, file_id: str) -> bool:
        """Whether an unfinished batch still reads a file."""
        with self._database.read() as db:
            row = db.execute(
                "SELECT 1 FROM batches WHERE input_file = ?"
                " AND status NOT IN ('completed', 'failed', 'cancelled')",
                (file_id,),
            ).fetchone()
        return row is not None

    def move(self, batch_id: str, allowed: Sequence[str], status: str, total: int | None = None) -> bool:
        """Change status when the present one is allowed, noting the time."""
        with self._database.write() as db:
            changed = db.execute(
                "UPDATE batches SET status = :status, total = COALESCE(:total, total),"
                " times = json_set(times, '$.' || :status, :now)"
                " WHERE id = :id AND status IN (SELECT value FROM json_each(:allowed))",
                {
                    "status": status,
                    "total": total,
                    "now": now(),
                    "id": batch_id,
                    "allowed": json.dumps(list(allowed)),
                },
            ).rowcount
        return bool(changed)

    def fail(self, batch_id: str, errors: list[JsonObject]) -> None:
        """End a batch whose input file cannot be used."""
        with self._database.write() as db:
            db.execute(
                "UPDATE batches SET status = 'failed', errors = ?, times = json_set(times, '$.failed', ?)"
                " WHERE id = ? AND status = 'validating'",
                (json.dumps(errors), now(), batch_id),
            )

    def answer(self, batch_id: str, line: int, reply: JsonObject, failed: bool) -> None:
        """Keep the answer to one line of the input, counted from 1."""
        with self._database.write() as db:
            db.execute(
                "INSERT OR IGNORE INTO batch_replies (batch_id, line, failed, reply) VALUES (?, ?, ?, ?)",
                (batch_id, line, int(failed), json.dumps(reply, ensure_ascii=False)),
            )

    def answered(self, batch_id: str) -> set[int]:
        """Lines that need no work any more."""
        with self._database.read() as db:
            rows = db.execute("SELECT line FROM batch_replies WHERE batch_id = ?", (batch_id,)).fetchall()
        return {row["line"] for row in rows}

    def counts(self, batch_id: str) -> tuple[int, int]:
        """Lines answered, and lines that failed."""
        with self._database.read() as db:
            row = db.execute(
                "SELECT COALESCE(sum(failed = 0), 0), COALESCE(sum(failed), 0) FROM batch_replies"
                " WHERE batch_id = ?",
                (batch_id,),
            ).fetchone()
        return int(row[0]), int(row[1])

    def replies(self, batch_id: str, failed: bool) -> Iterator[str]:
        """Answers in order of the input, each the JSON text of one output line."""
        with self._database.read() as db:
            for row in db.execute(
                "SELECT reply FROM batch_replies WHERE batch_id = ? AND failed = ? ORDER BY line",
                (batch_id, int(failed)),
            ):
                yield row["reply"]

    def finish(self, batch_id: str, status: str, output_file: str | None, error_file: str | None) -> None:
        """End a batch with its files."""
        with self._database.write() as db:
            db.execute(
                "UPDATE batches SET status = :status, output_file = :output, error_file = :error,"
                " times = json_set(times, '$.' || :status, :now) WHERE id = :id",
                {
                    "status": status,
                    "output": output_file,
                    "error": error_file,
                    "now": now(),
                    "id": batch_id,
                },
            )


def _batch(row: sqlite3.Row) -> Batch:
    values = dict(row)
    for name in ("metadata", "times", "errors"):
        values[name] = json.loads(values[name]) if values[name] is not None else None
    return Batch(**values)
