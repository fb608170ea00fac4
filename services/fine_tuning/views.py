"""What pages and scripts see of fine-tuning."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.datasets.checks import Check
from services.fine_tuning.estimate import Estimate

OVER = ("succeeded", "failed", "cancelled")


@dataclass(frozen=True)
class Preflight:
    """What must hold before a launch, in the order shown, and what the launch will cost."""

    items: tuple[Check, ...]
    estimate: Estimate | None

    @property
    def ready(self) -> bool:
        """No item forbids the launch."""
        return not self.blocks

    @property
    def blocks(self) -> tuple[Check, ...]:
        """The items that forbid it."""
        return tuple(item for item in self.items if item.level == "block")

    @property
    def remarks(self) -> tuple[Check, ...]:
        """The items worth knowing that do not forbid it."""
        return tuple(item for item in self.items if item.level == "remark")


@dataclass(frozen=True)
class FineTuningView:
    """A fine-tuning job. `status`: queued, running, succeeded, failed, cancelled; `stage` is the provider's
    own word or ours before it has one. Steps are the provider's; money in micro-USD."""

    id: str
    status: str
    stage: str
    dataset_id: int
    dataset_name: str
    dataset_number: int
    base_model: str
    provider_url: str
    suffix: str
    epochs: int
    step: int
    total_steps: int
    provider_job_id: str | None
    fine_tuned_model: str | None
    label: str
    f1: float | None
    trained_tokens: int | None
    estimate: Estimate
    cost_micro: int | None
    error_code: str | None
    error_data: Mapping[str, Any]
    run: Mapping[str, Any]
    cancel_requested: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def alive(self) -> bool:
        """Queued or running."""
        return self.status not in OVER

    @property
    def embedded(self) -> bool:
        """Trained on this computer."""
        return self.provider_url == "embedded"

    def seconds(self, at: datetime) -> float | None:
        """How long it has run, or ran."""
        if self.started_at is None:
            return None
        return ((self.finished_at or at) - self.started_at).total_seconds()


@dataclass(frozen=True)
class EventView:
    """One line of a job's history; `type` is message or metrics (or the provider's own), newest first."""

    level: str
    type: str
    step: int | None
    message: str
    data: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True)
class Point:
    """Figures reported at one step; None where a provider did not report one. Losses are per token."""

    step: int
    total_steps: int | None
    train_loss: float | None
    valid_loss: float | None
    full_valid_loss: float | None
    f1: float | None

    @property
    def validation(self) -> float | None:
        """The validation loss, over the whole validation set where the provider computed it."""
        return self.full_valid_loss if self.full_valid_loss is not None else self.valid_loss


@dataclass(frozen=True)
class ModelView:
    """An entry of the registry. `kind`: base or tuned; `f1` on its dataset's test acts, exact match."""

    id: int
    name: str
    label: str
    kind: str
    base_model: str
    provider_url: str
    fine_tuning_job_id: str | None
    dataset_id: int | None
    f1: float | None
    is_active: bool
    activated_at: datetime | None
    shutdown_date: date | None
    created_at: datetime

    @property
    def embedded(self) -> bool:
        """Answers on this computer."""
        return self.provider_url == "embedded"

    @property
    def tuned(self) -> bool:
        """Fine-tuned, as opposed to a base model."""
        return self.kind == "tuned"
