"""The card of Weights & Biases: whether, where, and what of the texts leaves the building."""

import streamlit as st

from services.setup import service
from services.setup.service import SetupView
from ui import errors, layout, outbox_remarks
from ui.i18n import Text
from ui.setup import keys

_FIELDS = {"WANDB_ENABLED", "WANDB_TEXTS", "WANDB_API_KEY", "WANDB_PROJECT", "WANDB_ENTITY", "WANDB_BASE_URL"}


def draw(t: Text, view: SetupView) -> None:
    """The whole card."""
    with layout.card("tracking", t("Weights & Biases"), t("A record of every job and every model call.")):
        enabled = st.toggle(
            t("Keep a record"), view.tracking, key="su_tracking", disabled="WANDB_ENABLED" in view.locked
        )
        texts = _texts(t, view)
        key = keys.field(t, t("Key"), view.wandb_key, "su_wandb_key", locked="WANDB_API_KEY" in view.locked)
        with layout.actions("wandb_fields"):
            project = _field(t("Project"), view.project, "WANDB_PROJECT", view)
            entity = _field(t("User or team"), view.entity, "WANDB_ENTITY", view)
        url = _field(
            t("Address of your own server"),
            view.wandb_url,
            "WANDB_BASE_URL",
            view,
            "https://wandb.example.ua",
        )
        keys.locked_note(t, view.locked & _FIELDS)
        with layout.actions("tracking"):
            save = layout.press(layout.Button(t("Save tracking settings"), "su_save_wandb", icon="save"))
            test = layout.press(layout.Button(t("Test the W&B key"), "su_test_wandb", icon="network_check"))
        with errors.guard(t):
            if test:
                with st.spinner(t("Contacting Weights & Biases")):
                    name = service.test_tracking(key, url)
                st.success(
                    t("Runs are sent to {entity}.", entity=name or entity or "–"),
                    title=t("The key is valid"),
                    icon=":material/check_circle:",
                )
            if save:
                service.save_tracking(
                    enabled=enabled, texts=texts, key=key, project=project, entity=entity, url=url
                )
                keys.saved(t)
            _waiting(t, view)


def _texts(t: Text, view: SetupView) -> bool:
    words = {
        True: t("With texts: passages and answers are sent to Weights & Biases with every call"),
        False: t("Without texts: only counts, timings and identifiers are sent"),
    }
    return bool(
        st.radio(
            t("What leaves this computer once a key is set"), [True, False], index=0 if view.texts else 1,
            format_func=lambda value: words[value], key="su_texts", disabled="WANDB_TEXTS" in view.locked,
        )
    )  # fmt: skip


def _field(label: str, value: str, name: str, view: SetupView, placeholder: str = "") -> str:
    return st.text_input(
        label, value, key=f"su_{name}", placeholder=placeholder or None, disabled=name in view.locked
    )


def _waiting(t: Text, view: SetupView) -> None:
    outbox_remarks.draw(t, "" if view.wandb_key.is_set else t("They will be sent once a key is set."))
