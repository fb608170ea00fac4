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
    t("The same test acts through both models: which is more accurate, and is that beyond chance?"),
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
            t("There are no test acts yet."),
            t("Freeze a dataset of at least three acts: one of them is kept for the test."),
            layout.Button(t("Open datasets"), "go_datasets", page="pages/datasets.py"),
        )
        st.stop()
    choose.draw(t, chosen)
    newest = registry.newest_tuned()
    if newest is None:
        layout.remark(
            "info",
            t("There is no fine-tuned model yet; the base model can be measured alone."),
            t("Fine-tune a model, and both are compared here."),
        )
    if found is None:
        layout.note(t("These models have not been measured on this dataset yet. Press “Evaluate”."))
    elif found.alive:
        progress.draw(t, found)
    elif found.status == "failed":
        words = explain_code(t, found.error_code or "unknown", found.error_data)
        st.error(
            md(f"{words.text} {words.next_step}".strip()), title=md(words.title), icon=":material/error:"
        )
    elif not found.scores:
        layout.note(t("The evaluation was stopped. Press “Evaluate” to go on where it stopped."))
    else:
        rules = {"exact": t("Exact place"), "iou": t("Overlap of at least a half")}
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
            t("F1; below it precision / recall: how much of the found is right, how much was found."),
        )
        result.by_type(t, found, match)
        result.chart(t, found, match)
        result.speed(t, found)
        if newest is not None:
            layout.section(t("Which model extracts"), t("The active model is used on the Acts page."))
            lists.choice(t, newest)
        layout.next_step(
            t,
            t("See both models side by side on one text."),
            layout.Button(t("Open the playground"), "to_playground", page="pages/playground.py"),
        )
