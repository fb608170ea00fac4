"""Jobs at work, redrawn once a second while there are any."""

import streamlit as st

from services.datasets import freezing
from services.jobs.views import JobView
from services.overview import service
from ui import job_bar, layout
from ui.i18n import N_, Text

_WORDS = {
    "extraction": N_("Element extraction"),
    "fine_tuning": N_("Fine-tuning"),
    "evaluation": N_("Evaluation"),
    "dataset": N_("Freezing a dataset"),
    "dataset_preview": N_("Preview of a dataset"),
    "import": N_("Import"),
}
_OTHER = N_("Work")


def draw(t: Text) -> None:
    """The running jobs; nothing is drawn, and nothing polls, when there are none."""
    if not service.running():
        return
    layout.section(t("Running now"))
    st.fragment(_rows, run_every=1.0)(t)


def _rows(t: Text) -> None:
    running = service.running()
    if not running:
        st.rerun()
    for job in running:
        job_bar.draw(t, job, _state(t, t(_WORDS.get(job.kind, _OTHER)), job))


def _state(t: Text, name: str, job: JobView) -> str:
    if job.cancel_requested:
        return t("{name}: stopping", name=name)
    if job.status == "queued":
        return t("{name}: waiting in the queue", name=name)
    if not job.total:
        return t("{name}: running", name=name)
    if job.kind in (freezing.KIND, freezing.PREVIEW):
        return t("{name}: {share}", name=name, share=t.percent(job.share))
    return t("{name}: {done} of {total}", name=name, done=job.done, total=job.total)
