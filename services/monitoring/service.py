"""Usage read from `model_calls`: counts, tokens, money, latency, errors. Days are those of Kyiv."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.db import SessionLocal
from services.db.models import ModelCall
from services.db.types import now

KYIV = ZoneInfo("Europe/Kyiv")


@dataclass(frozen=True)
class Usage:
    """Sums over some calls. Money in micro-USD (`unpriced` calls have no known price), times in ms.

    `failed` calls got no answer, `lost` ones were in flight when a process was killed.
    """

    calls: int
    failed: int
    lost: int
    repeated: int
    prompt_tokens: int
    completion_tokens: int
    cost_micro: int
    unpriced: int
    median_ms: int | None
    p95_ms: int | None

    @property
    def tokens(self) -> int:
        """Prompt and completion together."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True)
class DayUsage:
    """One model on one day."""

    day: date
    model: str
    usage: Usage


@dataclass(frozen=True)
class ErrorCount:
    """How often a model failed in one way, and when it last did."""

    model: str
    code: str
    count: int
    last: datetime


@dataclass(frozen=True)
class _Call:
    created_at: datetime
    model: str
    state: str
    repeated: bool
    prompt_tokens: int
    completion_tokens: int
    cost_micro: int | None
    latency_ms: int


def models_used(days: int) -> list[str]:
    """Models called in the last `days` days, by name."""
    with SessionLocal.reading() as session:
        query = sa.select(ModelCall.model).where(ModelCall.created_at >= _since(days)).distinct()
        return sorted(session.scalars(query))


def by_day(days: int = 30, model: str | None = None) -> list[DayUsage]:
    """Usage of each model on each day that has any, oldest first."""
    groups: dict[tuple[date, str], list[_Call]] = {}
    for call in _calls(days, model):
        groups.setdefault((call.created_at.astimezone(KYIV).date(), call.model), []).append(call)
    return [DayUsage(day, name, _sum(calls)) for (day, name), calls in sorted(groups.items())]


def by_model(days: int = 30) -> list[tuple[str, Usage]]:
    """Usage of each model over the whole period, the most used first."""
    groups: dict[str, list[_Call]] = {}
    for call in _calls(days, None):
        groups.setdefault(call.model, []).append(call)
    rows = [(name, _sum(calls)) for name, calls in groups.items()]
    return sorted(rows, key=lambda row: (-row[1].calls, row[0]))


def total(days: int = 30, model: str | None = None) -> Usage:
    """Usage over the whole period."""
    return _sum(_calls(days, model))


def errors(days: int = 30, model: str | None = None) -> list[ErrorCount]:
    """Failed calls by model and code, the most frequent first."""
    columns = (ModelCall.model, ModelCall.error_code)
    query = sa.select(*columns, sa.func.count(), sa.func.max(ModelCall.created_at))
    query = query.where(ModelCall.created_at >= _since(days), ModelCall.error_code.is_not(None))
    if model:
        query = query.where(ModelCall.model == model)
    with SessionLocal.reading() as session:
        rows = session.execute(query.group_by(*columns).order_by(sa.func.count().desc()))
        return [ErrorCount(name, str(code), count, last) for name, code, count, last in rows]


def _since(days: int) -> datetime:
    """Midnight in Kyiv at the start of the period, today counted in."""
    today = now().astimezone(KYIV).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=days - 1)


def _calls(days: int, model: str | None) -> list[_Call]:
    names = tuple(_Call.__dataclass_fields__)
    query = sa.select(*(getattr(ModelCall, name) for name in names)).where(
        ModelCall.created_at >= _since(days)
    )
    if model:
        query = query.where(ModelCall.model == model)
    with SessionLocal.reading() as session:
        return [_Call(*row) for row in session.execute(query)]


def _sum(calls: Iterable[_Call]) -> Usage:
    calls = list(calls)
    times = sorted(call.latency_ms for call in calls if call.state == "done")
    return Usage(
        calls=len(calls),
        failed=sum(call.state == "failed" for call in calls),
        lost=sum(call.state == "lost" for call in calls),
        repeated=sum(call.repeated for call in calls),
        prompt_tokens=sum(call.prompt_tokens for call in calls),
        completion_tokens=sum(call.completion_tokens for call in calls),
        cost_micro=sum(call.cost_micro or 0 for call in calls),
        unpriced=sum(call.cost_micro is None and call.state == "done" for call in calls),
        median_ms=_quantile(times, 0.5),
        p95_ms=_quantile(times, 0.95),
    )


def _quantile(ordered: list[int], share: float) -> int | None:
    """The nearest-rank quantile: a figure that really occurred."""
    if not ordered:
        return None
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]
