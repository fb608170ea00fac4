"""Acts: listed, searched, read, deleted and restored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as Day  # noqa: N812 (beside fields named date)
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from services.acts import records, structure
from services.acts.errors import ActNotFoundError
from services.acts.numbers import printed
from services.db import SessionLocal
from services.db.models import ActText, Element, LegalAct
from services.db.types import now

Unit = structure.Unit
Row = TypeVar("Row")
_KEPT_STRUCTURES = 16


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list and how many rows the whole list has."""

    rows: list[Row]
    total: int


@dataclass(frozen=True)
class ActRow:
    """An act in a list. `number` identifies it at the Rada, `printed` is the number on the act itself.

    `gold` and `suggested` count its elements; `text_length` is in characters.
    """

    id: int
    number: str | None
    printed: str
    title: str
    act_type: str
    date: Day | None
    body: str
    edition: str
    text_length: int
    is_processed: bool
    origin: str
    deleted: bool
    gold: int = 0
    suggested: int = 0


@dataclass(frozen=True)
class ActView(ActRow):
    """An act with its text, its source and the number of its elements by status."""

    text: str = ""
    text_hash: str = ""
    source: str = ""
    licence: str = ""
    imported_at: datetime | None = None
    elements: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ActCounts:
    """How many acts there are; deleted ones count only as deleted."""

    total: int
    processed: int
    deleted: int

    @property
    def not_processed(self) -> int:
        """Acts no model has gone through yet."""
        return self.total - self.processed


def search(
    query: str = "", *, processed: bool | None = None, deleted: bool = False, page: int = 1, size: int = 25
) -> Page[ActRow]:
    """A page of acts, the newest import first, whose title, number or type contain every word of `query`."""
    where = _conditions(query, processed, deleted)
    offset = (max(page, 1) - 1) * size
    with SessionLocal.reading() as session:
        shown = list(session.scalars(_listed(where).limit(size).offset(offset)))
        last_page = len(shown) < size and (shown or not offset)
        total = offset + len(shown) if last_page else _count(session, where)
        rows = {row.id: row for row in session.execute(sa.select(*_COLUMNS).where(LegalAct.id.in_(shown)))}
        counts = _element_counts(session, shown)
    return Page([ActRow(**_facts(rows[i]), **_two(counts.get(i, {}))) for i in shown if i in rows], total)


def ids(query: str = "", *, processed: bool | None = None, deleted: bool = False) -> list[int]:
    """The ids of every act that `search` would list, in the same order."""
    with SessionLocal.reading() as session:
        return list(session.scalars(_listed(_conditions(query, processed, deleted))))


def get(act_id: int) -> ActView:
    """An act with its text, deleted ones included. Raises ActNotFoundError."""
    extra = (LegalAct.text_hash, LegalAct.source, LegalAct.licence, LegalAct.imported_at, ActText.text)
    statement = sa.select(*_COLUMNS, *extra).join(ActText).where(LegalAct.id == act_id)
    with SessionLocal.reading() as session:
        row = session.execute(statement).one_or_none()
        if row is None:
            raise ActNotFoundError(act_id)
        counts = _element_counts(session, [act_id]).get(act_id, {})
    more: dict[str, Any] = {column.key: getattr(row, column.key) for column in extra}
    return ActView(**_facts(row), **_two(counts), **more, elements=counts)


def text(act_id: int) -> str:
    """The text of an act. Raises ActNotFoundError."""
    with SessionLocal.reading() as session:
        found = session.scalar(sa.select(ActText.text).where(ActText.act_id == act_id))
    if found is None:
        raise ActNotFoundError(act_id)
    return found


def title(act_id: int) -> str:
    """The title of an act; empty where there is no such act."""
    with SessionLocal.reading() as session:
        return session.scalar(sa.select(LegalAct.title).where(LegalAct.id == act_id)) or ""


