"""The W&B run of a fine-tuning job: its settings at the start, its losses as they come, its end.

The run carries the job's id, so after a restart it is taken up again and nothing is told twice.
"""

from collections.abc import Iterable
from typing import Any

from services.datasets import service as datasets
from services.db.models import FineTuningJob
from services.fine_tuning import records
from services.fine_tuning.views import Point
from services.tracking import runs

_CLOSING_SECONDS = 10.0


class RunLog:
    """One job's run; with tracking switched off every method does nothing."""

    def __init__(self, job_id: str, run: runs.Run) -> None:
        self._job_id, self._run = job_id, run

    def points(self, points: Iterable[Point]) -> None:
        """Tell figures by step; those told before are passed over."""
        for point in points:
            figures = {
                "train_loss": point.train_loss,
                "valid_loss": point.valid_loss,
                "full_valid_loss": point.full_valid_loss,
                "f1": point.f1,
            }
            self._run.log(point.step, figures)

    def close(self, status: str, **facts: Any) -> None:
        """End the run with what stands for the whole of it; `status` as the provider says it."""
        row = records.load(self._job_id)
        self._run.summary(
            {
                "fine_tuned_model": row.fine_tuned_model,
                "trained_tokens": row.trained_tokens,
                "cost_usd": None if row.cost_micro is None else row.cost_micro / 1e6,
                **facts,
            }
        )
        state = self._run.finish(status, wait=_CLOSING_SECONDS)
        records.update(self._job_id, run={"mode": state.mode, "url": state.url, "directory": state.directory})


def open_for(row: FineTuningJob) -> RunLog:
    """The run of a job: new, or the one begun before a restart."""
    dataset = datasets.get(row.dataset_id)
    run = runs.open_run(
        row.id,
        name=f"{row.base_model} on {dataset.name} v{dataset.number}",
        config={
            "base_model": row.base_model,
            "provider": row.provider_url,
            "provider_job_id": row.provider_job_id,
            "seed": row.seed,
            "hyperparameters": row.hyperparameters,
            "suffix": row.suffix,
            "dataset": {
                "id": dataset.id,
                "name": dataset.name,
                "number": dataset.number,
                "content_hash": dataset.content_hash,
                "seed": dataset.seed,
                "passages": {name: counts.passages for name, counts in dataset.splits.items()},
                "tokens": {name: counts.tokens for name, counts in dataset.splits.items()},
            },
            "estimate": row.estimate,
        },
        tags=["norma", "fine-tuning", row.base_model],
        notes=f"Trained on {dataset.splits['train'].passages} passages confirmed by people.",
        group=f"dataset {dataset.content_hash[:12]}",
        job_type="fine-tuning",
    )
    return RunLog(row.id, run)
