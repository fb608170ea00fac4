"""An evaluation from the press to its end."""

import streamlit as st

from services.errors import AppError
from services.evaluation import price
from services.evaluation import service as evaluation
from services.evaluation.views import EvaluationView
from ui import errors, layout, standstill
from ui.i18n import Text

_REFUSED = "ev_refused"


def label(t: Text, dataset_id: int | None, models: list[str]) -> str:
    """The button's words: with a ceiling where answers must be paid for."""
    most = price.most_usd(dataset_id, models) if dataset_id is not None else 0.0
    return t("Evaluate · up to {sum}", sum=t.money(most)) if most else t("Evaluate")


def start(dataset_id: int | None, models: list[str]) -> None:
    """Measure; runs before the page is drawn again, so that the choices on it stay as they are."""
    if dataset_id is None:
        return
    try:
        evaluation.start(dataset_id, models)
    except AppError as problem:
        st.session_state[_REFUSED] = problem


def refused(t: Text) -> None:
    """Why the last press started nothing, once."""
    problem = st.session_state.pop(_REFUSED, None)
    if problem is not None:
        errors.show(t, problem)


def draw(t: Text, found: EvaluationView) -> None:
    """How far it is, drawn again every second; the whole page once it is over."""

    def body() -> None:
        present = evaluation.get(found.id)
        with layout.card("ev_running"):
            share = present.done / present.total if present.total else 0.0
            words = t("{done} of {total} answers", done=present.done, total=present.total)
            st.progress(share, words if present.total else t("The evaluation is waiting in the queue."))
            standstill.note(t, present.so_far)
            layout.press(
                layout.Button(
                    t("Stop"), "ev_stop", icon="stop_circle", on_click=evaluation.cancel, args=(found.id,)
                )
            )
            layout.note(t("Answers already received are kept and will not be requested again."))
        if not present.alive:
            st.rerun()

    st.fragment(body, run_every=1.0)()
