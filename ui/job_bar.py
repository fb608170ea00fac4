"""A job at work, as every page shows it: how far it is and a button that stops it; or why it failed."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from services.jobs import service as jobs
from services.jobs.views import JobView
from ui import errors, layout
from ui.i18n import Text


def draw(t: Text, job: JobView, state: str) -> None:
    """The bar with its words, and "Stop" at its end."""
    with stoppable(t, job):
        bar(job, state)


def bar(job: JobView, state: str) -> None:
    """The bar alone."""
    st.progress(job.share, text=state)


@contextmanager
def stoppable(t: Text, job: JobView) -> Iterator[None]:
    """What the block draws, with "Stop" at its right; pressed once, the button waits for the end.

    The stop is asked for before the page is drawn again, so that the words beside it are the new ones.
    """
    with layout.actions(f"job_{job.id}"):
        with st.container(width="stretch", gap="xsmall"):
            yield
        stop = layout.Button(
            t("Stop"),
            f"stop_{job.id}",
            icon="stop_circle",
            disabled=job.cancel_requested,
            on_click=jobs.cancel,
            args=(job.id,),
        )
        layout.press(stop)


def failed(t: Text, job: JobView) -> None:
    """Why a job failed and what to do next."""
    errors.show_code(t, job.error_code or "", job.error_data)
