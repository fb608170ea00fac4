"""The desk: a text with its elements marked, the table of them beside it, and a decision on each."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from services.acts.elements import ElementView
from ui import errors, layout
from ui.acts import references
from ui.acts.outline import layout_of
from ui.acts.references import References
from ui.i18n import Text
from ui.review import editor, last, listed, picked
from ui.text_view import Selection, Span, ViewEvent, text_view


class Sheet(NamedTuple):
    """What lies on the desk: the range `[start, end)` of an act's text."""

    act_id: int
    text: str
    start: int
    end: int


def draw(
    t: Text,
    key: str,
    sheet: Sheet,
    rows: Sequence[ElementView],
    refs: References,
    *,
    focus: int | None = None,
    stay: bool = False,
) -> None:
    """Text, table and forms; every decision is stored at once and the page is drawn anew.

    `rows` are the elements of the range, and those of the act that stand nowhere; `refs` the references of
    the act. `focus` is an offset of the act to be brought into view. With `stay` a reference shows what it
    leads to beside the text instead of opening it.
    """
    chosen = picked.chosen(key, rows)
    last.draw(t)
    main, aside = layout.regions(key)
    with main:
        event = _text(t, key, sheet, rows, refs, chosen, focus)
    selection = _in_act(event.selection, sheet)
    with aside:
        references.card(t, refs)
        edited = picked.edited(key, rows)
        # A selection made for an element that stands nowhere is its place, not another element.
        if selection is not None and (edited is None or edited.start is not None):
            editor.addition(t, key, sheet.act_id, sheet.text, selection)
        if edited is not None:
            with errors.guard(t):
                editor.correction(t, key, edited, sheet.text, selection, picked.name(key, "editing"))
        followed = listed.draw(t, key, (sheet.start, sheet.end), rows, refs, chosen) or event.followed
    if event.clicked and event.clicked != str(chosen):
        picked.choose(key, int(event.clicked))
    if followed:
        (references.peek if stay else references.follow)(refs, followed)
    if followed or (event.clicked and event.clicked != str(chosen)):
        st.rerun()


def _text(
    t: Text,
    key: str,
    sheet: Sheet,
    rows: Sequence[ElementView],
    refs: References,
    chosen: int | None,
    focus: int | None,
) -> ViewEvent:
    known = layout_of(sheet.text)
    return text_view(
        t,
        key,
        sheet.text[sheet.start : sheet.end],
        _spans(sheet, rows),
        selected=None if chosen is None else str(chosen),
        headings=_shifted(known.headings, sheet),
        notes=_shifted(known.notes, sheet),
        links=references.drawn(t, refs, sheet.start, sheet.end),
        focus=None if focus is None else focus - sheet.start,
        turn=references.turn(),
        height=listed.HEIGHT,
        group=key,
    )


def _in_act(held: Selection | None, sheet: Sheet) -> Selection | None:
    """What is selected, in offsets of the act."""
    return held and Selection(held.start + sheet.start, held.end + sheet.start, held.text)


def _spans(sheet: Sheet, rows: Sequence[ElementView]) -> list[Span]:
    return [
        Span(
            id=str(row.id),
            type=row.type,
            start=row.start - sheet.start,
            end=min(row.end, sheet.end) - sheet.start,
            status=row.status,
        )
        for row in rows
        if row.start is not None and row.end is not None and sheet.start <= row.start < sheet.end
    ]


def _shifted(ranges: Sequence[tuple[int, int]], sheet: Sheet) -> list[tuple[int, int]]:
    return [
        (max(start, sheet.start) - sheet.start, min(end, sheet.end) - sheet.start)
        for start, end in ranges
        if start < sheet.end and end > sheet.start
    ]
