"""Forms of the desk: adding an element from a selection, correcting one that is there."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from services.acts.elements import ElementView
from services.extraction.schema import TYPES as SCHEMA
from services.extraction.schema import Attribute, normalise
from services.review import service as review
from services.review.log import Done
from services.review.spans import snap
from ui import errors, layout
from ui.amounts import UNITS, unit_label
from ui.attributes import attribute_label, attribute_value, field_label
from ui.elements import TYPES, type_label
from ui.i18n import ABSENT, Text
from ui.review import last
from ui.text_view import Selection

_CLIP = 160
# All four columns of a penalty fit the desk beside the text, 400 px.
_WORDS_WIDTH, _NUMBER_WIDTH, _UNIT_WIDTH = 120, 58, 90


def addition(t: Text, key: str, act_id: int, text: str, selection: Selection) -> None:
    """The words that the selection touches, a type, and the button that adds them as a confirmed element.

    A selection that was just added is let go: it still stands in the browser.
    """
    done = f"review.{key}.added"
    span = selection.start, selection.end
    if st.session_state.get(done) == span:
        return
    with layout.card(f"{key}_add", t("Add an element from the selection")), errors.guard(t):
        start, end = snap(text, *span)
        layout.note(clipped(text[start:end]))
        kind = _type(t, f"{key}_add_type", next(iter(TYPES)))
        if layout.press(layout.Button(t("Add"), f"{key}_add", icon="add"), kind="primary"):
            last.remember("added", review.add(act_id, kind, start, end))
            st.session_state[done] = span
            st.rerun()


def correction(
    t: Text, key: str, element: ElementView, text: str, selection: Selection | None, state: str
) -> None:
    """Type, place and attributes of an element; saving confirms it. `state` names what holds it open."""
    prefix = f"{key}_edit_{element.id}_{element.version}"
    with layout.card(f"{key}_edit", t("Edit element"), clipped(element.quote)):
        kind = _type(t, f"{prefix}_type", element.type)
        # A form sends all fields together with the press, so that nothing typed last is left behind.
        with st.form(f"{prefix}_form", border=False):
            given = {s.name: _field(t, prefix, s, element.attributes) for s in SCHEMA[kind].attributes}
            span = _place(t, prefix, element, text, selection)
            with layout.actions(f"{key}_edit"):
                save = st.form_submit_button(
                    t("Save and confirm"),
                    key=f"{prefix}_save",
                    type="primary",
                    icon=":material/check_circle:",
                    disabled=element.start is None and span is None,
                )
                cancel = st.form_submit_button(t("Cancel"), key=f"{prefix}_cancel")
        if save:
            with errors.guard(t):
                last.remember("corrected", save_as(element, kind, given, span))
                del st.session_state[state]
                st.rerun()
        if cancel:
            del st.session_state[state]
            st.rerun()


def _place(
    t: Text, prefix: str, element: ElementView, text: str, selection: Selection | None
) -> tuple[int, int] | None:
    """Where the element is to stand: what is selected, if so wished; always for one that stands nowhere."""
    if selection is None:
        if element.start is None:
            layout.note(t("Select the words of the element in the text: its quote is not found there."))
        return None
    span = snap(text, selection.start, selection.end)
    words = clipped(text[slice(*span)])
    if element.start is None:
        layout.note(t("New place: {words}", words=words))
        return span
    moved = st.checkbox(t("Move to the selected text: {words}", words=words), key=f"{prefix}_move")
    return span if moved else None


def save_as(
    element: ElementView, kind: str, attributes: Mapping[str, Any], span: tuple[int, int] | None
) -> Done:
    """Store a correction as the decision it is: of the type alone, or of anything more."""
    same = normalise(kind, dict(attributes))[0] == normalise(kind, element.attributes)[0]
    if kind != element.type and span is None and same:
        return review.change_type(element.id, element.version, kind)
    return review.edit(element.id, element.version, type=kind, span=span, attributes=dict(attributes))


def _type(t: Text, key: str, present: str) -> str:
    codes = list(TYPES)
    return st.selectbox(
        t("Type"),
        codes,
        index=codes.index(present) if present in codes else 0,
        format_func=lambda code: type_label(t, code),
        key=key,
    )


def _field(t: Text, prefix: str, spec: Attribute, values: Mapping[str, Any]) -> Any:
    label, key, present = attribute_label(t, spec.name), f"{prefix}_{spec.name}", values.get(spec.name)
    if spec.kind == "choice":
        return st.selectbox(
            label,
            spec.choices,
            index=spec.choices.index(present) if present in spec.choices else None,
            format_func=lambda code: attribute_value(t, spec.name, code),
            key=key,
            placeholder=t("not stated"),
        )
    if spec.kind == "records":
        return _records(t, label, key, spec, present)
    shown = "" if present is None else str(present)
    return st.text_input(label, value=shown, key=key, placeholder=t("not stated"))


def _records(t: Text, label: str, key: str, spec: Attribute, present: Any) -> list[dict[str, Any]]:
    """A short table: one penalty a row."""
    names = [field.name for field in spec.fields]
    rows = [{name: item.get(name) for name in names} for item in present or () if isinstance(item, Mapping)]
    layout.note(label)
    columns = {field.name: _column(t, spec.name, field, rows) for field in spec.fields}
    edited = st.data_editor(
        rows or [dict.fromkeys(names)],
        column_config=columns,
        num_rows="dynamic",
        hide_index=True,
        placeholder=ABSENT,
        alt=label,
        key=key,
    )
    return [row for row in edited if any(value is not None for value in row.values())]


def _column(t: Text, attribute: str, field: Attribute, rows: Sequence[Mapping[str, Any]]) -> Any:
    """How a field of a record is edited; units are offered in words, with those that are there already."""
    label = field_label(t, attribute, field.name)
    if field.name == "unit":
        present = [str(row["unit"]) for row in rows if row["unit"]]
        return st.column_config.SelectboxColumn(
            label,
            width=_UNIT_WIDTH,
            options=list(dict.fromkeys([*UNITS, *present])),
            format_func=lambda unit: unit_label(t, str(unit)),
        )
    if field.kind == "number":
        return st.column_config.NumberColumn(label, width=_NUMBER_WIDTH)
    return st.column_config.TextColumn(label, width=_WORDS_WIDTH)


def clipped(text: str, longest: int = _CLIP) -> str:
    """The text on one line, cut where it is too long to show."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else f"{flat[: longest - 1].rstrip()}…"
