"""Events of fine-tuning jobs, newest first on the wire."""

import json
import sqlite3
from dataclasses import dataclass

from engine.store.database import Database
from engine.wire import JsonObject, Page, new_id, now


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a job's history; `data` is set on metrics."""

    id: str
    created_at: int
    level: str
    type: str
    message: str
    data: JsonObject | None

    def to_wire(self) -> JsonObject:
        """The provider's event object."""
        return {
            "object": "fine_tuning.job.event",
            "id": self.id,
            "created_at": self.created_at,
            "level": self.level,
            "type": self.type,
            "message": self.message,
            "data": self.data if self.data is not None else {},
        }


def add_event(
    db: sqlite3.Connection,
    job_id: str,
    message: str,
    *,
    level: str = "info",
    data: JsonObject | None = None,
) -> None:
    """Write an event inside the transaction of the change it tells of."""
    db.execute(
        "INSERT INTO events (id, job_id, attempt, created_at, level, type, message, data)"
        " SELECT ?, id, attempt, ?, ?, ?, ?, ? FROM jobs WHERE id = ?",
        (
            new_id("ftevent-"),
            now(),
            level,
            "message" if data is None else "metrics",
            message,
            None if data is None else json.dumps(data),
            job_id,
        ),
    )


class EventStore:
    """What is read of the events; they are written by `add_event`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, job_id: str, after: str | None, limit: int) -> Page[Event]:
        """Events of a job older than a given one, newest first."""
        with self._database.read() as db:
            rows = db.execute(
                "SELECT * FROM events WHERE job_id = :job"
                " AND (:after IS NULL OR seq < (SELECT seq FROM events WHERE id = :after))"
                " ORDER BY seq DESC LIMIT :limit",
                {"job": job_id, "after": after, "limit": limit + 1},
            ).fetchall()
        return Page.cut([_event(row) for row in rows], limit)

    def metrics(self, job_id: str, attempt: int) -> list[JsonObject]:
        """The figures of one attempt, in order of time."""
        with self._database.read() as db:
            rows = db.execute(
                "SELECT data FROM events WHERE job_id = ? AND attempt = ? AND type = 'metrics' ORDER BY seq",
                (job_id, attempt),
            ).fetchall()
        return [json.loads(row["data"]) for row in rows]


def _event(row: sqlite3.Row) -> Event:
    data = json.loads(row["data"]) if row["data"] else None
    return Event(row["id"], row["created_at"], row["level"], row["type"], row["message"], data)
