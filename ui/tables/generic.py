"""The table component and its general use."""

import json
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import streamlit as st

from ui.i18n import Text
from ui.styles import icon_paths
from ui.tables.cells import Action, Column, Row, TableEvent, drawn, plain

HERE = Path(__file__).resolve().parent
_HTML = """
<div class="table">
  <div class="box" data-part="box" tabindex="0" role="region">
    <table><thead data-part="head"></thead><tbody data-part="body"></tbody></table>
  </div>
  <div class="pager" data-part="pager"></div>
</div>
"""


@cache
def _component() -> Any:
    script = (HERE / "table.js").read_text(encoding="utf-8")
    return st.components.v2.component(
        "norma_table",
        html=_HTML,
        css=(HERE / "table.css").read_text(encoding="utf-8"),
        js=f"const NORMA_ICONS = {json.dumps(icon_paths())}\n{script}",
    )


def simple_table(
    t: Text,
    key: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    label: str,
    selected: str | None = None,
    clickable: bool = False,
    checkable: bool = False,
    actions: Sequence[Action] = (),
    height: int | None = None,
    group: str | None = None,
    page: int = 0,
    pages: int = 1,
) -> TableEvent:
    """Draw a table named `label` (for screen readers) and answer what the reader did.

    With `clickable` a row is picked by a click or Enter; `actions` then stand under the `selected` row. With
    `checkable` rows carry a checkbox; what is checked is kept under this key until the rows leave for good.
    """
    sent = [_row(row) for row in rows]
    data = {
        "columns": [vars(column) for column in columns],
        "rows": sent,
        "stamp": blake2b(json.dumps([sent, t.lang]).encode(), digest_size=8).hexdigest(),
        "selected": selected,
        "checked": list(checked(key)),
        "clickable": clickable or bool(actions),
        "checkable": checkable,
        "actions": [vars(action) for action in actions],
        "height": height,
        "group": group or key,
        "label": label,
        "page": page,
        "pages": pages,
        "words": {
            "all": t("Select all rows shown"),
            "choose": t("Select: {name}", name="{name}"),
            "previous": t("Previous rows"),
            "next": t("Next rows"),
            "page": t("Page {number} of {total}", number=page + 1, total=pages),
        },
    }
    result = _component()(
        key=_mount(key),
        data=data,
        on_clicked_change=lambda: None,
        on_action_change=lambda: None,
        on_checked_change=lambda: None,
        on_page_change=lambda: _turn(key),
    )
    pressed = result.action
    return TableEvent(result.clicked, (pressed["row"], pressed["action"]) if pressed else None, checked(key))


def checked(key: str) -> tuple[str, ...]:
    """Ids checked in the table of this key, also before it is drawn in a run."""
    return tuple((st.session_state.get(_mount(key)) or {}).get("checked") or ())


def page_of(key: str) -> int:
    """The page the reader turned to."""
    return int(st.session_state.get(f"nm.page.{key}", 0))


def turn_to(key: str, page: int) -> None:
    """Show that page when the table is next drawn."""
    st.session_state[f"nm.page.{key}"] = page


def _turn(key: str) -> None:
    wanted = st.session_state[_mount(key)].get("page")
    if isinstance(wanted, int):
        turn_to(key, wanted)


def _mount(key: str) -> str:
    return f"nm_table_{key}"


def _row(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": plain(row.cells[0]),
        "cells": [drawn(cell) for cell in row.cells],
        "actions": None if row.actions is None else list(row.actions),
        "faded": row.faded,
    }
