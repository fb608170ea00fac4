"""An extraction as the reader meets it: what it will take, how far it is, what it has changed."""

from collections.abc import Sequence

import streamlit as st

from services.extraction import service as extraction
from services.extraction.service import Estimate
from services.jobs import service as jobs
from services.jobs.views import JobView
from services.llm import provider as providers
from ui import errors, layout
from ui.acts.changes import changes
from ui.i18n import Text
from ui.markup import md

_PLAN, _JOB = "acts.plan", "acts.job"
_MICRO = 1_000_000


def ask(ids: Sequence[int]) -> None:
    """Start at once what is small and free; show first what anything else will take."""
    if len(ids) == 1 and providers.current().embedded:
        _start(ids)
    else:
        st.session_state[_PLAN] = list(ids)


def planning() -> bool:
    """Does a run wait for the reader's word?"""
    return bool(st.session_state.get(_PLAN))


def plan(t: Text) -> None:
    """Passages, price, time and destination of the run that waits, with the button that starts it."""
    ids = st.session_state.get(_PLAN)
    if not ids:
        return
    with layout.card("plan", t("Before the start")), errors.guard(t):
        with st.spinner(t("Counting passages")):
            found = extraction.estimate(ids)
        layout.key_values(_facts(t, found))
        with layout.actions("plan"):
            if layout.press(_start_button(t, found), kind="primary"):
                del st.session_state[_PLAN]
                _start(ids, found.model)
                st.rerun()
            if layout.press(layout.Button(t("Do not start"), "cancel_plan")):
                del st.session_state[_PLAN]
                st.rerun()


def progress(t: Text, act_id: int | None = None) -> bool:
    """Runs at work (of one act, or all), redrawn once a second; then how the last one ended.

    True while something runs.
    """
    if _live(act_id):
        st.fragment(_running, run_every=1.0)(t, act_id)
        return True
    job = _mine()
    if job is not None and (act_id is None or act_id in job.payload.get("act_ids", ())):
        with layout.actions("run_end"):
            with st.container(width="stretch"):
                _ended(t, job)
            if layout.press(layout.Button(t("Close"), "close_run", icon="close"), kind="tertiary"):
                del st.session_state[_JOB]
                st.rerun()
    return False


def finished_well() -> bool:
    """Did the run that this reader started last come to its end?"""
    job = _mine()
    return job is not None and job.status == "succeeded"


def told(act_id: int) -> bool:
    """Is the end of a run over this act told on the page already?"""
    job = _mine()
    return job is not None and act_id in job.payload.get("act_ids", ())


def _mine() -> JobView | None:
    """The run that this reader started last."""
    job_id = st.session_state.get(_JOB)
    return jobs.get(job_id) if job_id else None


def _start(ids: Sequence[int], model: str | None = None) -> None:
    st.session_state[_JOB] = extraction.start(ids, model).job_id


def _live(act_id: int | None) -> list[JobView]:
    running = jobs.live("extraction")
    return [job for job in running if act_id is None or act_id in job.payload.get("act_ids", ())]


def _start_button(t: Text, found: Estimate) -> layout.Button:
    label = t("Start the extraction")
    if found.cost_micro and found.cost_micro[1]:
        label = t("Start the extraction · up to {sum}", sum=t.money(found.cost_micro[1] / _MICRO))
    return layout.Button(label, "start_plan", icon="play_arrow")


def _facts(t: Text, found: Estimate) -> list[tuple[str, str]]:
    stored = t.n("{count} is known already", "{count} are known already", found.stored)
    passages = t("{number}; {stored}", number=found.passages, stored=stored)
    if not found.exact:
        passages = t("about {number}", number=found.passages)
    elsewhere = t("{host}: the texts are sent there", host=found.host)
    here = t("the engine on this computer; no text leaves it")
    return [
        (t("Acts"), t.number(found.acts)),
        (t("Passages"), passages if found.stored or not found.exact else t.number(found.passages)),
        (t("Model"), found.model),
        (t("Price"), _price(t, found)),
        (t("Time"), t("about {time}", time=t.duration(found.seconds))),
        (t("Where"), here if found.embedded else elsewhere),
    ]


def _price(t: Text, found: Estimate) -> str:
    if found.cost_micro is None:
        return t("unknown: there is no price for this model in Setup")
    low, high = found.cost_micro
    return t.money_range(low / _MICRO, high / _MICRO) if high else t("free")


def _running(t: Text, act_id: int | None) -> None:
    live = _live(act_id)
    if not live:
        st.rerun()
    for job in live:
        with layout.actions(f"run_{job.id}"):
            with st.container(width="stretch"):
                st.progress(min(1.0, job.done / job.total) if job.total else 0.0, text=_state(t, job))
            stop = layout.Button(
                t("Stop"), f"stop_{job.id}", icon="stop_circle", disabled=job.cancel_requested
            )
            if layout.press(stop):
                jobs.cancel(job.id)


def _state(t: Text, job: JobView) -> str:
    if job.cancel_requested:
        return t("The extraction is stopping; what was found is kept.")
    if job.status == "queued":
        return t("The extraction waits for its turn.")
    if not job.total:
        return t("The extraction is running.")
    return t("Extraction: {done} of {total} passages", done=job.done, total=job.total)


def _ended(t: Text, job: JobView) -> None:
    if job.status == "failed":
        words = errors.explain_code(t, job.error_code or "", job.error_data)
        st.error(
            md(f"{words.text} {words.next_step}".strip()), title=md(words.title), icon=":material/error:"
        )
    elif job.status == "cancelled":
        layout.remark("info", t("The extraction was stopped."), t("What was found until then is kept."))
    else:
        layout.remark("good", *changes(t, job.result.get("changes", {}), job.result.get("failed", 0)))
