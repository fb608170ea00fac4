"""The log of decisions: what an element was before and after, in batches that can be undone.

Everything here works on plain rows and in bulk: confirming or undoing the ten thousand suggestions of a
code is one press, and takes about a second.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.db.models import Decision, Element
from services.db.types import now

_STATE = ("type", "start", "end", "quote", "attributes", "address", "search", "status")
_CHUNK = 500
_UNDECIDED = ("suggested", "stale")

Values = dict[str, Any]


@dataclass(frozen=True)
class Done:
    """A decision that was stored: the batch by which it can be undone, and the elements it changed."""

    batch: str
    element_ids: tuple[int, ...]

    @property
    def changed(self) -> int:
        """How many elements it changed."""
        return len(self.element_ids)


@dataclass(frozen=True)
class Held:
    """An element as this transaction holds it: nobody else changes it before the transaction ends."""

    id: int
    act_id: int
    version: int
    state: Values


def new_batch() -> str:
    """A fresh batch identifier."""
    return str(uuid.uuid4())


def hold(session: Session, *where: sa.ColumnElement[bool]) -> list[Held]:
    """The elements that `where` finds, locked until the transaction ends, by id."""
    columns = (getattr(Element, name) for name in _STATE)
    statement = sa.select(Element.id, Element.act_id, Element.version, *columns).where(*where)
    rows = session.execute(statement.order_by(Element.id).with_for_update())
    return [
        Held(number, act_id, version, dict(zip(_STATE, state, strict=True)))
        for number, act_id, version, *state in rows
    ]


def hold_ids(session: Session, ids: Sequence[int]) -> list[Held]:
    """The elements of these ids, locked; those that are gone are left out."""
    chunks = (ids[first : first + _CHUNK] for first in range(0, len(ids), _CHUNK))
    return [held for chunk in chunks for held in hold(session, Element.id.in_(chunk))]


def decide(
    session: Session,
    held: Sequence[Held],
    action: str,
    batch: str,
    values: Values | Callable[[Held], Values],
) -> Done:
    """Change elements and write down what they were, in the caller's transaction."""
    after = [{**one.state, **(values(one) if callable(values) else values)} for one in held]
    put(session, zip(held, after, strict=True))
    facts = ((one.act_id, one.id, one.state, new) for one, new in zip(held, after, strict=True))
    write(session, action, batch, facts)
    return Done(batch, tuple(one.id for one in held))


def put(session: Session, changes: Iterable[tuple[Held, Values]]) -> None:
    """Set the state of held elements; a new version each, and `decided_at` as their status says."""
    table, moment = Element.__table__, now()
    rows = [
        {
            "row": held.id,
            "next": held.version + 1,
            "moment": None if state["status"] in _UNDECIDED else moment,
            **{f"new_{name}": state[name] for name in _STATE},
        }
        for held, state in changes
    ]
    if not rows:
        return
    new = {name: sa.bindparam(f"new_{name}", type_=table.c[name].type) for name in _STATE}
    change = sa.update(Element).where(table.c.id == sa.bindparam("row"))
    decided = sa.bindparam("moment", type_=table.c.decided_at.type)
    statement = change.values(**new, version=sa.bindparam("next"), decided_at=decided)
    session.connection().execute(statement, rows)


def write(
    session: Session, action: str, batch: str, facts: Iterable[tuple[int, int, Values | None, Values]]
) -> None:
    """Write down decisions: (act, element, before, after); before is None for an element that was added."""
    rows = [
        {
            "act_id": act_id,
            "element_id": element_id,
            "action": action,
            "batch": batch,
            "before": before,
            "after": after,
        }
        for act_id, element_id, before, after in facts
    ]
    if rows:
        session.execute(sa.insert(Decision), rows)


def state_of(element: Element) -> Values:
    """What a decision can change of an element that was just added."""
    return {name: getattr(element, name) for name in _STATE}
