"""An import as the reader meets it: how far it is, and what became of each file."""

from collections.abc import Sequence

import streamlit as st

from services.acts import import_job
from services.acts.importer import FileReport
from services.jobs import service as jobs
from services.jobs.service import Submitted
from services.jobs.views import JobView
from ui import job_bar, layout
from ui.acts import import_reports, links
from ui.i18n import Text

_JOB, _REPORTS, _AT = "acts.import_job", "acts.import_reports", "acts.import_at"


def show(reports: Sequence[FileReport]) -> None:
    """Let `progress` show what became of files that were imported at once."""
    st.session_state[_REPORTS], st.session_state[_AT] = list(reports), links.wanted("act")
    st.session_state.pop(_JOB, None)


def follow(started: Submitted) -> None:
    """Let `progress` follow an import that a worker does."""
    st.session_state[_JOB], st.session_state[_AT] = started.job_id, links.wanted("act")
    st.session_state.pop(_REPORTS, None)


def progress(t: Text) -> bool:
    """Imports at work, redrawn once a second; then the reports of the last one until the reader lets it go.

    On the page of an act only those of an import that was begun there. True while something runs.
    """
    if jobs.live(import_job.KIND):
        st.fragment(_running, run_every=1.0)(t)
        return True
    act = links.wanted("act")
    if act is not None and act != st.session_state.get(_AT):
        return False
    job_id = st.session_state.get(_JOB)
    job = jobs.get(job_id) if job_id else None
    if job is not None:
        _ended(t, job)
    elif st.session_state.get(_REPORTS) and import_reports.draw(t, st.session_state[_REPORTS]):
        _let_go()
        st.rerun()
    return False


def _running(t: Text) -> None:
    live = jobs.live(import_job.KIND)
    if not live:
        st.rerun()
    for job in live:
        job_bar.draw(t, job, _state(t, job))
        for report in import_job.reports(job.id, limit=3):
            layout.note(import_reports.line(t, report))


def _state(t: Text, job: JobView) -> str:
    if job.cancel_requested:
        return t("The import is stopping; acts already imported are kept.")
    if job.status == "queued":
        return t("The import is waiting in the queue.")
    if not job.total:
        return t("The import is running.")
    left = import_job.time_left(job)
    if left is None:
        return t("Import: {done} of {total}", done=job.done, total=job.total)
    return t(
        "Import: {done} of {total}, about {time} left",
        done=job.done,
        total=job.total,
        time=t.duration(left, rough=True),
    )


def _ended(t: Text, job: JobView) -> None:
    if job.status == "failed":
        job_bar.failed(t, job)
    if job.status == "cancelled":
        layout.remark("info", t("The import was stopped."), t("Acts imported by then are kept."))
    refused = import_job.reports(job.id, limit=import_reports.SHOWN, outcome="refused")
    others = import_job.reports(job.id, limit=import_reports.SHOWN - len(refused))
    shown = [*refused, *(report for report in others if report.outcome != "refused")]
    left = import_job.not_done(job)
    pressed = import_reports.draw(t, shown, import_job.counts(job.id), left)
    if pressed:
        _let_go()
        if pressed == "rest":
            follow(import_job.start(numbers=left.numbers))
        st.rerun()


def _let_go() -> None:
    st.session_state.pop(_JOB, None)
    st.session_state.pop(_REPORTS, None)
