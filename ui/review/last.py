"""The decision made last: said in words, with the way back and the way to apply it everywhere."""

from typing import TypedDict

import streamlit as st

from services.review import repeat
from services.review import service as review
from services.review.log import Done
from ui import errors, layout
from ui.i18n import Text

_LAST = "review.last"


class Last(TypedDict):
    """A stored decision: in which act, what it was, its batch, how many elements; `more` wait elsewhere."""

    act: str
    what: str
    batch: str
    count: int
    more: int


def remember(what: str, done: Done) -> None:
    """Keep a decision for the line that offers to undo it; one that changed nothing is said, too."""
    more = repeat.same_elsewhere(done.batch) if done.changed == 1 and what != "added" else 0
    st.session_state[_LAST] = Last(act=_act(), what=what, batch=done.batch, count=done.changed, more=more)


def draw(t: Text) -> None:
    """The line, while there is something to undo in the act that is open, or in any when none is."""
    last: Last | None = st.session_state.get(_LAST)
    if last is None or _act() not in ("", last["act"]):
        return
    with layout.actions("last", "center"):
        layout.remark("good" if last["count"] else "info", _said(t, last))
        if last["what"] == "undone" or not last["count"]:
            return
        if layout.press(layout.Button(t("Undo"), "undo", icon="undo")):
            with errors.guard(t):
                undone = review.undo(last["batch"])
                st.session_state[_LAST] = Last(
                    act=last["act"], what="undone", batch="", count=undone.restored, more=0
                )
                st.rerun()
        if last["more"] and layout.press(
            layout.Button(_everywhere(t, last["more"]), "everywhere", icon="done_all")
        ):
            with errors.guard(t):
                remember(last["what"], repeat.apply_elsewhere(last["batch"]))
                st.rerun()


def _act() -> str:
    return st.query_params.get("act", "")


def _everywhere(t: Text, count: int) -> str:
    return t.n("Apply to {count} similar", "Apply to {count} similar", count)


def _said(t: Text, last: Last) -> str:
    count = last["count"]
    match last["what"]:
        case "confirmed":
            return t.n("{count} element confirmed.", "{count} elements confirmed.", count)
        case "rejected":
            return t.n("{count} element rejected.", "{count} elements rejected.", count)
        case "added":
            return t.n("{count} element added.", "{count} elements added.", count)
        case "undone":
            return t.n("{count} decision undone.", "{count} decisions undone.", count)
    return t.n("{count} element corrected.", "{count} elements corrected.", count)
