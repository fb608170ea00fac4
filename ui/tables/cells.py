"""What stands in a table: columns, rows, kinds of cells, and what the reader did with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from ui.elements import Badge

Drawn = dict[str, Any]
Cell = str | Badge | Drawn


@dataclass(frozen=True)
class Column:
    """A column. `align="right"` for figures; `secondary` ones leave when the table is narrow (640 px)."""

    label: str
    align: Literal["left", "right"] = "left"
    secondary: bool = False
    shrink: bool = False


@dataclass(frozen=True)
class Row:
    """One row: cells in the order of the columns. `actions` limits which actions it offers (None: all)."""

    id: str
    cells: Sequence[Cell]
    actions: Sequence[str] | None = None
    faded: bool = False


@dataclass(frozen=True)
class Action:
    """A button under the picked row; `strong` fills it. `icon` is a bare Material name of `ui/icons.json`."""

    id: str
    label: str
    icon: str | None = None
    strong: bool = False


class TableEvent(NamedTuple):
    """What happened in this run: the row picked, (row, action) pressed; and the rows checked so far."""

    clicked: str | None = None
    action: tuple[str, str] | None = None
    checked: tuple[str, ...] = ()


def strong(text: str) -> Drawn:
    """Text of weight 500, for the name of what the row is about."""
    return {"kind": "strong", "text": text}


def muted(text: str) -> Drawn:
    """Secondary text, such as a date."""
    return {"kind": "muted", "text": text}


def quote(text: str) -> Drawn:
    """Words of an act: serif, at most two lines."""
    return {"kind": "quote", "text": text}


def stack(text: str, second: str) -> Drawn:
    """A name with a second, muted line."""
    return {"kind": "stack", "text": text, "second": second}


def badges(*several: Badge) -> Drawn:
    """Several badges in one cell."""
    return {"kind": "badges", "badges": [_badge(one) for one in several]}


def drawn(cell: Cell) -> Drawn:
    """The cell as the browser takes it."""
    if isinstance(cell, Badge):
        return {"kind": "badge", **_badge(cell)}
    return {"kind": "text", "text": cell} if isinstance(cell, str) else cell


def plain(cell: Cell) -> str:
    """The cell in words, for a row's name."""
    if isinstance(cell, Badge):
        return cell.label
    return cell if isinstance(cell, str) else str(cell.get("text") or cell.get("label") or "")


def _badge(badge: Badge) -> Drawn:
    return {"label": badge.label, "icon": badge.icon, "tone": badge.tone}
