"""The log of decisions: what an element was before and after, in batches that can be undone."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from services.db.models import Decision, Element
from services.db.types import now

_STATE = ("type", "start", "end", "quote", "attributes", "address", "search", "status")


@dataclass(frozen=True)
class Done:
    """A decision that was stored: the batch by which it can be undone, and the elements it changed."""

    batch: str
    element_ids: tuple[int, ...]

    @property
    def changed(self) -> int:
        """How many elements it changed."""
        return len(self.element_ids)


def new_batch() -> str:
    """A fresh batch identifier."""
    return str(uuid.uuid4())


def state(element: Element) -> dict[str, Any]:
    """What a decision can change of an element."""
    return {name: getattr(element, name) for name in _STATE}


def put(element: Element, values: dict[str, Any]) -> None:
    """Set an element's state; `decided_at` follows the status."""
    for name, value in values.items():
        setattr(element, name, value)
    element.decided_at = None if element.status in ("suggested", "stale") else now()


def decide(session: Session, elements: Sequence[Element], action: str, batch: str, **values: Any) -> Done:
    """Change elements and write down what they were, in the caller's transaction."""
    for element in elements:
        before = state(element)
        put(element, values)
        write(session, element, action, batch, before)
    return Done(batch, tuple(element.id for element in elements))


def write(session: Session, element: Element, action: str, batch: str, before: dict[str, Any] | None) -> None:
    """Write down one decision; `before` is None for an element that a person added."""
    facts = {"action": action, "batch": batch, "before": before, "after": state(element)}
    session.add(Decision(act_id=element.act_id, element_id=element.id, **facts))
