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
from services.review.log import Done
from services.review.spans import snap


@dataclass(frozen=True)
class Undone:
    """`restored` elements are as before; `kept` were changed again since and were left alone."""

    restored: int
    kept: int


def accept(element_id: int, version: int) -> Done:
    """Confirm an element. Raises NotLocatedError, StaleError, ElementNotFoundError."""
    with SessionLocal.begin() as session:
        element = _current(session, element_id, version)
        if element.start is None:
            raise NotLocatedError()
        return log.decide(session, [element], "accept", log.new_batch(), status="gold")


def reject(element_id: int, version: int) -> Done:
    """Reject an element; it stays in the list of rejected ones. Raises StaleError, ElementNotFoundError."""
    with SessionLocal.begin() as session:
        element = _current(session, element_id, version)
        return log.decide(session, [element], "reject", log.new_batch(), status="rejected")


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
        element = _current(session, element_id, version)
        code = _known(type or element.type)
        values: dict[str, Any] = {"type": code, "status": "gold"}
        values["attributes"] = _attributes(code, element.attributes if attributes is None else attributes)
        if span is not None:
            values |= _place(element.act_id, *span)
        start, end = values.get("start", element.start), values.get("end", element.end)
        if start is None or end is None:
            raise NotLocatedError()
        _refuse_twin(session, element.act_id, code, start, end, element.id)
        return log.decide(session, [element], action, log.new_batch(), **values)


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
        _refuse_twin(session, act_id, code, place["start"], place["end"], None)
        twin = session.scalar(_same_place(act_id, code, place["start"], place["end"]).limit(1))
        if twin is not None:
            return log.decide(session, [twin], "add", batch, **(values if attributes else {"status": "gold"}))
        element = Element(act_id=act_id, type=code, origin="human", decided_at=now(), **place, **values)
        session.add(element)
        session.flush()
        log.write(session, element, "add", batch, before=None)
        return Done(batch, (element.id,))


def accept_all(act_id: int, *, types: Sequence[str] = (), span: tuple[int, int] | None = None) -> Done:
    """Confirm every suggested element of an act that stands in its text; of some types or in a range only."""
    with SessionLocal.begin() as session:
        statement = _suggested().where(Element.act_id == act_id)
        if types:
            statement = statement.where(Element.type.in_(types))
        if span is not None:
            statement = statement.where(Element.start >= span[0], Element.end <= span[1])
        return log.decide(session, list(session.scalars(statement)), "accept", log.new_batch(), status="gold")


def accept_many(ids: Sequence[int]) -> Done:
    """Confirm those of the given elements that are suggested and stand in the text."""
    return _decide_many(ids, "accept", "gold")


def reject_many(ids: Sequence[int]) -> Done:
    """Reject those of the given elements that are suggested."""
    return _decide_many(ids, "reject", "rejected")


def undo(batch: str) -> Undone:
    """Take a batch back: its elements become what they were. Those that were changed since are left alone.

    An element that was added is rejected, never erased. Undoing twice changes nothing.
    """
    restored = kept = 0
    with SessionLocal.begin() as session:
        pending = Decision.undone_at.is_(None)
        statement = sa.select(Decision).where(Decision.batch == batch, pending).order_by(Decision.id.desc())
        for decision in session.scalars(statement):
            element = session.get_one(Element, decision.element_id, with_for_update=True)
            if log.state(element) != decision.after:
                kept += 1
                continue
            log.put(element, decision.before or {"status": "rejected"})
            decision.undone_at = now()
            restored += 1
    return Undone(restored, kept)


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


def _current(session: Session, element_id: int, version: int) -> Element:
    element = session.get(Element, element_id, with_for_update=True)
    if element is None:
        raise ElementNotFoundError(element_id)
    if element.version != version:
        raise StaleError(what="element", key=element_id)
    return element


def _suggested() -> sa.Select[Element]:
    located = Element.start.is_not(None)
    return sa.select(Element).where(Element.status == "suggested", located).with_for_update()


def _decide_many(ids: Sequence[int], action: str, status: str) -> Done:
    with SessionLocal.begin() as session:
        found = [e for e in _by_ids(session, ids) if e.status == "suggested"]
        if status == "gold":
            found = [e for e in found if e.start is not None]
        return log.decide(session, found, action, log.new_batch(), status=status)


def _by_ids(session: Session, ids: Sequence[int], chunk: int = 500) -> list[Element]:
    found: list[Element] = []
    for first in range(0, len(ids), chunk):
        part = sa.select(Element).where(Element.id.in_(ids[first : first + chunk])).with_for_update()
        found.extend(session.scalars(part))
    return found


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


def _same_place(act_id: int, code: str, start: int, end: int) -> sa.Select[Element]:
    return sa.select(Element).where(
        Element.act_id == act_id, Element.start == start, Element.end == end, Element.type == code
    )


def _refuse_twin(session: Session, act_id: int, code: str, start: int, end: int, but: int | None) -> None:
    for twin in session.scalars(_same_place(act_id, code, start, end).where(Element.status == "gold")):
        if twin.id != but:
            raise AlreadyConfirmedError(element_id=twin.id)
