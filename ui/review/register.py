"""The register: elements of all acts in one table, searched in the database, saved as files."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from services.acts import elements
from services.acts.elements import STATUSES, ElementFilter, ElementView
from services.review import export
from services.review import service as review
from services.review.words import ExportWords
from ui import layout, tables
from ui.elements import ELEMENT_STATUS, TYPES, status_badge, type_label
from ui.i18n import Text
from ui.review import last
from ui.review.editor import clipped
from ui.review.export_words import export_words

_FIELD = 250  # four beside each other in a wide window, two in a narrow one
SIZE = 50
_TITLE = 70
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def draw(t: Text) -> None:
    """Filters, the table of what they find, and the buttons that save all of it."""
    where = _filters(t)
    number = int(st.session_state.get("register_page", 1))
    found = elements.search(where, page=number, size=SIZE)
    pages = max(1, -(-found.total // SIZE))
    if number > pages:
        _first_page()
        st.rerun()
    if not found.total:
        layout.note(t("No elements found. Change the search or the filters."))
        return
    _downloads(t, where, found.total)
    _decide_all(t, where)
    event = tables.simple_table(
        t,
        "register",
        _columns(t),
        [_row(t, row) for row in found.rows],
        label=t("All elements"),
        clickable=True,
    )
    with layout.actions("register_foot", "center"):
        layout.note(t.n("{count} element", "{count} elements", found.total))
        if pages > 1:
            st.pagination(pages, key="register_page")
    row = next((row for row in found.rows if str(row.id) == event.clicked), None)
    if row is not None:
        st.switch_page("pages/acts.py", query_params={"act": str(row.act_id), "element": str(row.id)})


def _filters(t: Text) -> ElementFilter:
    with layout.actions("register_filters"):
        query = st.text_input(
            t("Search"),
            key="register_query",
            placeholder=t("Quote or address"),
            label_visibility="collapsed",
            icon=":material/search:",
            width=_FIELD,
            on_change=_first_page,
        )
        act = st.text_input(
            t("Act"),
            key="register_act",
            placeholder=t("Act: title or number"),
            label_visibility="collapsed",
            width=_FIELD,
            on_change=_first_page,
        )
        types = st.multiselect(
            t("Types"),
            list(TYPES),
            format_func=lambda code: type_label(t, code),
            key="register_types",
            placeholder=t("All types"),
            label_visibility="collapsed",
            width=_FIELD,
            on_change=_first_page,
        )
        statuses = st.multiselect(
            t("Statuses"),
            list(STATUSES),
            format_func=lambda code: t(ELEMENT_STATUS[code].label),
            key="register_statuses",
            placeholder=t("All statuses"),
            label_visibility="collapsed",
            width=_FIELD,
            on_change=_first_page,
        )
    return ElementFilter(query or "", act or "", tuple(types), tuple(statuses))


def _first_page() -> None:
    st.session_state["register_page"] = 1


def _columns(t: Text) -> list[tables.Column]:
    return [
        tables.Column(t("Type"), shrink=True),
        tables.Column(t("Quote")),
        tables.Column(t("Act"), secondary=True),
        tables.Column(t("Status"), shrink=True),
    ]


def _row(t: Text, row: ElementView) -> tables.Row:
    cells: list[tables.Cell] = [
        tables.stack(type_label(t, row.type), row.address or t("place unknown")),
        tables.quote(row.quote),
        tables.muted(clipped(row.act_title, _TITLE)),
        status_badge(t, row.status),
    ]
    return tables.Row(str(row.id), cells, faded=row.status == "rejected")


def _downloads(t: Text, where: ElementFilter, total: int) -> None:
    words = export_words(t)
    with layout.actions("downloads"):
        _download(t("Save as XLSX"), "xlsx", _XLSX, export.to_xlsx, where, words)
        _download(t("Save as CSV"), "csv", "text/csv", export.to_csv, where, words)
        limit = t("Word takes up to {limit} elements: narrow the list.", limit=export.MOST_DOCX_ROWS)
        too_many = total > export.MOST_DOCX_ROWS
        _download(
            t("Save as DOCX"), "docx", _DOCX, export.to_docx, where, words, refused=limit if too_many else ""
        )


def _decide_all(t: Text, where: ElementFilter) -> None:
    """One decision on all suggestions that the filter finds; the line above the table takes it back."""
    if where.statuses and "suggested" not in where.statuses:
        return
    waiting = elements.ids(replace(where, statuses=("suggested",)))
    if not waiting:
        return
    with layout.actions("register_all"):
        confirm = t("Confirm all found · {count}", count=len(waiting))
        reject = t("Reject all found · {count}", count=len(waiting))
        if layout.press(layout.Button(confirm, "confirm_found", icon="done_all")):
            last.remember("confirmed", review.accept_many(waiting))
            st.rerun()
        if layout.press(layout.Button(reject, "reject_found", icon="close")):
            last.remember("rejected", review.reject_many(waiting))
            st.rerun()


def _download(
    label: str,
    extension: str,
    mime: str,
    make: Callable[[ElementFilter, ExportWords], bytes],
    where: ElementFilter,
    words: ExportWords,
    refused: str = "",
) -> None:
    """A button whose file is made only when it is pressed, of all that the filter finds."""
    st.download_button(
        label,
        data=lambda: make(where, words),
        file_name=f"norma-elements.{extension}",
        mime=mime,
        key=f"download_{extension}",
        icon=":material/download:",
        disabled=bool(refused),
        help=refused or None,
        on_click="ignore",
    )
