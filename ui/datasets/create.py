"""The card that freezes a new version: sensible choices made already, open to be changed."""

from dataclasses import dataclass

import streamlit as st

from services.datasets import service as datasets
from services.datasets.split import RATIOS
from services.db.types import now
from ui import errors, layout
from ui.datasets import preview
from ui.i18n import Text

_NAME, _LIMIT, _SEED = "ds_name", "ds_limit", "ds_seed"
_SHARES = ("ds_train", "ds_validation", "ds_test")


@dataclass(frozen=True)
class Choices:
    """What to freeze."""

    name: str
    limit: int | None
    seed: int
    ratios: tuple[int, int, int]


def choices(t: Text) -> Choices:
    """What the reader has chosen so far; defaults where nothing was touched."""
    state = st.session_state
    shares = tuple(int(state.get(key, share)) for key, share in zip(_SHARES, RATIOS, strict=True))
    return Choices(
        name=(state.get(_NAME) or default_name(t)).strip() or default_name(t),
        limit=state.get(_LIMIT),
        seed=int(state.get(_SEED, datasets.SEED)),
        ratios=(shares[0], shares[1], shares[2]),
    )


def default_name(t: Text) -> str:
    """A name that says when: «Акти 2026»."""
    return t("Acts {year}", year=str(now().year))


def draw(t: Text) -> None:
    """The choices, folded away: freezing needs none of them."""
    with st.expander(t("New version options"), icon=":material/tune:"):
        with layout.actions("ds_options"):
            st.text_input(t("Name"), value=default_name(t), key=_NAME, max_chars=120, width=260)
            st.number_input(
                t("Maximum number of passages"),
                min_value=1,
                value=None,
                placeholder=t("all"),
                key=_LIMIT,
                width=200,
            )
            st.number_input(t("Split seed"), min_value=0, value=datasets.SEED, key=_SEED, width=160)
        with layout.actions("ds_shares"):
            words = (t("Training, %"), t("Validation, %"), t("Test, %"))
            for key, word, share in zip(_SHARES, words, RATIOS, strict=True):
                st.number_input(word, min_value=0, max_value=100, value=share, key=key, width=160)
        layout.note(
            t(
                "Each act goes into one set as a whole. The same seed gives the same split; "
                "adding acts moves hardly any existing ones."
            )
        )
        with errors.guard(t):
            wanted = choices(t)
            preview.draw(t, wanted.limit, wanted.seed, wanted.ratios)
