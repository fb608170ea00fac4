"""One training, in a process of its own: `python -m engine.training.trainer DATA JOB ATTEMPT PARENT`.

Everything it finds out goes straight into the store, and counts only while the job is still in this attempt:
a trainer that was overtaken cannot publish anything.
"""

import base64
import csv
import io
import logging
import math
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from engine import ORGANIZATION
from engine.elements import JsonValue
from engine.learning.train import Example, Progress, train
from engine.logs import TRAINER_LOG, log_to
from engine.processes import die_with_parent
from engine.store import Store
from engine.store.jobs import Job, Outcome
from engine.training.dataset import read
from engine.wire import JsonObject

_LOG = logging.getLogger(__name__)
_RESULT_COLUMNS = {
    "step": "step",
    "train_loss": "train_loss",
    "train_accuracy": "train_mean_token_accuracy",
    "valid_loss": "valid_loss",
    "valid_mean_token_accuracy": "valid_mean_token_accuracy",
}


class OvertakenError(Exception):
    """The job was cancelled, paused or given to another trainer."""


class Training:
    """One attempt at one job."""

    def __init__(self, store: Store, job: Job) -> None:
        self._store = store
        self._job = job
        self._started = time.monotonic()
        self._epochs = 1
        self._metrics: JsonObject = {}
        self._draft: tuple[int, Path] | None = None

    def run(self) -> None:
        """Train, publish the model and end the job."""
        rows = self._rows(self._job.training_file)
        validation = self._rows(self._job.validation_file) if self._job.validation_file else []
        epochs = self._job.hyperparameters["n_epochs"]
        draft = self._store.models.draft(self._job, "model")
        summary = train(
            rows,
            validation,
            draft,
            seed=self._job.seed,
            epochs=epochs if isinstance(epochs, int) else None,
            report=self._report,
            checkpoint=self._checkpoint,
        )
        self._settle()
        self._finish(draft, summary["trained_tokens"])

    def _rows(self, file_id: str) -> list[Example]:
        file = self._store.files.get(file_id)
        if file is None:
            raise FileNotFoundError(file_id)
        return [Example(row.text, row.context, row.elements) for row in read(self._store.files.path(file))]

    def _report(self, progress: Progress) -> None:
        self._settle()
        self._epochs = max(self._epochs, math.ceil(progress.epoch))
        self._metrics = _figures(progress)
        if not self._store.jobs.report(self._job, _words(progress), self._metrics, self._estimate(progress)):
            raise OvertakenError

    def _estimate(self, progress: Progress) -> int | None:
        if not progress.step:
            return None
        elapsed = time.monotonic() - self._started
        return int(time.time() + elapsed * (progress.total_steps - progress.step) / progress.step)

    def _checkpoint(self, step: int) -> Path:
        self._settle()
        folder = self._store.models.draft(self._job, f"step-{step}")
        self._draft = (step, folder)
        return folder

    def _settle(self) -> None:
        """Publish the last checkpoint: the learner writes it between two calls."""
        if self._draft is None:
            return
        (step, draft), self._draft = self._draft, None
        if any(draft.iterdir()):
            folder = self._store.models.publish(draft)
            name = f"{model_name(self._job)}:ckpt-step-{step}"
            self._store.models.add_checkpoint(self._job, name, folder, step, self._metrics)

    def _finish(self, draft: Path, tokens: JsonValue) -> None:
        folder = self._store.models.publish(draft)
        figures = self._store.events.metrics(self._job.id, self._job.attempt)
        results = self._store.files.add(_results(figures), "step_metrics.csv", "fine-tune-results")
        outcome = Outcome(
            model=model_name(self._job),
            folder=folder,
            result_file=results.id,
            trained_tokens=tokens if isinstance(tokens, int) else 0,
            hyperparameters={**self._job.hyperparameters, "n_epochs": self._epochs},
        )
        if not self._store.jobs.succeed(self._job, outcome):
            raise OvertakenError


def model_name(job: Job) -> str:
    """The name of the model a job makes, the same in every attempt."""
    return f"ft:{job.model}:{ORGANIZATION}:{job.suffix or ''}:{job.id[-8:]}"


def _figures(progress: Progress) -> JsonObject:
    return {
        "step": progress.step,
        "total_steps": progress.total_steps,
        "train_loss": progress.train_loss,
        "valid_loss": progress.valid_loss,
        "train_mean_token_accuracy": progress.train_mean_token_accuracy,
        "valid_mean_token_accuracy": progress.valid_mean_token_accuracy,
    }


def _words(progress: Progress) -> str:
    words = f"Step {progress.step}/{progress.total_steps}: training loss={progress.train_loss:.2f}"
    if progress.valid_loss is not None:
        words += f", validation loss={progress.valid_loss:.2f}"
    return f"{words} ({progress.message})" if progress.message else words


def _results(figures: list[JsonObject]) -> io.BytesIO:
    """The result file: base64 of a CSV, as the provider's is, blank where nothing was measured."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_RESULT_COLUMNS)
    for entry in figures:
        writer.writerow([entry.get(name) for name in _RESULT_COLUMNS.values()])
    return io.BytesIO(base64.b64encode(text.getvalue().encode()))


def main(arguments: Sequence[str]) -> int:
    """Run the attempt named on the command line; 0 when the job has ended or is no longer ours."""
    root, job_id, attempt, parent = Path(arguments[0]), arguments[1], int(arguments[2]), int(arguments[3])
    die_with_parent(parent)
    if hasattr(os, "nice"):
        os.nice(5)  # pages and tagging come first
    log_to(root / TRAINER_LOG)
    store = Store.open(root)
    job = store.jobs.get(job_id)
    if job is None or job.status != "running" or job.attempt != attempt:
        return 0
    try:
        Training(store, job).run()
    except OvertakenError:
        _LOG.info("%s is no longer in attempt %s", job_id, attempt)
    except Exception:  # noqa: BLE001 - whatever goes wrong in a learner ends this job, and only this job
        _LOG.exception("training of %s failed", job_id)
        message = f"The job failed due to an internal error of the engine; {TRAINER_LOG} says where."
        store.jobs.fail(job_id, ("running",), {"code": "server_error", "message": message, "param": None})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
