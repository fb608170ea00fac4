"""The queue: acts in which something waits for a decision."""

import streamlit as st

from services.acts import elements
from services.acts.service import Page
from services.review import queue
from services.review.queue import WaitingAct
from ui import layout, tables
from ui.i18n import Text
from ui.review import lost

SIZE = 25
VIEW = "review_view"
"""Key of the choice between the queue, all elements, and those that stand nowhere."""


def draw(t: Text, found: Page[WaitingAct]) -> None:
    """The acts that wait, or what to do where none does."""
    if not found.total:
        _nothing(t)
        return
    event = tables.simple_table(
        t,
        "waiting",
        [
            tables.Column(t("Act")),
            tables.Column(t("Suggestions"), align="right", shrink=True),
            tables.Column(t("Confirmed"), align="right", shrink=True),
        ],
        [_row(t, act) for act in found.rows],
        label=t("Acts waiting for review"),
        clickable=True,
    )
    pages = max(1, -(-found.total // SIZE))
    if pages > 1:
        st.pagination(pages, key="waiting_page")
    if event.clicked:
        st.query_params["act"] = event.clicked
        st.rerun()


def load() -> Page[WaitingAct]:
    """The page of the queue that the reader turned to."""
    return queue.waiting(int(st.session_state.get("waiting_page", 1)), SIZE)


def _row(t: Text, act: WaitingAct) -> tables.Row:
    number = t("No. {number}", number=act.printed) if act.printed else ""
    cells: list[tables.Cell] = [
        tables.stack(act.title, number),
        t.number(act.suggested),
        t.number(act.gold or None),
    ]
    return tables.Row(str(act.act_id), cells)


def _nothing(t: Text) -> None:
    if not_found := lost.count():
        _only_lost(t, not_found)
        return
    extract = layout.Button(t("Choose an act"), "choose_act", icon="article", page="pages/acts.py")
    layout.empty_state(
        t,
        t("Nothing to review"),
        t("Extract elements from an act, and its suggestions will appear here."),
        extract,
    )
    if elements.totals()["gold"]:
        build = layout.Button(t("Build a dataset"), "to_datasets", icon="dataset", page="pages/datasets.py")
        layout.next_step(
            t,
            t(
                "Everything found so far has been reviewed. You can build a dataset from the "
                "confirmed elements."
            ),
            build,
        )


def _only_lost(t: Text, count: int) -> None:
    layout.empty_state(
        t,
        t("No suggestions in the queue"),
        t.n(
            "{count} element is left whose quote is not in the text: find its words or reject it.",
            "{count} elements are left whose quotes are not in the text: find their words or reject them.",
            count,
        ),
        layout.Button(t("Show these elements"), "show_lost", icon="search", on_click=_show_lost),
    )


def _show_lost() -> None:
    st.session_state[VIEW] = "lost"
