"""The table of jobs and the list of finished models."""

from collections.abc import Sequence

import streamlit as st

from services.datasets import service as datasets
from services.db.types import now
from services.evaluation import service as evaluation
from services.fine_tuning import registry
from services.fine_tuning.views import FineTuningView, ModelView
from ui import layout, tables
from ui.datasets.version import title
from ui.elements import Badge, status_badge
from ui.i18n import Text
from ui.tables import Column, Row


def jobs(t: Text, found: Sequence[FineTuningView], shown: str | None) -> str | None:
    """Every job; the one whose row was clicked, if any."""
    columns = [
        Column(t("Status"), shrink=True),
        Column(t("Model")),
        Column(t("Dataset"), secondary=True),
        Column(t("Base"), secondary=True),
        Column(t("Started")),
        Column(t("Duration"), align="right", secondary=True, shrink=True),
        Column(t("Spent"), align="right", shrink=True),
        Column("F1", align="right", shrink=True),
    ]
    rows = [Row(job.id, _cells(t, job)) for job in found]
    event = tables.simple_table(
        t, "ft_jobs", columns, rows, label=t("Fine-tuning jobs"), selected=shown, clickable=True
    )
    return event.clicked if event.clicked != shown else None


def _cells(t: Text, job: FineTuningView) -> list[tables.Cell]:
    seconds = job.seconds(now())
    dataset = t("{name}, version {number}", name=job.dataset_name, number=str(job.dataset_number))
    return [
        status_badge(t, job.status),
        tables.strong(job.label or t.number(None)),
        dataset,
        job.base_model,
        tables.muted(t.datetime(job.created_at)),
        tables.muted(t.duration(seconds)),
        tables.muted(t.money(None if job.cost_micro is None else job.cost_micro / 1e6)),
        t.score(job.f1),
    ]


def models(t: Text, found: Sequence[ModelView]) -> ModelView | None:
    """Base and fine-tuned models with their F1; the picked one, the newest fine-tuned to begin with."""
    columns = [
        Column(t("Model")),
        Column(t("Status"), shrink=True),
        Column(t("F1 on test acts"), align="right"),
        Column(t("Available until"), shrink=True, secondary=True),
        Column(t("Created"), shrink=True, secondary=True),
    ]
    known = {str(model.id): model for model in found}
    newest = next((model for model in found if model.tuned), None)
    picked = known.get(st.session_state.get("ft_picked") or "", newest)
    measured = evaluation.newest_f1()
    rows = [
        Row(str(model.id), _model_cells(t, model, *measured.get(model.name, (None, 0)))) for model in found
    ]
    shown = str(picked.id) if picked else None
    event = tables.simple_table(
        t, "ft_models", columns, rows, label=t("Models"), selected=shown, clickable=True
    )
    if event.clicked and event.clicked != shown:
        st.session_state["ft_picked"] = event.clicked
        st.rerun()
    return picked


def _model_cells(t: Text, model: ModelView, f1: float | None, dataset_id: int) -> list[tables.Cell]:
    kind = t("fine-tuned on {base}", base=model.base_model) if model.tuned else t("base model")
    used = registry.active().id == model.id
    return [
        tables.stack(model.label, kind),
        Badge(t("Active"), "check_circle", "good") if used else "",
        tables.stack(t.score(f1), title(t, datasets.get(dataset_id))) if dataset_id else t.score(None),
        tables.muted(t.date(model.shutdown_date)),
        tables.muted(t.date(model.created_at)),
    ]


def choice(t: Text, picked: ModelView | None) -> None:
    """The two decisions about models as buttons: use the picked one, go back to the one before."""
    before, active = registry.previous(), registry.active()
    with layout.actions("ft_decide"):
        if picked is not None and picked.id != active.id:
            label = t("Make active: {model}", model=picked.label)
            layout.press(
                layout.Button(
                    label, "ft_use", icon="check_circle", on_click=registry.activate, args=(picked.id,)
                )
            )
        if before is not None:
            layout.press(
                layout.Button(
                    t("Restore the previous model ({model})", model=before.label),
                    "ft_back",
                    icon="undo",
                    on_click=registry.activate,
                    args=(before.id,),
                ),
                kind="tertiary",
            )
