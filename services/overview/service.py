"""The state of the whole, in a handful of counts."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from services.db import SessionLocal
from services.db.models import (
    Comparison,
    DatasetVersion,
    Element,
    Evaluation,
    FineTuningJob,
    GoldPassage,
    LegalAct,
    ModelVersion,
)
from services.jobs import service as jobs
from services.jobs.views import JobView


@dataclass(frozen=True)
class Counts:
    """Rows that count: what was deleted, and what failed and shows nothing, is left out."""

    acts: int
    processed: int
    suggested: int
    confirmed: int
    gold_passages: int
    datasets: int
    tuning_jobs: int
    tuned_models: int
    comparisons: int
    evaluations: int


@dataclass(frozen=True)
class Step:
    """A step of the journey. `state`: done, next, waiting (an earlier step comes first)."""

    name: str
    state: str


STEPS = ("acts", "extract", "confirm", "dataset", "tune", "compare", "evaluate")


def counts() -> Counts:
    """Counts of everything the overview shows, in one read."""
    live_act = LegalAct.deleted_at.is_(None)
    live_elements = sa.select(sa.func.count()).select_from(Element).join(LegalAct).where(live_act)
    queries = {
        "acts": _count(LegalAct).where(live_act),
        "processed": _count(LegalAct).where(live_act, LegalAct.is_processed),
        "suggested": live_elements.where(Element.status == "suggested"),
        "confirmed": live_elements.where(Element.status == "gold"),
        "gold_passages": sa.select(sa.func.count()).select_from(GoldPassage).join(LegalAct).where(live_act),
        "datasets": _count(DatasetVersion).where(DatasetVersion.deleted_at.is_(None)),
        "tuning_jobs": _count(FineTuningJob),
        "tuned_models": _count(ModelVersion).where(ModelVersion.kind == "tuned"),
        "comparisons": _count(Comparison).where(_answered(Comparison.left), _answered(Comparison.right)),
        "evaluations": _count(Evaluation).where(Evaluation.status == "succeeded"),
    }
    with SessionLocal.reading() as session:
        return Counts(**{name: session.scalar(query) or 0 for name, query in queries.items()})


def steps(now: Counts) -> list[Step]:
    """The journey with its live state: exactly one step is next until all are done."""
    done = {
        "acts": now.acts > 0,
        "extract": now.processed > 0,
        "confirm": now.confirmed > 0,
        "dataset": now.datasets > 0,
        "tune": now.tuned_models > 0,
        "compare": now.comparisons > 0,
        "evaluate": now.evaluations > 0,
    }
    first = next((name for name in STEPS if not done[name]), None)
    return [Step(name, "done" if done[name] else "next" if name == first else "waiting") for name in STEPS]


def running() -> list[JobView]:
    """Jobs at work or waiting, oldest first."""
    return jobs.live()


def _count(table: type) -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(table)


def _answered(side: InstrumentedAttribute[Any]) -> sa.ColumnElement[bool]:
    answered: sa.ColumnElement[bool] = side["error_code"].as_string().is_(None)
    return answered
