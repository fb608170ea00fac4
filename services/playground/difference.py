"""What two models agree on, and what only one of them found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from services.extraction.place import Placed

Kind = Literal["same", "only", "attributes"]


@dataclass(frozen=True)
class Compared:
    """An element of one side. `twin` is the position of the other side's element at the same place."""

    element: Placed
    kind: Kind
    twin: int | None


def compare(left: Sequence[Placed], right: Sequence[Placed]) -> tuple[list[Compared], list[Compared]]:
    """Pair elements of the same type at the same place, in reading order; the rest stand alone."""
    waiting: dict[tuple[Any, ...], list[int]] = {}
    for j, element in enumerate(right):
        waiting.setdefault(_spot(element), []).append(j)
    pairs: dict[int, int] = {}
    for i, element in enumerate(left):
        places = waiting.get(_spot(element))
        if places:
            pairs[i] = places.pop(0)
    back = {j: i for i, j in pairs.items()}
    return (
        [_compared(element, pairs.get(i), right) for i, element in enumerate(left)],
        [_compared(element, back.get(j), left) for j, element in enumerate(right)],
    )


def _compared(element: Placed, twin: int | None, others: Sequence[Placed]) -> Compared:
    if twin is None:
        return Compared(element, "only", None)
    same = _said(element.attributes) == _said(others[twin].attributes)
    return Compared(element, "same" if same else "attributes", twin)


def _spot(element: Placed) -> tuple[Any, ...]:
    return element.type, element.start, element.end, "" if element.start is not None else element.quote


def _said(attributes: dict[str, Any]) -> dict[str, Any]:
    """An attribute that is absent and one that is null say the same."""
    return {name: value for name, value in attributes.items() if value not in (None, "", [])}
