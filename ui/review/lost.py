"""Suggestions whose quote is not in the text: kept until a person finds their place or rejects them."""

import streamlit as st

from services.acts import elements
from services.acts.elements import ElementFilter, ElementView
from services.review import service as review
from ui import errors, layout, tables
from ui.elements import type_label
from ui.i18n import Text
from ui.review import last, picked
from ui.review.editor import clipped

SIZE = 50
_TITLE = 70
_WAITING = ElementFilter(statuses=("suggested",), located=False)


def count() -> int:
    """How many wait, in all acts."""
    return elements.count(_WAITING)


def draw(t: Text) -> None:
    """The list of them: one opens in its act, where the right words can be selected; or is rejected."""
    layout.note(
        t(
            "The model quoted words that are not in the text. Open an element to select the "
            "right words in its act, or reject it."
        )
    )
    number = int(st.session_state.get("lost_page", 1))
    found = elements.search(_WAITING, page=number, size=SIZE)
    event = tables.simple_table(
        t,
        "lost",
        [tables.Column(t("Type"), shrink=True), tables.Column(t("Quote")), tables.Column(t("Act"))],
        [_row(t, row) for row in found.rows],
        label=t("Elements not found in the text"),
        selected=st.session_state.get("lost_chosen"),
        clickable=True,
        actions=[
            tables.Action("open", t("Find in the text"), "search", strong=True),
            tables.Action("reject", t("Reject"), "close"),
        ],
    )
    if found.total > SIZE:
        st.pagination(-(-found.total // SIZE), key="lost_page")
    if event.action:
        _act(t, {str(row.id): row for row in found.rows}, *event.action)
    elif event.clicked and event.clicked != st.session_state.get("lost_chosen"):
        st.session_state["lost_chosen"] = event.clicked
        st.rerun()


def _act(t: Text, rows: dict[str, ElementView], key: str, action: str) -> None:
    row = rows.get(key)
    if row is None:
        return
    if action == "open":
        picked.correct(f"act_{row.act_id}", row.id)
        st.switch_page("pages/acts.py", query_params={"act": str(row.act_id)})
    with errors.guard(t):
        last.remember("rejected", review.reject(row.id, row.version))
        st.rerun()


def _row(t: Text, row: ElementView) -> tables.Row:
    act = tables.muted(clipped(row.act_title, _TITLE))
    return tables.Row(str(row.id), [type_label(t, row.type), tables.quote(row.quote), act])
