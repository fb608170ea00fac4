"""The press itself: it runs before the page is drawn again, so that a hasty second click cuts nothing off."""

import streamlit as st

from services.errors import AppError
from services.fine_tuning.service import FineTuningService
from ui import errors
from ui.i18n import Text

SUFFIX = "norma"
_REFUSED = "ft_refused"


def press(dataset_id: int | None, model: str, evaluate: bool | None) -> None:
    """Start the job, or return to the one that already runs; the page's address then names it."""
    if dataset_id is None:
        return
    try:
        started = FineTuningService().launch(dataset_id, model, suffix=SUFFIX, evaluate=evaluate)
    except AppError as problem:
        st.session_state[_REFUSED] = problem
        return
    st.query_params["job"] = started.id


def refused(t: Text) -> None:
    """Why the last press started nothing, once."""
    problem = st.session_state.pop(_REFUSED, None)
    if problem is not None:
        errors.show(t, problem)
