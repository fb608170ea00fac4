"""Fine-tuning: readiness, price, one press, live curves, a new model."""

import streamlit as st

from services.fine_tuning import registry
from services.fine_tuning.service import FineTuningService
from ui import errors, layout
from ui.fine_tuning import choose, current, launch, lists, price, readiness
from ui.shell import enter

t = enter()

service = FineTuningService()
chosen = choose.current()
dataset_id = chosen.dataset.id if chosen.dataset else None
found = service.preflight(dataset_id, chosen.model)
history = service.list()
alive = next((job for job in history if job.alive), None)
running_this = bool(
    alive and chosen.dataset and (alive.dataset_id, alive.base_model) == (chosen.dataset.id, chosen.model)
)

layout.page_header(
    t,
    t("Fine-tuning"),
    t("Readiness is checked before the start. The model learns from the elements you confirmed."),
    primary=layout.Button(
        t("Fine-tuning is running") if running_this else price.ceiling(t, found.estimate),
        "launch",
        icon="play_arrow",
        disabled=running_this or not found.ready,
        on_click=launch.press,
        args=(dataset_id, chosen.model, chosen.evaluate),
    ),
)
launch.refused(t)

with errors.guard(t):
    if not chosen.datasets:
        layout.empty_state(
            t,
            t("No dataset to train on yet"),
            t("Freeze a version of your confirmed elements; then one click here starts the training."),
            layout.Button(t("Open Datasets"), "go_datasets", page="pages/datasets.py"),
        )
    else:
        choose.draw(t, chosen)
        main, aside = layout.regions("ft_regions", aside=380)
        with main:
            readiness.draw(t, found)
            readiness.await_engine(found, lambda: service.preflight(dataset_id, chosen.model))
        with aside:
            price.draw(t, found.estimate)

    asked = st.query_params.get("job", "")
    shown = next((job for job in history if job.id == asked), alive or (history[0] if history else None))
    if shown is not None:
        layout.section(t("Current job") if shown.alive else t("Last job"))
        current.draw(t, shown)

    models = registry.models()
    newest = next((model for model in models if model.tuned), None)
    if newest is not None:
        layout.section(t("Models"), t("The active model extracts elements from acts."))
        lists.choice(t, lists.models(t, models))
    if history:
        layout.section(t("Jobs"))
        picked = lists.jobs(t, history, shown.id if shown else None)
        if picked:
            st.query_params["job"] = picked
            st.rerun()
    if newest is not None:
        layout.next_step(
            t,
            t("See the base and fine-tuned models side by side on one text."),
            layout.Button(t("Open the comparison"), "to_playground", page="pages/playground.py"),
        )
