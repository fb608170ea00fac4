"""Playground: one text through two models, differences marked."""

import random

import streamlit as st

from services.fine_tuning import registry
from services.playground import service
from ui import errors, layout
from ui.playground import choose, result, votes
from ui.shell import enter

t = enter()

models = registry.models()
tuned = next((model for model in models if model.tuned), None)
lonely = len(models) < 2
pressed = layout.page_header(
    t,
    t("Model comparison"),
    t("One text, two models side by side. Only their differences are marked."),
    primary=layout.Button(t("Compare"), "compare", icon="compare_arrows", disabled=lonely),
    secondary=layout.Button(t("Blind comparison"), "blind", icon="visibility_off", disabled=lonely),
)
with errors.guard(t):
    chosen = choose.draw(t)
    names = choose.labels(t, models)
    if tuned is None:
        layout.empty_state(
            t,
            t("No fine-tuned model yet"),
            t("Fine-tune a model on confirmed elements to compare it with the base model here."),
            layout.Button(t("Open Fine-tuning"), "go_tune", page="pages/fine_tuning.py"),
        )
    if pressed.primary or pressed.secondary:
        with st.spinner(t("Both models are reading the text")):
            left, right = chosen.left, chosen.right
            if pressed.secondary and random.random() < 0.5:  # noqa: S311 (which side is which, nothing secret)
                left, right = right, left
            made = service.run(
                chosen.passage or service.of_text(""),
                left,
                right,
                title=chosen.title,
                act_id=chosen.act_id,
                blind=pressed.secondary,
            )
            st.query_params["c"] = str(made)

    wanted = st.query_params.get("c", "")
    if wanted.isdigit():
        view = service.get(int(wanted))
        layout.section(view.title or t("Your own text"))
        if view.answered:
            votes.draw(t, view, names)
        result.draw(t, view, names)
        layout.next_step(
            t,
            t("See the scores on all test acts."),
            layout.Button(t("Open Evaluation"), "to_evaluation", page="pages/evaluation.py"),
        )
    elif tuned is not None:
        layout.note(t("Choose a text and two models. Their differences will be marked."))
