"""Keys: shown masked, typed anew, never sent back to the browser."""

from collections.abc import Collection

import streamlit as st

from services.config import env_file
from services.setup.service import Secret
from ui import layout
from ui.fields import field_name
from ui.i18n import Text
from ui.markup import md

_SAVED, _ROUND = "su_saved", "su_round"


def field(t: Text, label: str, secret: Secret, key: str, *, locked: bool) -> str:
    """A password field that is always empty; its placeholder says whether a key is stored.

    What is typed is sent along while it is typed: Streamlit gives it over when the field is left, but leaving
    it by Tab leads to the field's own eye button, and the key was lost.
    """
    stored = t("saved, ends in {tail}", tail=secret.tail) if secret.tail else t("saved")
    return st.text_input(
        label,
        "",
        type="password",
        key=f"{key}_{st.session_state.setdefault(_ROUND, 0)}",
        autocomplete="off",
        disabled=locked,
        placeholder=stored if secret.is_set else t("not set"),
        help=t("Leave empty to keep the saved key. Changing the address removes it."),
        on_change="ignore",
        live="0ms",
    )


def locked_note(t: Text, fields: Collection[str]) -> None:
    """Say which fields the environment decides."""
    if fields:
        names = ", ".join(field_name(t, name) for name in sorted(fields))
        layout.remark("info", t("Set by environment variables and locked here: {names}.", names=names))


def saved(t: Text, words: str = "") -> None:
    """Note that something was saved, and draw the page anew with fresh, empty fields for keys.

    `words` say so where it was not the settings.
    """
    st.session_state[_SAVED] = words or t(
        "Saved to {path}. Work already running keeps its previous settings.", path=env_file().name
    )
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


def announce() -> None:
    """What the last press saved."""
    words = st.session_state.pop(_SAVED, None)
    if words:
        st.success(md(words), icon=":material/check_circle:")
