"""An import as the reader meets it: how far it is, and what became of each file."""

from collections.abc import Iterable, Sequence

import streamlit as st

from services.acts import import_job
from services.acts.importer import FileReport
from services.jobs import service as jobs
from services.jobs.service import Submitted
from services.jobs.views import JobView
from ui import errors, job_bar, layout
from ui.acts import links
from ui.i18n import N_, Text

_JOB, _REPORTS, _AT = "acts.import_job", "acts.import_reports", "acts.import_at"
_SHOWN = 50
_KINDS = {
    "txt": N_("plain text"),
    "html": N_("web page"),
    "docx": N_("Word"),
    "odt": N_("OpenDocument"),
    "rtf": N_("rich text"),
    "pdf": N_("PDF"),
    "csv": N_("table"),
    "xlsx": N_("table"),
    "jsonl": N_("table"),
}


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
    elif st.session_state.get(_REPORTS):
        _card(t, st.session_state[_REPORTS])
    return False


def _running(t: Text) -> None:
    live = jobs.live(import_job.KIND)
    if not live:
        st.rerun()
    for job in live:
        job_bar.draw(t, job, _state(t, job))
        for report in import_job.reports(job.id, limit=3):
            layout.note(_line(t, report))


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
    refused = import_job.reports(job.id, limit=_SHOWN, outcome="refused")
    others = import_job.reports(job.id, limit=max(0, _SHOWN - len(refused)))
    _card(t, [*refused, *(report for report in others if report.outcome != "refused")], job.result)


def _card(t: Text, reports: Iterable[FileReport], counts: dict[str, int] | None = None) -> None:
    with layout.card("import_reports", t("Import")):
        if counts:
            layout.meta_line(_counts(t, counts))
        layout.readiness_list([_remark(t, report) for report in reports])
        if counts and sum(counts.values()) > _SHOWN:
            layout.note(t("The first {count} are shown, refused ones first.", count=_SHOWN))
        if layout.press(layout.Button(t("Close"), "close_reports", icon="close"), kind="tertiary"):
            st.session_state.pop(_JOB, None)
            st.session_state.pop(_REPORTS, None)
            st.rerun()


def _counts(t: Text, counts: dict[str, int]) -> list[str]:
    said = {
        "imported": t.n("{count} act imported", "{count} acts imported", counts.get("imported", 0)),
        "restored": t.n("{count} act restored", "{count} acts restored", counts.get("restored", 0)),
        "already_there": t.n(
            "{count} act was already stored",
            "{count} acts were already stored",
            counts.get("already_there", 0),
        ),
        "refused": t.n("{count} file refused", "{count} files refused", counts.get("refused", 0)),
    }
    return [words for outcome, words in said.items() if counts.get(outcome)]


def _line(t: Text, report: FileReport) -> str:
    match report.outcome:
        case "imported":
            return t("{file}: imported", file=report.name)
        case "restored":
            return t("{file}: a deleted act was restored", file=report.name)
        case "already_there" if report.code == "same_edition":
            return t("{file}: this edition is already stored", file=report.name)
        case "already_there":
            return t("{file}: this text is already stored", file=report.name)
    problem = errors.explain_code(t, report.code, report.data).title
    return t("{file}: {problem}", file=report.name, problem=problem)


def _remark(t: Text, report: FileReport) -> layout.Remark:
    headline = _line(t, report)
    if report.outcome == "refused":
        words = errors.explain_code(t, report.code, report.data)
        return layout.Remark("bad", headline, t("{what} {next}", what=words.text, next=words.next_step))
    kind: layout.Kind = "info" if report.outcome == "already_there" else "good"
    return layout.Remark(kind, headline, _source(t, report))


def _source(t: Text, report: FileReport) -> str:
    """The title, and what the file was: «Про доступ … · звичайний текст, cp1251»."""
    if report.kind not in _KINDS:
        return report.title
    format_ = t(_KINDS[report.kind])
    if not report.encoding:
        return t("{title} · {format}", title=report.title, format=format_)
    return t("{title} · {format}, {encoding}", title=report.title, format=format_, encoding=report.encoding)
