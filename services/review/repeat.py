"""Correct once, apply everywhere: what is suggested for the same words with the same type follows suit."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.acts import elements as listed
from services.acts import service as acts
from services.acts.addresses import Addresses
from services.db import SessionLocal
from services.db.models import Decision, Element, LegalAct
from services.extraction import schema
from services.review import log
from services.review.log import Done, Held


def same_elsewhere(batch: str) -> int:
    """How many suggested elements, in any act, have the words and type that this decision changed."""
    with SessionLocal.reading() as session:
        decision = _single(session, batch)
        if decision is None:
            return 0
        statement = sa.select(sa.func.count()).select_from(Element).where(*_alike(decision))
        return session.scalar(statement) or 0


def apply_elsewhere(batch: str) -> Done:
    """Give all of them the same decision, as one batch of its own; confirmed elements are never touched."""
    done = log.new_batch()
    with SessionLocal.begin() as session:
        decision = _single(session, batch)
        if decision is None:
            return Done(done, ())
        return log.decide(
            session,
            log.hold(session, *_alike(decision)),
            decision.action,
            done,
            lambda held: _same(decision, held),
        )


def _single(session: Session, batch: str) -> Decision | None:
    """The decision of a batch of one that changed what a machine had found; None for any other batch."""
    pending = Decision.undone_at.is_(None)
    found = session.scalars(sa.select(Decision).where(Decision.batch == batch, pending).limit(2)).all()
    return found[0] if len(found) == 1 and found[0].before else None


def _alike(decision: Decision) -> list[sa.ColumnElement[bool]]:
    before = decision.before or {}
    return [
        Element.type == before["type"],
        Element.status == "suggested",
        Element.start.is_not(None),
        Element.quote == before["quote"],
        Element.id != decision.element_id,
        Element.act_id.not_in(sa.select(LegalAct.id).where(LegalAct.deleted_at.is_not(None))),
    ]


def _same(decision: Decision, held: Held) -> dict[str, Any]:
    """What the decision means for another element: its status and type, and the same cut of its words."""
    before, after = decision.before or {}, decision.after or {}
    values: dict[str, Any] = {"status": after["status"]}
    if after["type"] != before["type"]:
        attributes = dict(schema.normalise(after["type"], held.state["attributes"])[0])
        values |= {"type": after["type"], "attributes": attributes}
    cut = before["quote"].find(after["quote"])
    if after["quote"] != before["quote"] and cut >= 0:
        values |= _cut(held, held.state["start"] + cut, after["quote"])
    return values


def _cut(held: Held, start: int, quote: str) -> dict[str, Any]:
    address = Addresses(acts.units(held.act_id)).of(start)
    key = listed.search_key(quote, address)
    return {"start": start, "end": start + len(quote), "quote": quote, "address": address, "search": key}
