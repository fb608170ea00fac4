"""Elements as they are listed: of one act, or searched across all acts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from services.acts import records
from services.acts.numbers import printed
from services.acts.service import Page
from services.db import SessionLocal
from services.db.models import Element, LegalAct

STATUSES = ("suggested", "gold", "rejected", "stale")


@dataclass(frozen=True)
class ElementView:
    """An element with its act. `start`, `end`: half-open code points of the act's text, None if not found."""

    id: int
    act_id: int
    act_title: str
    act_number: str
    type: str
    start: int | None
    end: int | None
    quote: str
    attributes: dict[str, Any]
    address: str
    status: str
    origin: str
    model: str
    how: str
    version: int
    decided_at: datetime | None


@dataclass(frozen=True)
class ElementFilter:
    """Which elements: every word of `query` in the quote or the address, every word of `act` in the act's
    title, number or type; an empty tuple means any. `located` False: those whose quote is nowhere in the
    text. Elements of deleted acts are never found.
    """

    query: str = ""
    act: str = ""
    types: Sequence[str] = field(default=())
    statuses: Sequence[str] = field(default=())
    act_id: int | None = None
    located: bool | None = None


def of_act(act_id: int, *, statuses: Sequence[str] = (), types: Sequence[str] = ()) -> list[ElementView]:
    """All elements of an act in reading order, outer ones before those inside; not located ones last."""
    return _read(_select(ElementFilter(statuses=statuses, types=types), act_id))


def get(element_id: int) -> ElementView | None:
    """One element, or None."""
    found = _read(_joined().where(Element.id == element_id))
    return found[0] if found else None


def search(where: ElementFilter, *, page: int = 1, size: int = 50) -> Page[ElementView]:
    """A page of elements of all acts, in the order of acts and of their texts."""
    rows = _read(_select(where, where.act_id).limit(size).offset((max(page, 1) - 1) * size))
    return Page(rows, count(where))


def every(where: ElementFilter, limit: int | None = None) -> list[ElementView]:
    """All elements that a filter finds, at most `limit`: what an export holds."""
    return _read(_select(where, where.act_id).limit(limit))


def ids(where: ElementFilter) -> list[int]:
    """The ids of all elements that a filter finds."""
    with SessionLocal.reading() as session:
        return list(session.scalars(sa.select(Element.id).where(*_conditions(where, where.act_id))))


def count(where: ElementFilter) -> int:
    """How many elements a filter finds."""
    statement = sa.select(sa.func.count()).select_from(Element).where(*_conditions(where, where.act_id))
    with SessionLocal.reading() as session:
        return session.scalar(statement) or 0


def totals(act_id: int | None = None) -> dict[str, int]:
    """How many elements have each status, in one act or in all that are not deleted."""
    where = _conditions(ElementFilter(), act_id)
    statement = sa.select(Element.status, sa.func.count()).where(*where).group_by(Element.status)
    with SessionLocal.reading() as session:
        found = {row[0]: row[1] for row in session.execute(statement)}
    return {status: found.get(status, 0) for status in STATUSES}


def search_key(quote: str, address: str) -> str:
    """What `Element.search` holds: set it whenever a quote or an address is written."""
    return records.search_key(quote, address)


# Plain columns: ten thousand elements of a code are read four times as fast as rows of the mapper.
_COLUMNS = (
    Element.id,
    Element.act_id,
    Element.type,
    Element.start,
    Element.end,
    Element.quote,
    Element.attributes,
    Element.address,
    Element.status,
    Element.origin,
    Element.model,
    Element.how,
    Element.version,
    Element.decided_at,
)


def _joined() -> sa.Select[*tuple[Any, ...]]:
    act = (LegalAct.title, LegalAct.number, LegalAct.date)
    return sa.select(*act, *_COLUMNS).join_from(Element, LegalAct, LegalAct.id == Element.act_id)


def _select(where: ElementFilter, act_id: int | None) -> sa.Select[*tuple[Any, ...]]:
    order = (Element.act_id, Element.start.is_(None), Element.start, Element.end.desc(), Element.id)
    return _joined().where(*_conditions(where, act_id)).order_by(*order)


def _conditions(where: ElementFilter, act_id: int | None) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [
        Element.search.contains(word, autoescape=True) for word in records.words(where.query)
    ]
    if where.types:
        found.append(Element.type.in_(where.types))
    if where.statuses:
        found.append(Element.status.in_(where.statuses))
    if where.located is not None:
        found.append(Element.start.is_not(None) if where.located else Element.start.is_(None))
    if where.act.strip():
        named = map(records.holds, records.words(where.act))
        found.append(Element.act_id.in_(sa.select(LegalAct.id).where(*named)))
    if act_id is not None:
        found.append(Element.act_id == act_id)
    else:
        # Few acts are deleted: leaving them out is cheaper than joining every element to its act.
        found.append(Element.act_id.not_in(sa.select(LegalAct.id).where(LegalAct.deleted_at.is_not(None))))
    return found


def _read(statement: sa.Select[*tuple[Any, ...]]) -> list[ElementView]:
    names = [column.key for column in _COLUMNS]
    with SessionLocal.reading() as session:
        return [
            ElementView(
                act_title=title, act_number=printed(number, adopted), **dict(zip(names, rest, strict=True))
            )
            for title, number, adopted, *rest in session.execute(statement)
        ]
