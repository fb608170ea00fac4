"""Choosing what to compare: the text and the two models."""

from dataclasses import dataclass

import streamlit as st

from services.extraction.chunking import Passage
from services.fine_tuning import registry
from services.fine_tuning.views import ModelView
from services.playground import choices, service
from ui import layout
from ui.i18n import Text


@dataclass(frozen=True)
class Chosen:
    """What the reader chose. `passage` is None while there is no text."""

    passage: Passage | None
    title: str
    act_id: int | None
    left: str
    right: str


def labels(t: Text, models: list[ModelView]) -> dict[str, str]:
    """Model names in words, by their name at the provider."""
    return {
        m.name: t("{model}, fine-tuned", model=m.label) if m.tuned else t("{model}, base", model=m.label)
        for m in models
    }


def draw(t: Text) -> Chosen:
    """The card of choices; sensible ones are made already."""
    models = registry.models()
    names = labels(t, models)
    newest, base = registry.newest_tuned(), registry.base()
    order = [m.name for m in models]
    with layout.card("choose"):
        source = _source(t)
        with layout.actions("choose"):
            passage, title, act_id = _act(t) if source == "act" else _own(t)
        with layout.actions("models"):
            left = _model(t("On the left"), "pg_left", order, names, base.name)
            right = _model(t("On the right"), "pg_right", order, names, newest.name if newest else base.name)
    return Chosen(passage, title, act_id, left, right)


def _source(t: Text) -> str:
    words = {"act": t("Passage of an act"), "own": t("Your own text")}
    return str(
        st.segmented_control(
            t("What to compare on"),
            list(words),
            format_func=lambda code: words[code],
            default="act",
            required=True,
            key="pg_source",
            label_visibility="collapsed",
        )
    )


def _model(label: str, key: str, order: list[str], names: dict[str, str], first: str) -> str:
    return str(
        st.selectbox(
            label, order, index=order.index(first) if first in order else 0,
            format_func=lambda name: names.get(name, name), key=key,
        )
    )  # fmt: skip


def _act(t: Text) -> tuple[Passage | None, str, int | None]:
    found = {choice.id: choice for choice in choices.act_choices()}
    if not found:
        return None, "", None
    wanted = st.query_params.get("act", "")
    ids = list(found)

    def name(act_id: int) -> str:
        title = found[act_id].title
        return t("Test act: {title}", title=title) if found[act_id].test else title

    first = ids.index(int(wanted)) if wanted.isdigit() and int(wanted) in found else 0
    act_id = int(st.selectbox(t("Act"), ids, index=first, format_func=name, key="pg_act"))
    options = choices.passage_choices(act_id)
    if not options:
        return None, found[act_id].title, act_id

    def place(position: int) -> str:
        choice = options[position]
        count = t.n("{count} confirmed", "{count} confirmed", choice.confirmed) if choice.confirmed else ""
        return " · ".join(part for part in (choice.heading, count) if part)

    position = int(
        st.selectbox(
            t("Passage"), range(len(options)), index=choices.first_passage(options),
            format_func=place, key=f"pg_passage_{act_id}",
        )
    )  # fmt: skip
    passage = choices.passages(act_id)[position]
    title = ", ".join(part for part in (found[act_id].title, options[position].address) if part)
    return passage, title, act_id


def _own(t: Text) -> tuple[Passage | None, str, int | None]:
    text = st.text_area(
        t("Text of the norm"),
        height=180,
        max_chars=service.MOST_CHARACTERS,
        placeholder=t("Paste an article or a few points here."),
        key="pg_text",
    )
    return (service.of_text(text) if text.strip() else None), t("Your own text"), None
