"""The desk: a text with its elements marked, the table of them beside it, and a decision on each."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

import streamlit as st

from services.acts.elements import ElementView
from services.review import service as review
from ui import errors, layout, tables
from ui.acts import reference_table, references
from ui.acts.outline import layout_of
from ui.acts.references import References
from ui.elements import summary
from ui.i18n import Text
from ui.review import editor, last
from ui.text_view import Selection, Span, ViewEvent, text_view

_HEIGHT = 740
_FOLLOW = "follow:"
_FILTERS = ("all", "suggested", "gold", "stale", "rejected", "not_found")
_ALWAYS = ("all", "suggested", "gold")
_OFFERED = {
    "not_found": ("edit", "reject"),
    "suggested": ("confirm", "edit", "reject"),
    "gold": ("edit", "reject"),
    "stale": ("confirm", "edit", "reject"),
    "rejected": ("confirm", "edit"),
}


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
    chosen = _chosen(key, rows)
    last.draw(t)
    main, aside = layout.regions(key)
    with main:
        event = _text(t, key, sheet, rows, refs, chosen, focus)
    selection = _in_act(event.selection, sheet)
    with aside:
        references.card(t, refs)
        if selection is not None:
            editor.addition(t, key, sheet.act_id, sheet.text, selection)
        edited = next((row for row in rows if row.id == st.session_state.get(_name(key, "editing"))), None)
        if edited is not None:
            editor.correction(t, key, edited, selection, _name(key, "editing"))
        followed = _list(t, key, sheet, rows, refs, chosen) or event.followed
    if event.clicked and event.clicked != str(chosen):
        choose(key, int(event.clicked))
    if followed:
        (references.peek if stay else references.follow)(refs, followed)
    if followed or (event.clicked and event.clicked != str(chosen)):
        st.rerun()


def choose(key: str, element_id: int | None) -> None:
    """Pick an element before the desk is drawn: it is brought into view and marked in both places."""
    st.session_state[_name(key, "chosen")] = element_id


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
        height=_HEIGHT,
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


def _list(
    t: Text, key: str, sheet: Sheet, rows: Sequence[ElementView], refs: References, chosen: int | None
) -> str | None:
    """Elements or references, as the reader wants; the key of the reference that was followed in this run."""
    count = len(refs.inside(sheet.start, sheet.end))
    names = {
        "elements": t("Elements {count}", count=len(rows)),
        "references": t("References {count}", count=count),
    }
    shown = None
    if count:
        shown = st.segmented_control(
            t("What to list"),
            list(names),
            default="elements",
            required=True,
            format_func=names.__getitem__,
            key=f"{key}_listed",
            label_visibility="collapsed",
        )
    if shown == "references":
        return reference_table.draw(t, f"{key}_references", refs, sheet.start, sheet.end, _HEIGHT)
    return _table(t, key, rows, refs, chosen)


def _table(
    t: Text, key: str, rows: Sequence[ElementView], refs: References, chosen: int | None
) -> str | None:
    shown = _filtered(t, key, rows)
    if not shown:
        layout.note(t("No elements here. Select words in the text to add one."))
        return None
    targets = {row.id: found for row in shown if (found := refs.of_element(row)) is not None}
    event = tables.element_table(
        t,
        f"{key}_table",
        [_row(t, row, targets.get(row.id)) for row in shown],
        selected=None if chosen is None else str(chosen),
        actions=_actions(t, refs, set(targets.values())),
        height=_HEIGHT,
        group=key,
    )
    before = st.session_state.get(_name(key, "versions"), {})
    st.session_state[_name(key, "versions")] = {row.id: row.version for row in shown}
    if event.action and event.action[1].startswith(_FOLLOW):
        return event.action[1].removeprefix(_FOLLOW)
    if event.action:
        _act(t, key, int(event.action[0]), event.action[1], before, shown)
    elif event.clicked and event.clicked != str(chosen):
        choose(key, int(event.clicked))
        st.rerun()
    return None


def _actions(t: Text, refs: References, targets: Collection[str]) -> list[tables.Action]:
    """What can be done with an element; one that is a reference names where it leads."""
    return [
        tables.Action("confirm", t("Confirm"), "check_circle", strong=True),
        tables.Action("edit", t("Edit"), "edit"),
        tables.Action("reject", t("Reject"), "close"),
        *(
            tables.Action(f"{_FOLLOW}{key}", references.target(t, refs, refs.get(key)), "arrow_forward")
            for key in sorted(targets, key=int)
        ),
    ]


def _filtered(t: Text, key: str, rows: Sequence[ElementView]) -> list[ElementView]:
    counts = Counter(_kind(row) for row in rows)
    names = {
        "all": t("All {count}", count=len(rows)),
        "suggested": t("New {count}", count=counts["suggested"]),
        "gold": t("Confirmed {count}", count=counts["gold"]),
        "stale": t("Stale {count}", count=counts["stale"]),
        "rejected": t("Rejected {count}", count=counts["rejected"]),
        "not_found": t("Not in the text {count}", count=counts["not_found"]),
    }
    which = st.segmented_control(
        t("Which elements"),
        [name for name in _FILTERS if name in _ALWAYS or counts[name]],
        default="all",
        required=True,
        format_func=names.__getitem__,
        key=f"{key}_status",
        label_visibility="collapsed",
    )
    return [row for row in rows if which in (None, "all", _kind(row))]


def _kind(row: ElementView) -> str:
    """A suggestion whose quote does not stand in the text is a case of its own: it cannot be confirmed."""
    return "not_found" if row.start is None and row.status == "suggested" else row.status


def _row(t: Text, row: ElementView, leads: str | None) -> tables.ElementRow:
    fact = summary(t, row.type, row.attributes)
    place = row.address if row.start is not None else t("place unknown")
    offered = [*_OFFERED.get(_kind(row), ()), *([] if leads is None else [f"{_FOLLOW}{leads}"])]
    return tables.ElementRow(str(row.id), row.type, place, row.quote, row.status, fact, actions=offered)


def _act(
    t: Text, key: str, element_id: int, action: str, versions: dict[int, int], shown: Sequence[ElementView]
) -> None:
    """Store a decision against the version that the reader saw."""
    if action == "edit":
        st.session_state[_name(key, "editing")] = element_id
        choose(key, element_id)
        st.rerun()
    row = next((row for row in shown if row.id == element_id), None)
    version = versions.get(element_id, row.version if row else 0)
    with errors.guard(t):
        decide(key, element_id, action, version)
        choose(key, _following(shown, element_id))
        st.rerun()


def decide(key: str, element_id: int, action: str, version: int) -> None:
    """Confirm or reject an element and remember the decision for the line that offers to undo it."""
    done = (review.accept if action == "confirm" else review.reject)(element_id, version)
    last.remember("confirmed" if action == "confirm" else "rejected", done)
    if st.session_state.get(_name(key, "editing")) == element_id:
        del st.session_state[_name(key, "editing")]


def _following(shown: Sequence[ElementView], element_id: int) -> int | None:
    """The next one that waits, so that a reader decides one after another without looking for it."""
    waiting = [row.id for row in shown if row.status == "suggested" or row.id == element_id]
    at = waiting.index(element_id) + 1 if element_id in waiting else len(waiting)
    return waiting[at] if at < len(waiting) else element_id


def _chosen(key: str, rows: Sequence[ElementView]) -> int | None:
    found: int | None = st.session_state.get(_name(key, "chosen"))
    return found if any(row.id == found for row in rows) else None


def _name(key: str, what: str) -> str:
    return f"review.{key}.{what}"
