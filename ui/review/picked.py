"""The element a reader has picked on a desk, the one whose form is open, and decisions on one element."""

from collections.abc import Sequence

import streamlit as st

from services.acts.elements import ElementView
from services.review import service as review
from ui.review import last


def choose(key: str, element_id: int | None) -> None:
    """Pick an element before the desk is drawn: it is brought into view and marked in both places."""
    st.session_state[name(key, "chosen")] = element_id


def correct(key: str, element_id: int) -> None:
    """Pick an element before the desk is drawn, with the form that corrects it open."""
    choose(key, element_id)
    st.session_state[name(key, "editing")] = element_id


def chosen(key: str, rows: Sequence[ElementView]) -> int | None:
    """The id of the picked element, if it is among these."""
    found: int | None = st.session_state.get(name(key, "chosen"))
    return found if any(row.id == found for row in rows) else None


def edited(key: str, rows: Sequence[ElementView]) -> ElementView | None:
    """The element whose form is open, if it is among these."""
    return next((row for row in rows if row.id == st.session_state.get(name(key, "editing"))), None)


def decide(key: str, element_id: int, action: str, version: int) -> None:
    """Confirm or reject an element and remember the decision for the line that offers to undo it."""
    done = (review.accept if action == "confirm" else review.reject)(element_id, version)
    last.remember("confirmed" if action == "confirm" else "rejected", done)
    if st.session_state.get(name(key, "editing")) == element_id:
        del st.session_state[name(key, "editing")]


def name(key: str, what: str) -> str:
    """Where the session keeps something of a desk."""
    return f"review.{key}.{what}"
