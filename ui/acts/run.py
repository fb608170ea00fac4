"""An extraction as the reader meets it: what it will take, how far it is, how it ended."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import streamlit as st

from services.acts import service as acts
from services.db.types import now
from services.extraction import choices, totals
from services.extraction import service as extraction
from services.extraction.choices import Choices
from services.fine_tuning import registry
from services.jobs import service as jobs
from services.jobs.views import JobView
from services.llm import provider as providers
from ui import errors, job_bar, layout, standstill
from ui.acts import run_end, run_plan
from ui.acts.changes import to_review
from ui.i18n import Text

_PLAN, _JOB, _LET_GO = "acts.plan", "acts.job", "acts.runs_let_go"
_MICRO = 1_000_000
_REMINDED = timedelta(days=2)
_REDRAWN = 4.0  # seconds between two draws of a page during a run: a list of many acts takes one of them


@dataclass(frozen=True)
class _Shown:
    """What a page shows of the runs at work: `acts` that were finished when it was drawn, at `moment`."""

    acts: int
    moment: float

    def outdated(self, job_ids: Sequence[str], act_id: int | None) -> bool:
        late = time.monotonic() - self.moment >= _REDRAWN
        return late and totals.acts_done(job_ids, act_id) != self.acts


def ask(ids: Sequence[int] | None) -> None:
    """Start at once what is small and free; show first what anything else will take.

    None: every act that no model has gone through, without carrying their ids from redraw to redraw.
    """
    if ids is not None and len(ids) == 1 and providers.current().embedded:
        _start(ids)
    elif ids is None or ids:
        st.session_state[_PLAN] = None if ids is None else list(ids)


def repeat(act_id: int, model: str) -> None:
    """Ask the model once more about those passages of an act whose answers could not be used."""
    limit = None if providers.current().embedded else choices.remembered().budget_usd
    st.session_state[_JOB] = extraction.start([act_id], model, budget_usd=limit, again=True).job_id


def planning() -> bool:
    """Does a run wait for the reader's word?"""
    return _PLAN in st.session_state


def plan(t: Text) -> None:
    """Passages, price, time and destination of the run that waits, with the button that starts it."""
    if not planning():
        return
    ids: Sequence[int] | None = st.session_state[_PLAN]
    with layout.card("plan", t("Before you start")), errors.guard(t):
        found, chosen = run_plan.settle(t, ids)
        with layout.actions("plan"):
            if layout.press(run_plan.start_button(t, found, chosen), kind="primary"):
                del st.session_state[_PLAN]
                _start(ids, found.model, chosen)
                st.rerun()
            if layout.press(layout.Button(t("Cancel"), "cancel_plan")):
                del st.session_state[_PLAN]
                st.rerun()


def progress(t: Text, act_id: int | None = None) -> bool:
    """Runs at work (of one act, or all), redrawn once a second; then how the last one ended.

    The rest of the page is drawn anew now and then too, once acts are finished: elements show as they come.

    True while something runs.
    """
    if live := _live(act_id):
        shown = _Shown(totals.acts_done([job.id for job in live], act_id), time.monotonic())
        st.fragment(_running, run_every=1.0)(t, act_id, shown)
        return True
    job = _ended(act_id)
    if job is not None:
        with layout.actions("run_end", "center"):
            with st.container(width="stretch"):
                run_end.said(t, job)
            closed = layout.press(layout.Button(t("Close"), "close_run", icon="close"), kind="tertiary")
        again = run_end.failures(t, job)
        if again is not None:
            st.session_state[_JOB] = again
            st.rerun()
        if closed:
            st.session_state.setdefault(_LET_GO, set()).add(job.id)
            st.rerun()
    return False


def finished_well() -> bool:
    """Did the run that this reader started last come to its end, with something to decide on?"""
    job = _mine()
    return job is not None and job.status == "succeeded" and to_review(job.result.get("changes", {}))


def told(act_id: int) -> bool:
    """Is the end of a run over this act told on the page already?"""
    return _ended(act_id) is not None


def _ended(act_id: int | None) -> JobView | None:
    """The run to tell the end of: the reader's own last one, else the newest one if it left something.

    A page opened anew knows no own run; what failed must not be lost with the old page.
    """
    job = _mine()
    if job is None:
        newest = jobs.recent("extraction", limit=1)
        fresh = [j for j in newest if not j.alive and j.finished_at and j.finished_at > now() - _REMINDED]
        job = next((j for j in fresh if run_end.troubled(j) and j.status != "cancelled"), None)
    if job is None or job.id in st.session_state.get(_LET_GO, ()):
        return None
    return job if act_id is None or extraction.concerns(job, act_id) else None


def _mine() -> JobView | None:
    """The run that this reader started last, unless it was let go."""
    job_id = st.session_state.get(_JOB)
    return jobs.get(job_id) if job_id and job_id not in st.session_state.get(_LET_GO, ()) else None


def _start(ids: Sequence[int] | None, model: str | None = None, chosen: Choices | None = None) -> None:
    if chosen is None or providers.current().embedded:
        started = extraction.start(ids, model)
    else:
        choices.remember(chosen)
        started = extraction.start(
            ids,
            model,
            concurrency=chosen.concurrency,
            budget_usd=chosen.budget_usd,
            batch=chosen.batch,
        )
    st.session_state[_JOB] = started.job_id


def _live(act_id: int | None) -> list[JobView]:
    running = jobs.live("extraction")
    return [job for job in running if act_id is None or extraction.concerns(job, act_id)]


def _running(t: Text, act_id: int | None, shown: _Shown) -> None:
    live = _live(act_id)
    if not live or shown.outdated([job.id for job in live], act_id):
        st.rerun()
    for job in live:
        with job_bar.stoppable(t, job):
            if act_id is None or len(live) > 1:
                layout.meta_line(_which(t, job))
            job_bar.bar(job, _state(t, job))
            standstill.note(t, job.result)
            _silence(t, job)


def _silence(t: Text, job: JobView) -> None:
    """Before a silent model is given up, which takes minutes, the reader sees that it is silent."""
    waited = extraction.unanswered(job)
    if waited is not None and not job.cancel_requested:
        layout.note(t("The model has not answered for {time}.", time=t.duration(waited, rough=True)))


def _which(t: Text, job: JobView) -> list[str | tuple[str, str]]:
    """What tells one run from another: its act or how many, its model, its money."""
    only, number = job.payload.get("act_id"), int(job.payload.get("acts", 0))
    what = acts.title(only) if only else t.n("{count} act", "{count} acts", number)
    model = str(job.payload.get("model", ""))
    facts: list[str | tuple[str, str]] = [what, registry.labels().get(model, model)]
    if job.payload.get("batch"):
        facts.append(t("in batches"))
    budget = job.payload.get("budget_micro")
    if budget is not None:
        limit = t.money(budget / _MICRO)
        facts.append(t("{spent} of {limit} spent", spent=t.money(job.cost_micro / _MICRO), limit=limit))
    elif job.cost_micro:
        facts.append(t("{spent} spent", spent=t.money(job.cost_micro / _MICRO)))
    return facts


def _state(t: Text, job: JobView) -> str:
    if job.cancel_requested:
        return t("The extraction is stopping; elements found so far are kept.")
    if job.status == "queued":
        return t("The extraction is waiting in the queue.")
    if not job.total:
        return t("The extraction is running.")
    left = extraction.time_left(job)
    if left is None:
        return t("Extraction: {done} of {total} passages", done=job.done, total=job.total)
    return t(
        "Extraction: {done} of {total} passages, about {time} left",
        done=job.done,
        total=job.total,
        time=t.duration(left, rough=True),
    )
