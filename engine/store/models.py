"""Fine-tuned models and checkpoints: a row each, and a folder that appears only when complete."""

import json
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from engine import ORGANIZATION
from engine.disk import publish_folder
from engine.store.database import Database
from engine.store.events import add_event
from engine.store.jobs import Job
from engine.wire import JsonObject, Page, new_id, now

KEPT_CHECKPOINTS = 3
_DRAFT = "draft-"


@dataclass(frozen=True, slots=True)
class Model:
    """A fine-tuned model, or a checkpoint of one when `step` is set."""

    seq: int
    id: str
    created_at: int
    job_id: str
    folder: str
    checkpoint_id: str | None
    step: int | None
    metrics: JsonObject

    def to_wire(self) -> JsonObject:
        """The provider's model object."""
        return model_object(self.id, self.created_at, ORGANIZATION)

    def checkpoint_to_wire(self) -> JsonObject:
        """The provider's checkpoint object."""
        return {
            "object": "fine_tuning.job.checkpoint",
            "id": self.checkpoint_id,
            "created_at": self.created_at,
            "fine_tuned_model_checkpoint": self.id,
            "fine_tuning_job_id": self.job_id,
            "step_number": self.step,
            "metrics": self.metrics,
        }


def model_object(model_id: str, created: int, owner: str) -> JsonObject:
    """A model as `/v1/models` lists it; nothing here is ever shut down by a provider."""
    return {
        "id": model_id,
        "object": "model",
        "created": created,
        "owned_by": owner,
        "shutdown_date": None,
    }


class ModelStore:
    """What training has produced."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def all(self) -> list[Model]:
        """Models and checkpoints, oldest first."""
        with self._database.read() as db:
            return [_model(row) for row in db.execute("SELECT * FROM models ORDER BY seq")]

    def get(self, model_id: str) -> Model | None:
        """A model or checkpoint by name, or None."""
        with self._database.read() as db:
            row = db.execute("SELECT * FROM models WHERE id = ?", (model_id,)).fetchone()
        return _model(row) if row else None

    def path(self, model: Model) -> Path:
        """The folder a tagger is loaded from."""
        return self._folder / model.folder

    def checkpoints(self, job_id: str, after: str | None, limit: int) -> Page[Model]:
        """Checkpoints of a job, newest first."""
        with self._database.read() as db:
            rows = db.execute(
                "SELECT * FROM models WHERE job_id = :job AND step IS NOT NULL"
                " AND (:after IS NULL OR seq < (SELECT seq FROM models WHERE checkpoint_id = :after))"
                " ORDER BY seq DESC LIMIT :limit",
                {"job": job_id, "after": after, "limit": limit + 1},
            ).fetchall()
        return Page.cut([_model(row) for row in rows], limit)

    def draft(self, job: Job, name: str) -> Path:
        """An empty folder to train into, not yet a model."""
        folder = self._folder / f"{_DRAFT}{job.id}-{job.attempt}-{name}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def publish(self, draft: Path) -> str:
        """Make a finished draft durable under its final name, which is returned for the model's row."""
        name = draft.name.removeprefix(_DRAFT)
        publish_folder(draft, self._folder / name)
        return name

    def add_checkpoint(self, job: Job, model_id: str, folder: str, step: int, metrics: JsonObject) -> None:
        """Register a checkpoint and let go of all but the last three."""
        with self._database.write() as db:
            added = db.execute(
                "INSERT INTO models (id, created_at, job_id, folder, checkpoint_id, step, metrics)"
                " SELECT ?, ?, id, ?, ?, ?, ? FROM jobs WHERE id = ? AND attempt = ? AND status = 'running'",
                (
                    model_id,
                    now(),
                    folder,
                    new_id("ftckpt_"),
                    step,
                    json.dumps(metrics),
                    job.id,
                    job.attempt,
                ),
            ).rowcount
            if added:
                add_event(db, job.id, f"Checkpoint created at step {step}")
            stale = db.execute(
                "SELECT * FROM models WHERE job_id = ? AND step IS NOT NULL"
                " ORDER BY seq DESC LIMIT -1 OFFSET ?",
                (job.id, KEPT_CHECKPOINTS),
            ).fetchall()
        for row in stale:
            self.delete(row["id"])

    def drop_attempts(self, job_id: str) -> None:
        """Let go of what earlier attempts at an unfinished job left: the next one makes its own."""
        for model in self.checkpoints(job_id, None, KEPT_CHECKPOINTS + 1).items:
            self.delete(model.id)
        for path in [*self._folder.glob(f"{_DRAFT}{job_id}-*"), *self._folder.glob(f"{job_id}-*")]:
            shutil.rmtree(path, ignore_errors=True)

    def delete(self, model_id: str) -> bool:
        """Forget a model and remove its folder; False when there is none."""
        with self._database.write() as db:
            row = db.execute("DELETE FROM models WHERE id = ? RETURNING folder", (model_id,)).fetchone()
        if row:
            shutil.rmtree(self._folder / row["folder"], ignore_errors=True)
        return row is not None


def _model(row: sqlite3.Row) -> Model:
    return Model(**{**dict(row), "metrics": json.loads(row["metrics"])})
