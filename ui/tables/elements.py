"""The table of elements beside a text: the keyboard's and the screen reader's way through it."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui.elements import TYPES, Badge, status_badge, type_label
from ui.i18n import Text
from ui.tables.cells import Action, Cell, Column, Drawn, Row, TableEvent
from ui.tables.generic import page_of, simple_table, turn_to

PAGE = 200
"""Rows drawn at once."""


@dataclass(frozen=True)
class ElementRow:
    """One element: its type's code, address («ст. 24 ч. 1»), words, one more fact, and status.

    `tag` is an extra badge (which model found it, what differs); `actions` limits what the row offers.
    """

    id: str
    type: str
    place: str
    quote: str
    status: str
    fact: str = ""
    tag: Badge | None = None
    actions: Sequence[str] | None = None


def element_table(
    t: Text,
    key: str,
    rows: Sequence[ElementRow],
    *,
    selected: str | None = None,
    actions: Sequence[Action] = (),
    height: int | None = 740,
    group: str | None = None,
    label: str | None = None,
    status: bool = True,
) -> TableEvent:
    """Draw the elements; `group` ties the table to the text view of the same group.

    With more than 200 rows it turns pages, and to the selected row when that changes. `status=False` shows
    the tag instead of the status.
    """
    pages = max(1, -(-len(rows) // PAGE))
    page = min(_page(key, rows, selected), pages - 1)
    columns = [Column(t("Element")), Column(t("Status") if status else t("Difference"), shrink=True)]
    return simple_table(
        t,
        key,
        columns,
        [_row(t, row, status) for row in rows[page * PAGE : (page + 1) * PAGE]],
        label=label or t("Elements in the text"),
        selected=selected,
        clickable=True,
        actions=actions,
        height=height,
        group=group,
        page=page,
        pages=pages,
    )


def _page(key: str, rows: Sequence[ElementRow], selected: str | None) -> int:
    goal = f"nm.goal.{key}"
    if selected is not None and st.session_state.get(goal) != selected:
        at = next((index for index, row in enumerate(rows) if row.id == selected), None)
        if at is not None:
            turn_to(key, at // PAGE)
    st.session_state[goal] = selected
    return page_of(key)


def _row(t: Text, row: ElementRow, status: bool) -> Row:
    state: Cell = status_badge(t, row.status) if status else row.tag or ""
    return Row(row.id, [element(t, row), state], actions=row.actions)


def element(t: Text, row: ElementRow) -> Drawn:
    """One cell that says all of an element but its status: type, place, words, the one more fact."""
    kind = TYPES.get(row.type)
    return {
        "kind": "element",
        "type": row.type,
        "icon": kind.icon if kind else "circle",
        "label": type_label(t, row.type),
        "place": row.place,
        "quote": row.quote,
        "fact": row.fact,
        "struck": row.status == "rejected",
    }
