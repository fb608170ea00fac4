"""Decisions on elements. Each is stored at once, in one transaction, with what was before; none is final.

What a person confirms is gold. Machines change only what is suggested.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.acts import elements as listed
from services.acts import service as acts
from services.acts.addresses import Addresses
from services.db import SessionLocal
from services.db.models import Decision, Element, GoldPassage
from services.db.types import now
from services.errors import StaleError
from services.extraction import schema
from services.review import log
from services.review.errors import (
    AlreadyConfirmedError,
    ElementNotFoundError,
    NotLocatedError,
    PassageUnfinishedError,
    UnknownTypeError,
)
from services.review.log import Done, Held
from services.review.spans import snap


@dataclass(frozen=True)
class Undone:
    """`restored` elements are as before; `kept` were changed again since and were left alone."""

    restored: int
    kept: int


def accept(element_id: int, version: int) -> Done:
    """Confirm an element. Raises NotLocatedError, StaleError, ElementNotFoundError."""
    with SessionLocal.begin() as session:
        held = _current(session, element_id, version)
        if held.state["start"] is None:
            raise NotLocatedError()
        return log.decide(session, [held], "accept", log.new_batch(), {"status": "gold"})


def reject(element_id: int, version: int) -> Done:
    """Reject an element; it stays in the list of rejected ones. Raises StaleError, ElementNotFoundError."""
    with SessionLocal.begin() as session:
        held = _current(session, element_id, version)
        return log.decide(session, [held], "reject", log.new_batch(), {"status": "rejected"})


def change_type(element_id: int, version: int, type: str) -> Done:
    """Give an element another type and confirm it; attributes both types have are kept.

    Raises UnknownTypeError, NotLocatedError, AlreadyConfirmedError, StaleError, ElementNotFoundError.
    """
    return edit(element_id, version, type=type, action="change_type")


def edit(
    element_id: int,
    version: int,
    *,
    type: str | None = None,
    span: tuple[int, int] | None = None,
    attributes: dict[str, Any] | None = None,
    action: str = "edit",
) -> Done:
    """Correct an element and confirm it. What is None stays; a span is snapped to whole words.

    Raises SpanError, UnknownTypeError, NotLocatedError, AlreadyConfirmedError, StaleError,
    ElementNotFoundError; then nothing is written.
    """
    with SessionLocal.begin() as session:
        held = _current(session, element_id, version)
        code = _known(type or held.state["type"])
        given = held.state["attributes"] if attributes is None else attributes
        values: dict[str, Any] = {"type": code, "status": "gold", "attributes": _attributes(code, given)}
        if span is not None:
            values |= _place(held.act_id, *span)
        start, end = (values.get(name, held.state[name]) for name in ("start", "end"))
        if start is None or end is None:
            raise NotLocatedError()
        _refuse_twin(session, held.act_id, code, start, end, but=held.id)
        return log.decide(session, [held], action, log.new_batch(), values)


def add(
    act_id: int,
    type: str,
    start: int,
    end: int,
    attributes: dict[str, Any] | None = None,
) -> Done:
    """Add a confirmed element from a selection, snapped to whole words.

    A suggested, rejected or stale element of the same type in the same place is confirmed instead.
    Raises SpanError, UnknownTypeError, AlreadyConfirmedError, ActNotFoundError.
    """
    code = _known(type)
    place = _place(act_id, start, end)
    values = {"attributes": _attributes(code, attributes or {}), "status": "gold"}
    batch = log.new_batch()
    with SessionLocal.begin() as session:
        _refuse_twin(session, act_id, code, place["start"], place["end"])
        twins = log.hold(session, *_same_place(act_id, code, place["start"], place["end"]))
        if twins:
            return log.decide(session, twins[:1], "add", batch, values if attributes else {"status": "gold"})
        element = Element(act_id=act_id, type=code, origin="human", decided_at=now(), **place, **values)
        session.add(element)
        session.flush()
        log.write(session, "add", batch, [(act_id, element.id, None, log.state_of(element))])
        return Done(batch, (element.id,))


def accept_all(act_id: int, *, types: Sequence[str] = (), span: tuple[int, int] | None = None) -> Done:
    """Confirm every suggested element of an act that stands in its text; of some types or in a range only."""
    where = [Element.act_id == act_id, *_ready()]
    if types:
        where.append(Element.type.in_(types))
    if span is not None:
        where += [Element.start >= span[0], Element.end <= span[1]]
    with SessionLocal.begin() as session:
        return log.decide(session, log.hold(session, *where), "accept", log.new_batch(), {"status": "gold"})


def accept_many(ids: Sequence[int]) -> Done:
    """Confirm those of the given elements that are suggested and stand in the text."""
    with SessionLocal.begin() as session:
        found = [held for held in _suggested(session, ids) if held.state["start"] is not None]
        return log.decide(session, found, "accept", log.new_batch(), {"status": "gold"})


def reject_many(ids: Sequence[int]) -> Done:
    """Reject those of the given elements that are suggested."""
    with SessionLocal.begin() as session:
        found = _suggested(session, ids)
        return log.decide(session, found, "reject", log.new_batch(), {"status": "rejected"})


def undo(batch: str) -> Undone:
    """Take a batch back: its elements become what they were. Those that were changed since are left alone.

    An element that was added is rejected, never erased. Undoing twice changes nothing.
    """
    pending = (Decision.batch == batch, Decision.undone_at.is_(None))
    columns = (Decision.id, Decision.element_id, Decision.before, Decision.after)
    with SessionLocal.begin() as session:
        decisions = session.execute(sa.select(*columns).where(*pending)).all()
        held = {one.id: one for one in log.hold_ids(session, [d.element_id for d in decisions])}
        same = [d for d in decisions if d.element_id in held and held[d.element_id].state == d.after]
        log.put(session, ((held[d.element_id], _before(d.before, d.after)) for d in same))
        _mark_undone(session, [d.id for d in same])
    return Undone(len(same), len(decisions) - len(same))


def mark_passage_reviewed(act_id: int, start: int, end: int) -> None:
    """Say that a range was gone through completely: what is confirmed in it is all there is to find.

    Raises PassageUnfinishedError while an element in it is still suggested, ActNotFoundError.
    """
    units = acts.units(act_id)
    with SessionLocal.begin() as session:
        inside = (Element.act_id == act_id, Element.start >= start, Element.end <= end)
        waiting = sa.select(sa.func.count()).where(*inside, Element.status == "suggested")
        if count := session.scalar(waiting):
            raise PassageUnfinishedError(count=count)
        there = (GoldPassage.act_id == act_id, GoldPassage.start == start, GoldPassage.end == end)
        if session.scalar(sa.select(GoldPassage.id).where(*there)) is None:
            place = Addresses(units).of(start)
            session.add(GoldPassage(act_id=act_id, start=start, end=end, place=place, origin="human"))


def _current(session: Session, element_id: int, version: int) -> Held:
    found = log.hold(session, Element.id == element_id)
    if not found:
        raise ElementNotFoundError(element_id)
    if found[0].version != version:
        raise StaleError(what="element", key=element_id)
    return found[0]


def _ready() -> list[sa.ColumnElement[bool]]:
    return [Element.status == "suggested", Element.start.is_not(None)]


def _suggested(session: Session, ids: Sequence[int]) -> list[Held]:
    return [held for held in log.hold_ids(session, ids) if held.state["status"] == "suggested"]


def _before(before: dict[str, Any] | None, after: dict[str, Any]) -> dict[str, Any]:
    return before or {**after, "status": "rejected"}


def _mark_undone(session: Session, decision_ids: Sequence[int]) -> None:
    table = Decision.__table__
    statement = sa.update(Decision).where(table.c.id == sa.bindparam("row")).values(undone_at=now())
    if decision_ids:
        session.connection().execute(statement, [{"row": decision_id} for decision_id in decision_ids])


def _known(code: str) -> str:
    if code not in schema.TYPES:
        raise UnknownTypeError(type=code)
    return code


def _attributes(code: str, given: dict[str, Any]) -> dict[str, Any]:
    return dict(schema.normalise(code, given)[0])


def _place(act_id: int, start: int, end: int) -> dict[str, Any]:
    text = acts.text(act_id)
    start, end = snap(text, start, end)
    quote, address = text[start:end], Addresses(acts.units_of(text)).of(start)
    key = listed.search_key(quote, address)
    return {"start": start, "end": end, "quote": quote, "address": address, "search": key}


def _same_place(act_id: int, code: str, start: int, end: int) -> list[sa.ColumnElement[bool]]:
    return [Element.act_id == act_id, Element.start == start, Element.end == end, Element.type == code]


def _refuse_twin(
    session: Session, act_id: int, code: str, start: int, end: int, but: int | None = None
) -> None:
    same = _same_place(act_id, code, start, end)
    for twin in session.scalars(sa.select(Element.id).where(*same, Element.status == "gold")):
        if twin != but:
            raise AlreadyConfirmedError(element_id=twin)
