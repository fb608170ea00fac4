"""The outbox table: what waits to be sent, when it may be tried again, what was confirmed or given up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.db import SessionLocal
from services.db.models import TrackingEvent
from services.db.types import now
from services.llm.ledger import Entry, ledger

_FIRST_WAIT, _LONGEST_WAIT = 15, 900
_KEPT_DAYS = 7


@dataclass(frozen=True)
class Event:
    """A row that waits."""

    id: int
    kind: str
    payload: dict[str, Any]


def add(kind: str, payload: dict[str, Any]) -> int:
    """Put one event in; returns its id once it is stored."""
    return int(add_later(kind, payload).wait())


def add_later(kind: str, payload: dict[str, Any]) -> Entry:
    """Put one event in with the next shared transaction; the caller need not wait."""
    return ledger.write(lambda session: _insert(session, kind, payload))


def due(kind: str, limit: int) -> list[Event]:
    """What may be tried now: what failed least first, then the oldest."""
    waiting = (
        sa.select(TrackingEvent)
        .where(TrackingEvent.kind == kind, TrackingEvent.sent_at.is_(None))
        .where(TrackingEvent.next_attempt_at <= now())
        .order_by(TrackingEvent.attempts, TrackingEvent.id)
        .limit(limit)
    )
    with SessionLocal.reading() as session:
        return [Event(row.id, row.kind, row.payload) for row in session.scalars(waiting)]


def due_now() -> bool:
    """Whether anything at all may be tried now."""
    waiting = sa.select(TrackingEvent.id).where(
        TrackingEvent.sent_at.is_(None), TrackingEvent.next_attempt_at <= now()
    )
    with SessionLocal.reading() as session:
        return session.scalar(waiting.limit(1)) is not None


def pending(*kinds: str) -> int:
    """How many events wait, of these kinds (none given: of all)."""
    count = sa.select(sa.func.count()).where(TrackingEvent.sent_at.is_(None))
    if kinds:
        count = count.where(TrackingEvent.kind.in_(kinds))
    with SessionLocal.reading() as session:
        return int(session.scalar(count) or 0)


def given_up() -> dict[str, int]:
    """How many events of the last week ended unsent, by the code that says why."""
    ended = sa.select(TrackingEvent.last_error_code, sa.func.count()).where(
        TrackingEvent.sent_at >= _week_ago(), TrackingEvent.last_error_code.is_not(None)
    )
    with SessionLocal.reading() as session:
        rows = session.execute(ended.group_by(TrackingEvent.last_error_code))
        return {str(code): count for code, count in rows}


def mark_sent(ids: Sequence[int]) -> None:
    """Confirmed by the server: their content is let go. Rows older than a week are removed."""
    _end(ids, None)


def give_up(ids: Sequence[int], code: str) -> None:
    """Ended unsent, because nothing is left to send; `code` says why. Removed like what was confirmed."""
    _end(ids, code)


def mark_failed(ids: Sequence[int], code: str) -> None:
    """Tried in vain: each waits twice as long as the last time, at most a quarter of an hour."""
    if not ids:
        return
    with SessionLocal.begin() as session:
        rows = session.scalars(sa.select(TrackingEvent).where(TrackingEvent.id.in_(ids)))
        for row in rows:
            wait = min(_FIRST_WAIT * 2 ** min(row.attempts, 10), _LONGEST_WAIT)
            row.next_attempt_at = now() + timedelta(seconds=wait)
            row.attempts += 1
            row.last_error_code = code


def retry_now() -> None:
    """Let everything that waits be tried at once, as after a new key."""
    with SessionLocal.begin() as session:
        session.execute(
            sa.update(TrackingEvent).where(TrackingEvent.sent_at.is_(None)).values(next_attempt_at=now())
        )


def _insert(session: Session, kind: str, payload: dict[str, Any]) -> int:
    event = TrackingEvent(kind=kind, payload=payload)
    session.add(event)
    session.flush()
    return event.id


def _end(ids: Sequence[int], code: str | None) -> None:
    with SessionLocal.begin() as session:
        _change(session, ids, sent_at=now(), payload={}, last_error_code=code)
        session.execute(sa.delete(TrackingEvent).where(TrackingEvent.sent_at < _week_ago()))


def _week_ago() -> datetime:
    return now() - timedelta(days=_KEPT_DAYS)


def _change(session: Session, ids: Sequence[int], **values: Any) -> None:
    table = cast(sa.Table, TrackingEvent.__table__)
    for start in range(0, len(ids), 500):
        session.execute(sa.update(table).where(table.c.id.in_(ids[start : start + 500])).values(**values))
