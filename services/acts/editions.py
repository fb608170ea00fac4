"""Editions of one act: found by number and day, and linked each to the one before."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.acts.errors import ActNotFoundError
from services.db import SessionLocal
from services.db.models import LegalAct


@dataclass(frozen=True)
class Stored:
    """An edition that is here: its act, and its day (ISO; empty where it is not known)."""

    act_id: int
    edition: str


def same(session: Session, number: str | None, edition: str) -> LegalAct | None:
    """The act with this number in this edition, deleted ones last; None where either is unknown."""
    if not number or not edition:
        return None
    statement = sa.select(LegalAct).where(LegalAct.number == number, LegalAct.edition == edition)
    return session.scalar(statement.order_by(LegalAct.deleted_at.is_not(None), LegalAct.id).limit(1))


def newest(number: str, edition: str = "") -> int | None:
    """The id of the act with this number: its newest edition here, or the one of a day (ISO)."""
    statement = sa.select(LegalAct.id).where(LegalAct.number == number, LegalAct.deleted_at.is_(None))
    if edition:
        statement = statement.where(LegalAct.edition == edition)
    with SessionLocal.reading() as session:
        newest_first = statement.order_by(LegalAct.edition.desc(), LegalAct.id.desc())
        return session.scalar(newest_first.limit(1))


def link(session: Session, act: LegalAct) -> None:
    """Link a new act to the edition before it, and the edition after it to the new act.

    An act whose edition is not known follows the newest edition there was when it came.
    """
    if not act.number:
        return
    others = list(
        session.scalars(
            sa.select(LegalAct)
            .where(LegalAct.number == act.number, LegalAct.id != act.id, LegalAct.deleted_at.is_(None))
            .order_by(LegalAct.edition, LegalAct.id)
        )
    )
    if not act.edition:
        act.replaces_id = others[-1].id if others else None
        return
    before = [other for other in others if other.edition < act.edition]
    after = [other for other in others if other.edition > act.edition]
    act.replaces_id = before[-1].id if before else None
    if after:
        after[0].replaces_id = act.id


def listed(act_id: int) -> list[Stored]:
    """Every edition of an act that is here, its own included, the oldest first. Raises ActNotFoundError."""
    with SessionLocal.reading() as session:
        act = session.get(LegalAct, act_id)
        if act is None:
            raise ActNotFoundError(act_id)
        if not act.number:
            return [Stored(act_id, act.edition)]
        statement = sa.select(LegalAct.id, LegalAct.edition).where(
            LegalAct.number == act.number, sa.or_(LegalAct.deleted_at.is_(None), LegalAct.id == act_id)
        )
        rows = session.execute(statement.order_by(LegalAct.edition, LegalAct.id))
        return [Stored(row.id, row.edition) for row in rows]
