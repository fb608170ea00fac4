"""Freezing as the reader meets it: how far it is, then the new version or why there is none."""

import streamlit as st

from services.datasets import freezing
from services.datasets import service as datasets
from services.jobs import service as jobs
from services.jobs.views import JobView
from ui import job_bar, layout
from ui.datasets.create import Choices
from ui.datasets.version import title
from ui.i18n import Text

_JOB, _SHOWN = "ds_job", "ds_shown"
# Small sets are frozen in a second; their reader should not wait for another one.
_LOOK_SECONDS = 0.4


def start(wanted: Choices) -> None:
    """Freeze what was chosen. Raises NoGoldError, BadRatiosError."""
    _follow(freezing.start(wanted.name, wanted.limit, wanted.seed, wanted.ratios).job_id)


def forget() -> None:
    """Say nothing more of the last version."""
    for key in (_JOB, _SHOWN):
        st.session_state.pop(key, None)


def progress(t: Text) -> None:
    """What is being frozen, drawn again until it is over; then what became of it."""
    if live := jobs.live(freezing.KIND):
        if not _mine(live):
            # Started before the page was loaded again, or by somebody else: its end is news here too.
            _follow(live[-1].id)
        st.fragment(_running, run_every=_LOOK_SECONDS)(t, len(live))
    job = jobs.get(st.session_state[_JOB]) if _JOB in st.session_state else None
    if job is not None and not job.alive:
        _ended(t, job)


def _follow(job_id: str) -> None:
    forget()
    st.session_state[_JOB] = job_id


def _mine(live: list[JobView]) -> bool:
    return any(job.id == st.session_state.get(_JOB) for job in live)


def _running(t: Text, drawn: int) -> None:
    live = jobs.live(freezing.KIND)
    if len(live) != drawn:
        st.rerun()
    for job in live:
        job_bar.draw(t, job, _state(t, job))


def _state(t: Text, job: JobView) -> str:
    if job.cancel_requested:
        return t("Freezing is stopping.")
    if job.status == "queued":
        return t("Freezing is waiting in the queue.")
    return t("Freezing: {share}", share=t.percent(job.share))


def _ended(t: Text, job: JobView) -> None:
    if job.status == "succeeded":
        _frozen(t, int(job.result["dataset_id"]), reused=bool(job.result["reused"]))
    elif job.status == "cancelled":
        layout.remark("info", t("Freezing was stopped; no version was made."))
    else:
        job_bar.failed(t, job)


def _frozen(t: Text, dataset_id: int, *, reused: bool) -> None:
    made = datasets.get(dataset_id)
    if not st.session_state.get(_SHOWN):
        st.session_state[_SHOWN] = True
        st.session_state["ds_version"] = made.id
        st.query_params["dataset"] = str(made.id)
    name = title(t, made)
    same = t("The same rows are already frozen: {name}", name=name)
    layout.remark("good", same if reused else t("Frozen: {name}", name=name))
