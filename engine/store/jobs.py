"""Fine-tuning jobs: every change of status is one transaction that also writes its event."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine import ORGANIZATION
from engine.store.database import Database
from engine.store.events import add_event
from engine.wire import JsonObject, Page, new_id, now

WAITING = ("validating_files", "queued", "running", "paused")
"""Statuses from which a job can still be cancelled."""


@dataclass(frozen=True, slots=True)
class NewJob:
    """What a caller asks for."""

    model: str
    training_file: str
    validation_file: str | None
    suffix: str | None
    seed: int
    hyperparameters: JsonObject
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """A job as stored; `attempt` numbers its trainings, `crashes` counts those that ended without a word."""

    seq: int
    id: str
    created_at: int
    finished_at: int | None
    estimated_finish: int | None
    status: str
    attempt: int
    crashes: int
    trainer_pid: int | None
    model: str
    training_file: str
    validation_file: str | None
    suffix: str | None
    seed: int
    hyperparameters: JsonObject
    metadata: JsonObject
    fine_tuned_model: str | None
    result_file: str | None
    trained_tokens: int | None
    error: JsonObject | None

    def to_wire(self) -> JsonObject:
        """The provider's job object."""
        return {
            "object": "fine_tuning.job",
            "id": self.id,
            "model": self.model,
            "created_at": self.created_at,
            "finished_at": self.finished_at,
            "estimated_finish": self.estimated_finish,
            "fine_tuned_model": self.fine_tuned_model,
            "organization_id": ORGANIZATION,
            "result_files": [self.result_file] if self.result_file else [],
            "status": self.status,
            "training_file": self.training_file,
            "validation_file": self.validation_file,
            "hyperparameters": self.hyperparameters,
            "method": {"type": "supervised", "supervised": {"hyperparameters": self.hyperparameters}},
            "trained_tokens": self.trained_tokens,
            "error": self.error,
            "seed": self.seed,
            "user_provided_suffix": self.suffix,
            "integrations": [],
            "metadata": self.metadata,
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a training ends with: names of the published model and of its result file, and the accounts."""

    model: str
    folder: str
    result_file: str
    trained_tokens: int
    hyperparameters: JsonObject


class JobStore:
    """Jobs in order of creation. Methods that return False changed nothing: the job had moved on."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, new: NewJob) -> Job:
        """Record a job in `validating_files`."""
        job_id = new_id("ftjob-")
        with self._database.write() as db:
            db.execute(
                "INSERT INTO jobs (id, created_at, status, model, training_file, validation_file, suffix,"
                " seed, hyperparameters, metadata) VALUES (?, ?, 'validating_files', ?, ?, ?, ?, ?, ?, ?)",
                (
                    job_id,
                    now(),
                    new.model,
                    new.training_file,
                    new.validation_file,
                    new.suffix,
                    new.seed,
                    json.dumps(new.hyperparameters),
                    json.dumps(new.metadata),
                ),
            )
            add_event(db, job_id, f"Created fine-tuning job: {job_id}")
            add_event(db, job_id, f"Validating training file: {new.training_file}")
            return _job(db.execute("SELECT * FROM jobs WHERE id = ?", (job_id,)).fetchone())

    def get(self, job_id: str) -> Job | None:
        """The job, or None."""
        with self._database.read() as db:
            row = db.execute("SELECT * FROM jobs WHERE id = ?", (job_id,)).fetchone()
        return _job(row) if row else None

    def page(self, after: str | None, limit: int, metadata: dict[str, str]) -> Page[Job]:
        """Jobs that carry all of `metadata`, newest first."""
        with self._database.read() as db:
            rows = db.execute(
                "SELECT * FROM jobs WHERE (:after IS NULL OR seq < (SELECT seq FROM jobs WHERE id = :after))"
                " AND NOT EXISTS (SELECT 1 FROM json_each(:asked) AS asked WHERE NOT EXISTS ("
                "  SELECT 1 FROM json_each(jobs.metadata) AS had"
                "  WHERE had.key = asked.key AND had.value = asked.value))"
                " ORDER BY seq DESC LIMIT :limit",
                {"after": after, "limit": limit + 1, "asked": json.dumps(metadata)},
            ).fetchall()
        return Page.cut([_job(row) for row in rows], limit)

    def oldest(self, status: str) -> Job | None:
        """The job that has waited longest in a status."""
        with self._database.read() as db:
            row = db.execute("SELECT * FROM jobs WHERE status = ? ORDER BY seq LIMIT 1", (status,)).fetchone()
        return _job(row) if row else None

    def count(self, status: str) -> int:
        """How many jobs are in a status."""
        with self._database.read() as db:
            return int(db.execute("SELECT count(*) FROM jobs WHERE status = ?", (status,)).fetchone()[0])

    def uses_file(self, file_id: str) -> bool:
        """Whether a job that is not finished still needs a file."""
        with self._database.read() as db:
            row = db.execute(
                "SELECT 1 FROM jobs WHERE ? IN (training_file, validation_file)"
                " AND status NOT IN ('succeeded', 'failed', 'cancelled')",
                (file_id,),
            ).fetchone()
        return row is not None

    def move(
        self, job_id: str, allowed: Sequence[str], status: str, message: str, level: str = "info"
    ) -> bool:
        """Change status when the present one is allowed."""
        ended = now() if status in ("cancelled", "failed") else None
        with self._database.write() as db:
            changed = db.execute(
                "UPDATE jobs SET status = ?, finished_at = ?, estimated_finish = NULL, trainer_pid = NULL"
                " WHERE id = ? AND status IN (SELECT value FROM json_each(?))",
                (status, ended, job_id, json.dumps(list(allowed))),
            ).rowcount
            if changed:
                add_event(db, job_id, message, level=level)
        return bool(changed)

    def fail(self, job_id: str, allowed: Sequence[str], error: JsonObject) -> bool:
        """End a job with an error of the provider's shape: code, message, param."""
        with self._database.write() as db:
            changed = db.execute(
                "UPDATE jobs SET status = 'failed', finished_at = ?, estimated_finish = NULL,"
                " trainer_pid = NULL, error = ? WHERE id = ? AND status IN (SELECT value FROM json_each(?))",
                (now(), json.dumps(error), job_id, json.dumps(list(allowed))),
            ).rowcount
            if changed:
                add_event(db, job_id, str(error["message"]), level="error")
        return bool(changed)

    def begin(self, job_id: str) -> Job | None:
        """Start the next attempt of a queued job; None when it is not queued any more."""
        with self._database.write() as db:
            row = db.execute(
                "UPDATE jobs SET status = 'running', attempt = attempt + 1"
                " WHERE id = ? AND status = 'queued' RETURNING *",
                (job_id,),
            ).fetchone()
            if row is None:
                return None
            add_event(db, job_id, "Fine-tuning job started")
            return _job(row)

    def set_trainer(self, job: Job, pid: int) -> bool:
        """Remember the process that trains, so that a later start can make sure it is gone."""
        with self._database.write() as db:
            changed = db.execute(
                "UPDATE jobs SET trainer_pid = ? WHERE id = ? AND attempt = ? AND status = 'running'",
                (pid, job.id, job.attempt),
            ).rowcount
        return bool(changed)

    def note(self, job_id: str, message: str) -> None:
        """Add a warning to a job's events."""
        with self._database.write() as db:
            add_event(db, job_id, message, level="warn")

    def requeue(self, job_id: str, message: str, crashed: bool) -> bool:
        """Put a running job back in the queue, to be trained again from the beginning."""
        with self._database.write() as db:
            changed = db.execute(
                "UPDATE jobs SET status = 'queued', trainer_pid = NULL, estimated_finish = NULL,"
                " crashes = crashes + ? WHERE id = ? AND status = 'running'",
                (int(crashed), job_id),
            ).rowcount
            if changed:
                add_event(db, job_id, message, level="warn")
        return bool(changed)

    def report(self, job: Job, message: str, data: JsonObject | None, estimated_finish: int | None) -> bool:
        """Record progress of the attempt; False when the attempt no longer counts."""
        with self._database.write(at_once=False) as db:
            changed = db.execute(
                "UPDATE jobs SET estimated_finish = COALESCE(?, estimated_finish)"
                " WHERE id = ? AND attempt = ? AND status = 'running'",
                (estimated_finish, job.id, job.attempt),
            ).rowcount
            if changed:
                add_event(db, job.id, message, data=data)
        return bool(changed)

    def succeed(self, job: Job, outcome: Outcome) -> bool:
        """Register the model and end the job in one transaction; False when the attempt no longer counts."""
        with self._database.write() as db:
            changed = db.execute(
                "UPDATE jobs SET status = 'succeeded', finished_at = ?, estimated_finish = NULL,"
                " trainer_pid = NULL, fine_tuned_model = ?, result_file = ?, trained_tokens = ?,"
                " hyperparameters = ? WHERE id = ? AND attempt = ? AND status = 'running'",
                (
                    now(),
                    outcome.model,
                    outcome.result_file,
                    outcome.trained_tokens,
                    json.dumps(outcome.hyperparameters),
                    job.id,
                    job.attempt,
                ),
            ).rowcount
            if changed:
                db.execute(
                    "INSERT INTO models (id, created_at, job_id, folder, metrics) VALUES (?, ?, ?, ?, '{}')",
                    (outcome.model, now(), job.id, outcome.folder),
                )
                add_event(db, job.id, f"New fine-tuned model created: {outcome.model}")
                add_event(db, job.id, "The job has successfully completed")
        return bool(changed)


def _job(row: sqlite3.Row) -> Job:
    values = dict(row)
    for name in ("hyperparameters", "metadata", "error"):
        values[name] = json.loads(values[name]) if values[name] is not None else None
    return Job(**values)
