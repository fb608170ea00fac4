"""The job in view: its state, its loss curve as it comes, what the curve says, its events."""

import streamlit as st

from services.db.types import now
from services.evaluation import service as evaluation
from services.evaluation.views import EvaluationView
from services.fine_tuning import curve
from services.fine_tuning.service import FineTuningService
from services.fine_tuning.views import FineTuningView
from services.tracking import runs
from ui import charts, errors, layout
from ui.elements import status_badge
from ui.evaluation import result
from ui.fine_tuning import events
from ui.i18n import Text
from ui.markup import esc

_service = FineTuningService()


def draw(t: Text, job: FineTuningView) -> None:
    """Draw the job; while it lives, again every second, and the whole page when its state changes."""

    before = _moving(job)

    def body() -> None:
        present = _service.get_fine_tune_status(job.id)
        _card(t, present)
        if (job.status, before) != (present.status, _moving(present)):
            st.rerun()

    # One fragment for all that moves: a fragment inside another is left pointing at a place that is gone.
    st.fragment(body, run_every=1.0 if before else None)()


def _moving(job: FineTuningView) -> bool:
    """The job lives, or its model is being measured."""
    found = _evaluation(job) if job.status == "succeeded" else None
    return job.alive or bool(found and found.alive)


def _evaluation(job: FineTuningView) -> EvaluationView | None:
    return evaluation.of_pair(job.dataset_id, [job.base_model, job.fine_tuned_model or ""])


def _card(t: Text, job: FineTuningView) -> None:
    points = list(_service.curve(job.id))
    with layout.card("ft_current"):
        with layout.actions("ft_state", "center"):
            layout.html(f'<div class="nm-meta">{_facts(t, job)}</div>')
            if job.alive:
                _stop(t, job)
            if url := runs.state(job.id).url:
                st.link_button(t("Open in W&B"), url, icon=":material/open_in_new:")
        if job.status == "failed":
            errors.show_code(t, job.error_code or "unknown", job.error_data)
        if len(points) > 1:
            said = curve.read(points)
            best = said.best if said.code in ("levelled_off", "rising") else None
            losses = [charts.LossPoint(p.step, p.train_loss, p.validation) for p in points]
            charts.loss_chart(t, losses, best)
            if job.status != "failed":
                layout.remark(*_said(t, said, job))
        elif job.alive:
            layout.remark("info", _stage(t, job), t("You can leave this page; the job will continue."))
        if job.status == "succeeded":
            _measured(t, job)
        with st.expander(t("Events"), expanded=job.alive):
            events.draw(t, job)


def _measured(t: Text, job: FineTuningView) -> None:
    """How the new model compares with its base on the test acts; while that is measured, look again."""
    found = _evaluation(job)
    if found is None or not (found.alive or found.scores):
        return
    if found.alive:
        layout.remark("info", t("The new model is being evaluated on the test acts."))
    else:
        result.verdict(t, found, "exact")


def _facts(t: Text, job: FineTuningView) -> str:
    parts = [layout.badge(status_badge(t, job.status))]
    parts.append(f"<b>{esc(job.label or job.base_model)}</b>")
    if job.total_steps:
        steps = t("Step {step} of {total}", step=job.step, total=job.total_steps)
        parts.append(esc(steps))
    seconds = job.seconds(now())
    if seconds is not None:
        lasted = t("Duration {time}", time=t.duration(seconds))
        parts.append(esc(lasted))
    if job.alive and job.step and job.total_steps and seconds:
        left = seconds * (job.total_steps - job.step) / job.step
        ahead = t("About {time} left", time=t.duration(left, rough=True))
        parts.append(esc(ahead))
    if not job.embedded and job.cost_micro is not None:
        spent = t("Spent {sum}", sum=t.money(job.cost_micro / 1e6))
        parts.append(esc(spent))
    return "".join(f"<span>{part}</span>" for part in parts)


def _stop(t: Text, job: FineTuningView) -> None:
    if job.cancel_requested:
        layout.note(t("Stopping"))
        return
    layout.press(
        layout.Button(t("Stop"), "ft_stop", icon="stop_circle", on_click=_service.cancel, args=(job.id,))
    )


def _stage(t: Text, job: FineTuningView) -> str:
    stages = {
        "preparing": t("The job is being prepared."),
        "creating": t("The job is being submitted to the provider."),
        "validating_files": t("The files are being checked."),
        "queued": t("The job is waiting in the provider’s queue."),
        "paused": t("The provider has paused the job."),
    }
    return stages.get(job.stage, t("Training is in progress."))


def _said(t: Text, said: curve.Reading, job: FineTuningView) -> tuple[layout.Kind, str]:
    if said.code == "training_only" and job.alive:
        return "info", t("Training is in progress.")
    if said.code == "training_only":
        return "info", t(
            "Only training loss is reported; validation acts would show how well the model handles new texts."
        )
    best = str(said.best)
    if said.code == "rising":
        return "warn", t(
            "After step {step} the validation loss rises: the model is starting to memorise "
            "the training texts.",
            step=best,
        )
    if said.code == "levelled_off":
        return "info", t("After step {step} the validation loss stops falling.", step=best)
    if job.alive:
        return "good", t("The validation loss is falling.")
    return "good", t("The validation loss kept falling to the end.")
