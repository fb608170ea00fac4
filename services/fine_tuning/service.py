"""Fine-tuning as pages and scripts use it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from services.datasets import service as datasets
from services.db.types import now
from services.fine_tuning import eligibility, events, preflight, records
from services.fine_tuning.errors import NotReadyError
from services.fine_tuning.targets import EMBEDDED, Target, for_model
from services.fine_tuning.views import EventView, FineTuningView, Point, Preflight
from services.jobs import service as jobs
from services.llm import models as provider_models
from services.llm import provider as providers
from services.llm.errors import LlmError

SEED = 7


class FineTuningService:
    """Checks, launches, watches and cancels fine-tuning jobs; the worker does the work."""

    def base_models(self, today: date | None = None) -> list[str]:
        """Models that can be trained: the provider's, the settings' own first, and always the engine's."""
        day = today or now().date()
        target = providers.current()
        names = [target.default_model, *eligibility.tunable_models(target, day)]
        if len(names) == 1 and not target.embedded:
            names += _offered(target)
        open_ones = [n for n in names if n and eligibility.of(target, n, day).tunable is not False]
        return list(dict.fromkeys([*open_ones, EMBEDDED.default_model]))

    def preflight(self, dataset_id: int | None, base_model: str, epochs: int | None = None) -> Preflight:
        """What must hold before a launch, and its price; asks the provider whether it is there."""
        return preflight.run(dataset_id, base_model, epochs)

    def launch(
        self,
        dataset_id: int,
        base_model: str,
        suffix: str = "",
        hyperparameters: dict[str, Any] | None = None,
        seed: int = SEED,
        evaluate: bool | None = None,
    ) -> FineTuningView:
        """Start a job and return at once. While one of this dataset and model is alive, that one is returned.

        `evaluate`: measure base and new model on the test acts afterwards; by default where it is free.
        Raises NotReadyError with the checks that forbid it, NotFoundError.
        """
        chosen = dict(hyperparameters or {})
        found = self.preflight(dataset_id, base_model, _epochs(chosen))
        if not found.ready or found.estimate is None:
            raise NotReadyError(items=[item.as_dict() for item in found.blocks])
        target = for_model(base_model)
        if not target.embedded:
            chosen.setdefault("n_epochs", found.estimate.epochs)
        payload = {
            "dataset_id": datasets.get(dataset_id).id,
            "provider_url": target.url,
            "base_model": base_model,
            "suffix": suffix[: eligibility.suffix_length(target)],
            "seed": seed,
            "hyperparameters": chosen,
            "estimate": found.estimate.as_dict(),
        }
        return self._submit(payload, target, evaluate)

    def _submit(self, payload: dict[str, Any], target: Target, evaluate: bool | None) -> FineTuningView:
        key = f"fine_tuning:{payload['dataset_id']}:{target.url}:{payload['base_model']}"
        wanted = target.embedded if evaluate is None else evaluate
        submitted = jobs.submit("fine_tuning", {"job": payload, "evaluate": wanted}, dedupe_key=key)
        if submitted.created:
            records.ensure(submitted.job_id, payload)
        elif (live := jobs.get(submitted.job_id)) is not None:
            records.ensure(submitted.job_id, live.payload["job"])
        return records.find(submitted.job_id)

    def get_fine_tune_status(self, job_id: str) -> FineTuningView:
        """A job as it is now, by our id or the provider's. Raises NotFoundError."""
        return records.find(job_id)

    def list(self, limit: int = 50) -> list[FineTuningView]:
        """Jobs, newest first."""
        return records.listed(limit)

    def cancel(self, job_id: str) -> bool:
        """Ask a job to stop, at the provider too; False if it is over. Raises NotFoundError."""
        return jobs.cancel(records.find(job_id).id)

    def events(self, job_id: str, limit: int = 100) -> Sequence[EventView]:
        """What the provider told of a job, newest first."""
        return events.listed(job_id, limit)

    def curve(self, job_id: str) -> Sequence[Point]:
        """Losses by step, in order."""
        return events.curve(job_id)


def _offered(target: Target) -> list[str]:
    """What a provider without published facts lists; nothing while it is away."""
    try:
        return [name for name in provider_models.available(target) if not name.startswith("ft:")]
    except LlmError:
        return []


def _epochs(hyperparameters: dict[str, Any]) -> int | None:
    given = hyperparameters.get("n_epochs")
    return given if isinstance(given, int) else None