def units(act_id: int) -> list[Unit]:
    """The structure of an act, in document order. Kept in memory: do not change it."""
    return units_of(text(act_id))


@lru_cache(maxsize=_KEPT_STRUCTURES)
def units_of(text: str) -> list[Unit]:
    """The structure of a text that is at hand already. Kept in memory: do not change it."""
    return structure.parse(text)


def delete(act_id: int) -> None:
    """Put an act away with everything that belongs to it; `restore` brings all of it back."""
    _set_deleted(act_id, now())


def restore(act_id: int) -> None:
    """Bring a deleted act back."""
    _set_deleted(act_id, None)


def counts() -> ActCounts:
    """How many acts there are."""
    there = LegalAct.deleted_at.is_(None)
    by_state = sa.select(LegalAct.is_processed, sa.func.count()).where(there).group_by(LegalAct.is_processed)
    with SessionLocal.reading() as session:
        table: dict[bool, int] = {}
        table.update((done, number) for done, number in session.execute(by_state))
        gone = _count(session, [LegalAct.deleted_at.is_not(None)])
    return ActCounts(sum(table.values()), table.get(True, 0), gone)


_COLUMNS = (
    LegalAct.id,
    LegalAct.number,
    LegalAct.title,
    LegalAct.act_type,
    LegalAct.date,
    LegalAct.body,
    LegalAct.edition,
    LegalAct.text_length,
    LegalAct.is_processed,
    LegalAct.origin,
    LegalAct.deleted_at,
)


def _facts(row: Any) -> dict[str, Any]:
    facts = {column.key: getattr(row, column.key) for column in _COLUMNS}
    deleted = facts.pop("deleted_at") is not None
    return {**facts, "deleted": deleted, "printed": printed(row.number, row.date)}


def _two(counts: dict[str, int]) -> dict[str, Any]:
    return {"gold": counts.get("gold", 0), "suggested": counts.get("suggested", 0)}


def _listed(where: Sequence[sa.ColumnElement[bool]]) -> sa.Select[int]:
    """Ids alone, in the order of the list: an index answers by itself, no row is read to be passed over."""
    statement = sa.select(LegalAct.id).where(*where)
    return statement.order_by(LegalAct.imported_at.desc(), LegalAct.id.desc())


def _conditions(query: str, processed: bool | None, deleted: bool) -> list[sa.ColumnElement[bool]]:
    gone = LegalAct.deleted_at.is_not(None) if deleted else LegalAct.deleted_at.is_(None)
    where = [gone, *map(records.holds, sorted(records.words(query), key=_commonness))]
    if processed is not None:
        where.append(LegalAct.is_processed.is_(processed))
    return where


def _commonness(word: str) -> tuple[bool, int]:
    """Numbers, then long words, leave the fewest acts to the words after them."""
    return not any(map(str.isdigit, word)), -len(word)


def _count(session: Any, where: Sequence[sa.ColumnElement[bool]]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(LegalAct).where(*where)) or 0


def _element_counts(session: Any, act_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Elements by act and status; a suggestion that is not in the text counts apart, as `not_found`."""
    lost = sa.and_(Element.status == "suggested", Element.start.is_(None))
    status = sa.case((lost, "not_found"), else_=Element.status)
    statement = (
        sa.select(Element.act_id, status, sa.func.count())
        .where(Element.act_id.in_(act_ids))
        .group_by(Element.act_id, status)
    )
    found: dict[int, dict[str, int]] = {}
    for act_id, status, number in session.execute(statement):
        found.setdefault(act_id, {})[status] = number
    return found


def _set_deleted(act_id: int, moment: datetime | None) -> None:
    with SessionLocal.begin() as session:
        statement = (
            sa.update(LegalAct).where(LegalAct.id == act_id).values(deleted_at=moment).returning(LegalAct.id)
        )
        if session.scalar(statement) is None:
            raise ActNotFoundError(act_id)
