"""Events of a provider's job in the database, each once, and the loss curve read from them."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from openai.types.fine_tuning import FineTuningJobEvent
from sqlalchemy.orm import Session

from services.db import SessionLocal
from services.db.models import FineTuningEvent
from services.fine_tuning.views import EventView, Point

_STEP = re.compile(r"[Ss]tep (\d+)\s*/\s*(\d+)")


def known_ids(job_id: str) -> set[str]:
    """Provider ids of the events already stored."""
    query = sa.select(FineTuningEvent.provider_event_id)
    with SessionLocal.reading() as session:
        return set(session.scalars(query.where(FineTuningEvent.fine_tuning_job_id == job_id)))


def store(job_id: str, events: Iterable[FineTuningJobEvent]) -> None:
    """Keep events that are not kept yet."""
    known = known_ids(job_id)
    fresh = [event for event in events if event.id not in known]
    if fresh:
        with SessionLocal.begin() as session:
            session.add_all(_row(job_id, event) for event in fresh)


def _row(job_id: str, event: FineTuningJobEvent) -> FineTuningEvent:
    data: dict[str, Any] = dict(event.data) if isinstance(event.data, Mapping) else {}
    step = data.get("step")
    if step is None and (said := _STEP.search(event.message or "")):
        data.update(step=int(said[1]), total_steps=int(said[2]))
        step = data["step"]
    return FineTuningEvent(
        fine_tuning_job_id=job_id,
        provider_event_id=event.id,
        level=event.level,
        type=event.type or "message",
        step=int(step) if isinstance(step, int | float) else None,
        message=event.message or "",
        data=data,
        created_at=datetime.fromtimestamp(event.created_at, UTC),
    )


def listed(job_id: str, limit: int = 100) -> list[EventView]:
    """A job's events, newest first."""
    query = sa.select(FineTuningEvent).where(FineTuningEvent.fine_tuning_job_id == job_id)
    with SessionLocal.reading() as session:
        found = session.scalars(query.order_by(FineTuningEvent.id.desc()).limit(limit))
        return [EventView(e.level, e.type, e.step, e.message, e.data, e.created_at) for e in found]


def curve(job_id: str) -> list[Point]:
    """Figures by step, in order; what several events say of one step is put together.

    A training that was started again (the engine was stopped) tells its steps anew: then only those count.
    """
    merged: dict[int, dict[str, Any]] = {}
    last = 0
    for event in _figures(job_id):
        step = int(event.step or 0)
        if step < last:
            merged = {known: data for known, data in merged.items() if known < step}
        told = {name: value for name, value in event.data.items() if value is not None}
        merged.setdefault(step, {}).update(told)
        last = step
    return [point(step, data) for step, data in sorted(merged.items())]


def _figures(job_id: str) -> list[FineTuningEvent]:
    query = sa.select(FineTuningEvent).where(
        FineTuningEvent.fine_tuning_job_id == job_id,
        FineTuningEvent.step.is_not(None),
        FineTuningEvent.type == "metrics",
    )
    with SessionLocal.reading() as session:
        return list(session.scalars(query.order_by(FineTuningEvent.id)))


def point(step: int, data: Mapping[str, Any]) -> Point:
    """One step's figures from a metrics event's data."""
    total = _number(data, "total_steps")
    return Point(
        step,
        int(total) if total is not None else None,
        _number(data, "train_loss"),
        _number(data, "valid_loss"),
        _number(data, "full_valid_loss"),
        _number(data, "full_valid_f1", "valid_f1", "f1"),
    )


def progress(session: Session, job_ids: Collection[str]) -> dict[str, tuple[int, int]]:
    """The last step told of and how many there will be, by job; jobs that told of none are absent."""
    newest = (
        sa.select(sa.func.max(FineTuningEvent.id))
        .where(FineTuningEvent.fine_tuning_job_id.in_(job_ids), FineTuningEvent.step.is_not(None))
        .group_by(FineTuningEvent.fine_tuning_job_id)
    )
    found = session.scalars(sa.select(FineTuningEvent).where(FineTuningEvent.id.in_(newest)))
    return {
        event.fine_tuning_job_id: (int(event.step or 0), int(_number(event.data, "total_steps") or 0))
        for event in found
    }


def _number(data: Mapping[str, Any], *names: str) -> float | None:
    found = (data[name] for name in names if isinstance(data.get(name), int | float))
    return next((float(value) for value in found), None)
