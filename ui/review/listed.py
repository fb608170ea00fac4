"""The list beside a text: its elements with what can be decided on each, or its references."""

from collections import Counter
from collections.abc import Collection, Sequence

import streamlit as st

from services.acts.elements import ElementView
from ui import errors, layout, tables
from ui.acts import reference_table, references
from ui.acts.references import References
from ui.attributes import summary
from ui.i18n import Text
from ui.review import picked

HEIGHT = 740
"""Pixels of the text and of the list beside it."""

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


def draw(
    t: Text,
    key: str,
    span: tuple[int, int],
    rows: Sequence[ElementView],
    refs: References,
    chosen: int | None,
) -> str | None:
    """Elements or references, as the reader wants; the key of the reference that was followed in this run."""
    count = len(refs.inside(*span))
    names = {
        "elements": t("Elements {count}", count=len(rows)),
        "references": t("References {count}", count=count),
    }
    shown = None
    if count:
        shown = st.segmented_control(
            t("What to show"),
            list(names),
            default="elements",
            required=True,
            format_func=names.__getitem__,
            key=f"{key}_listed",
            label_visibility="collapsed",
        )
    if shown == "references":
        return reference_table.draw(t, f"{key}_references", refs, *span, HEIGHT)
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
        [_row(t, row, refs, targets.get(row.id)) for row in shown],
        selected=None if chosen is None else str(chosen),
        actions=_actions(t, refs, set(targets.values())),
        height=HEIGHT,
        group=key,
    )
    before = st.session_state.get(picked.name(key, "versions"), {})
    st.session_state[picked.name(key, "versions")] = {row.id: row.version for row in shown}
    if event.action and event.action[1].startswith(_FOLLOW):
        return event.action[1].removeprefix(_FOLLOW)
    if event.action:
        _act(t, key, int(event.action[0]), event.action[1], before, shown)
    elif event.clicked and event.clicked != str(chosen):
        picked.choose(key, int(event.clicked))
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
        "not_found": t("Not found in the text {count}", count=counts["not_found"]),
    }
    # Up to six choices beside a text: pills stand in rows, where a segmented control would come apart.
    which = st.pills(
        t("Which elements"),
        [name for name in _FILTERS if name in _ALWAYS or counts[name]],
        default="all",
        required=True,
        format_func=names.__getitem__,
        key=f"{key}_status",
        label_visibility="collapsed",
    )
    if which == "not_found":
        layout.note(
            t(
                "The model quoted words that are not in the text. Select the right words "
                "and save the element with them, or reject it."
            )
        )
    return [row for row in rows if which in (None, "all", _kind(row))]


def _kind(row: ElementView) -> str:
    """A suggestion whose quote does not stand in the text is a case of its own: it cannot be confirmed."""
    return "not_found" if row.start is None and row.status == "suggested" else row.status


def _row(t: Text, row: ElementView, refs: References, leads: str | None) -> tables.ElementRow:
    fact = summary(t, row.type, row.attributes)
    if leads is not None:
        # The element's own words stand in whatever case the sentence asks for.
        fact = t("Target: {target}", target=references.target(t, refs, refs.get(leads)))
    place = row.address if row.start is not None else t("place unknown")
    offered = [*_OFFERED.get(_kind(row), ()), *([] if leads is None else [f"{_FOLLOW}{leads}"])]
    return tables.ElementRow(str(row.id), row.type, place, row.quote, row.status, fact, actions=offered)


def _act(
    t: Text, key: str, element_id: int, action: str, versions: dict[int, int], shown: Sequence[ElementView]
) -> None:
    """Store a decision against the version that the reader saw."""
    if action == "edit":
        picked.correct(key, element_id)
        st.rerun()
    row = next((row for row in shown if row.id == element_id), None)
    version = versions.get(element_id, row.version if row else 0)
    with errors.guard(t):
        picked.decide(key, element_id, action, version)
        picked.choose(key, _following(shown, element_id))
        st.rerun()


def _following(shown: Sequence[ElementView], element_id: int) -> int | None:
    """The next one that waits, so that a reader decides one after another without looking for it."""
    waiting = [row.id for row in shown if row.status == "suggested" or row.id == element_id]
    at = waiting.index(element_id) + 1 if element_id in waiting else len(waiting)
    return waiting[at] if at < len(waiting) else element_id
