"""What a version would hold, before it is frozen: counted by a worker, shown once it is."""

import streamlit as st

from services.datasets import freezing
from services.jobs import service as jobs
from services.jobs.views import JobView
from ui import job_bar, layout
from ui.datasets.checks import SPLITS, remark
from ui.i18n import Text

_JOB = "ds_preview"
_LOOK_SECONDS = 0.4


def draw(t: Text, limit: int | None, seed: int, ratios: tuple[int, int, int]) -> None:
    """The button, and what was counted for these choices. Raises NoGoldError, BadRatiosError."""
    if layout.press(layout.Button(t("Preview the contents"), "ds_count")):
        st.session_state[_JOB] = freezing.start_preview(limit, seed, ratios).job_id
    job = jobs.get(st.session_state[_JOB]) if _JOB in st.session_state else None
    if job is None or not freezing.is_preview_of(job, limit, seed, ratios):
        return
    if job.alive:
        st.fragment(_running, run_every=_LOOK_SECONDS)(t, job.id)
    elif job.status == "succeeded":
        _found(t, job)
    elif job.status == "failed":
        job_bar.failed(t, job)


def _running(t: Text, job_id: str) -> None:
    job = jobs.get(job_id)
    if job is None or not job.alive:
        st.rerun()
    else:
        job_bar.draw(t, job, t("Counting passages: {share}", share=t.percent(job.share)))


def _found(t: Text, job: JobView) -> None:
    found = freezing.preview(job)
    facts = [
        (t(SPLITS[name]), t.n("{count} passage", "{count} passages", found.splits[name].passages))
        for name in SPLITS
    ]
    layout.meta_line(facts)
    layout.readiness_list([remark(t, check) for check in found.checks if check.level != "pass"])
