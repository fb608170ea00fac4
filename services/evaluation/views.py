"""What pages see of an evaluation; every figure counts elements of the test passages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.evaluation.metrics import Counts
from services.evaluation.statistics import Interval


@dataclass(frozen=True)
class MatchScores:
    """One model under one rule of matching: counts in all and by type, with the interval of F1."""

    micro: Counts
    by_type: Mapping[str, Counts]
    interval: Interval | None


@dataclass(frozen=True)
class ModelScores:
    """One model on the test passages.

    `failed`: passages whose answer could not be used, counted as finding nothing; `unplaced`: elements
    whose quote is not in the text, counted as wrong. Latency is the median of a call, in milliseconds.
    """

    name: str
    label: str
    kind: str
    exact: MatchScores
    iou: MatchScores
    failed: int
    unplaced: int
    latency_ms: int
    cost_micro: int | None

    def under(self, match: str) -> MatchScores:
        """The scores under `exact` or `iou`."""
        return self.iou if match == "iou" else self.exact


@dataclass(frozen=True)
class VerdictView:
    """Is the second model better than the first? `code` as in `statistics.Verdict`; F1 of both."""

    code: str
    first: str
    second: str
    first_f1: float | None
    second_f1: float | None
    difference: float | None
    interval: Interval | None
    acts: int
    more_acts: int | None


@dataclass(frozen=True)
class EvaluationView:
    """An evaluation of models on one dataset's test acts.

    `status`: queued, running, succeeded, failed, cancelled; `done` of `total` answers so far.
    `so_far` is what the job has told on its way (`extraction.standstill`).
    `left_out`: test passages whose acts one of the models learned on, so that none is measured there.
    `verdicts`: by matching rule, the last model against the first.
    """

    id: int
    job_id: str
    dataset_id: int
    models: tuple[str, ...]
    status: str
    done: int
    total: int
    so_far: Mapping[str, Any]
    passages: int
    acts: int
    left_out: int
    scores: tuple[ModelScores, ...]
    verdicts: Mapping[str, VerdictView]
    error_code: str | None
    error_data: Mapping[str, Any]
    cost_micro: int
    created_at: datetime
    finished_at: datetime | None

    @property
    def alive(self) -> bool:
        """Queued or running."""
        return self.status in ("queued", "running")
