"""The card of the model provider: which one, its address, key and model; a test; saving."""

import streamlit as st

from services.config import EMBEDDED_MODEL, Provider
from services.llm import provider as providers
from services.setup import service
from services.setup.service import SetupView, Tested
from ui import errors, layout
from ui.i18n import N_, Text
from ui.setup import keys

_KINDS: dict[Provider, str] = {
    "embedded": N_("Embedded engine on this computer"),
    "openai": N_("OpenAI"),
    "custom": N_("Another compatible provider"),
}
_ABOUT: dict[Provider, str] = {
    "embedded": N_(
        "Rules and a statistical model that learns from your confirmed elements. It is not a large language "
        "model. It needs no key and no network, costs nothing, and no text leaves this computer."
    ),
    "openai": N_("Passages are sent to OpenAI. OpenAI accepts no new fine-tuning jobs after 6 January 2027."),
    "custom": N_(
        "Any server that supports the OpenAI API, including your own. Passages are sent to its address."
    ),
}


def draw(t: Text, view: SetupView) -> None:
    """The whole card."""
    with layout.card("provider", t("Model provider"), t("The model that extracts elements from acts.")):
        locked = view.locked
        kind: Provider = st.radio(
            t("Provider"), list(_KINDS), index=list(_KINDS).index(view.kind), key="su_kind",
            format_func=lambda code: t(_KINDS[code]), label_visibility="collapsed",
            disabled="OPENAI_BASE_URL" in locked or "OPENAI_API_KEY" in locked,
        )  # fmt: skip
        layout.note(t(_ABOUT[kind]))
        url = _url(t, view) if kind == "custom" else ""
        key = (
            keys.field(t, t("Key"), view.key, "su_key", locked="OPENAI_API_KEY" in locked)
            if kind != "embedded"
            else ""
        )
        model = _model(t, view, kind)
        keys.locked_note(t, locked & {"OPENAI_BASE_URL", "OPENAI_API_KEY", "OPENAI_MODEL"})
        with layout.actions("provider"):
            save = layout.press(layout.Button(t("Save provider"), "su_save", icon="save"), kind="primary")
            test = layout.press(layout.Button(t("Test the connection"), "su_test", icon="network_check"))
        with errors.guard(t):
            if test:
                with st.spinner(t("Contacting the provider")):
                    _tested(t, service.test_provider(kind, url, key, model))
            if save:
                service.save_provider(kind, url, key, model)
                keys.saved(t)


def _url(t: Text, view: SetupView) -> str:
    return st.text_input(
        t("Address"), view.url, placeholder="https://llm.example.ua/v1", key="su_url",
        help=t("The provider’s base URL, including /v1 at the end if it has one."),
        disabled="OPENAI_BASE_URL" in view.locked,
    )  # fmt: skip


def _model(t: Text, view: SetupView, kind: Provider) -> str:
    usual: dict[str, str] = {"embedded": EMBEDDED_MODEL, "openai": providers.OPENAI_DEFAULT_MODEL}
    first = usual.get(kind, "")
    return st.text_input(
        t("Base model"), view.model if view.kind == kind else "", placeholder=first or "qwen3-32b",
        key=f"su_model_{kind}", disabled="OPENAI_MODEL" in view.locked,
        help=t("Leave empty to use the provider’s default model. Fine-tuned models are chosen on "
"the Fine-tuning page."),
    )  # fmt: skip


def _tested(t: Text, found: Tested) -> None:
    count = t.n("It offers {count} model.", "It offers {count} models.", len(found.models))
    if found.knows_model:
        st.success(count, title=t("The provider is responding"), icon=":material/check_circle:")
        return
    st.warning(
        t("{models} The model {model} is not among them; choose another.", models=count, model=found.model),
        title=t("The provider is responding but does not offer this model"),
        icon=":material/warning:",
    )
