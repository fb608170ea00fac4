"""An evaluation while it runs."""

import streamlit as st

from services.evaluation import service as evaluation
from services.evaluation.views import EvaluationView
from ui import layout
from ui.i18n import Text


def draw(t: Text, found: EvaluationView) -> None:
    """How far it is, drawn again every second; the whole page once it is over."""

    def body() -> None:
        present = evaluation.get(found.id)
        with layout.card("ev_running"):
            share = present.done / present.total if present.total else 0.0
            words = t("{done} of {total} answers", done=present.done, total=present.total)
            st.progress(share, words if present.total else t("The evaluation waits for its turn."))
            layout.press(
                layout.Button(t("Stop"), "ev_stop", icon="stop", on_click=evaluation.cancel, args=(found.id,))
            )
            layout.note(t("Answers that are there already are kept and not asked for again."))
        if not present.alive:
            st.rerun()

    st.fragment(body, run_every=1.0)()
