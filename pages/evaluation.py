"""Evaluation: the test acts through two models, honest figures, a verdict in words."""

import streamlit as st

from services.evaluation import service as evaluation
from services.fine_tuning import registry
from ui import errors, layout
from ui.errors import explain_code
from ui.evaluation import choose, progress, result
from ui.fine_tuning import lists
from ui.markup import md
from ui.shell import enter

t = enter()

chosen = choose.current()
found = evaluation.of_pair(chosen.dataset.id, chosen.names) if chosen.dataset else None
running = bool(found and found.alive)
layout.page_header(
    t,
    t("Evaluation"),
    t("Both models read the same test acts: which is more accurate, and is the difference more than chance?"),
    primary=layout.Button(
        progress.label(t, chosen.dataset.id if chosen.dataset else None, chosen.names),
        "evaluate",
        icon="fact_check",
        disabled=running or chosen.dataset is None,
        on_click=progress.start,
        args=(chosen.dataset.id if chosen.dataset else None, chosen.names),
    ),
)
progress.refused(t)

with errors.guard(t):
    if not chosen.datasets:
        layout.empty_state(
            t,
            t("No test acts yet"),
            t("Freeze a dataset of at least three acts: one of them is set aside for testing."),
            layout.Button(t("Open Datasets"), "go_datasets", page="pages/datasets.py"),
        )
        st.stop()
    choose.draw(t, chosen)
    newest = registry.newest_tuned()
    if newest is None:
        layout.remark(
            "info",
            t("There is no fine-tuned model yet; the base model can be evaluated on its own."),
            t("Fine-tune a model to compare both here."),
        )
    if found is None:
        layout.note(t("These models have not been evaluated on this dataset yet. Press “Evaluate”."))
    elif found.alive:
        progress.draw(t, found)
    elif found.status == "failed":
        words = explain_code(t, found.error_code or "unknown", found.error_data)
        st.error(
            md(f"{words.text} {words.next_step}".strip()), title=md(words.title), icon=":material/error:"
        )
    elif not found.scores:
        layout.note(t("The evaluation was stopped. Press “Evaluate” to continue from there."))
    else:
        rules = {"exact": t("Exact boundaries"), "iou": t("At least half overlap")}
        match = st.segmented_control(
            t("When an element counts as found"),
            list(rules),
            format_func=lambda rule: rules[rule],
            default="exact",
            required=True,
            key="ev_rule",
        )
        result.verdict(t, found, match)
        result.figures(t, found, match)
        result.notes(t, found)
        layout.section(
            t("By type"),
            t(
                "F1, with precision / recall below it: the share of found elements that are "
                "right, and the share of all elements that were found."
            ),
        )
        result.by_type(t, found, match)
        result.chart(t, found, match)
        result.speed(t, found)
        if newest is not None:
            layout.section(t("Model for extraction"), t("The active model is used on the Acts page."))
            lists.choice(t, newest)
        layout.next_step(
            t,
            t("See both models side by side on one text."),
            layout.Button(t("Open the comparison"), "to_playground", page="pages/playground.py"),
        )
