"""Choosing the dataset and the two models; the newest fine-tuned one is compared with the base model."""

from dataclasses import dataclass

import streamlit as st

from services.datasets import service as datasets
from services.datasets.views import DatasetView
from services.fine_tuning import registry
from services.fine_tuning.views import ModelView
from ui import layout
from ui.datasets.version import title
from ui.i18n import Text

_DATASET, _FIRST, _SECOND = "ev_dataset", "ev_first", "ev_second"


@dataclass(frozen=True)
class Chosen:
    """What would be measured; `dataset` is None while there is none, a model's name may be empty."""

    dataset: DatasetView | None
    first: str
    second: str
    datasets: dict[int, DatasetView]
    models: dict[str, ModelView]

    @property
    def names(self) -> list[str]:
        """The models in order, each once."""
        return list(dict.fromkeys(name for name in (self.first, self.second) if name))


def current() -> Chosen:
    """The choices as they stand, before they are drawn: the header's button needs them."""
    state = st.session_state
    tested = {d.id: d for d in datasets.list_versions() if d.splits["test"].passages}
    models = {model.name: model for model in registry.models()}
    newest = registry.newest_tuned()
    asked = st.query_params.get("dataset", "")
    learned = newest.dataset_id if newest else None
    if state.get(_DATASET) not in tested and tested:
        wanted = int(asked) if asked.isdigit() else learned
        state[_DATASET] = wanted if wanted in tested else next(iter(tested))
    if state.get(_FIRST) not in models:
        state[_FIRST] = registry.base().name or next(iter(models), "")
    if state.get(_SECOND) not in models:
        state[_SECOND] = newest.name if newest else state[_FIRST]
    return Chosen(tested.get(state.get(_DATASET, 0)), state[_FIRST], state[_SECOND], tested, models)


def draw(t: Text, chosen: Chosen) -> None:
    """Three fields."""
    with layout.actions("ev_choose"):
        st.selectbox(
            t("Dataset"),
            list(chosen.datasets),
            format_func=lambda key: title(t, chosen.datasets[key]),
            key=_DATASET,
            on_change=_keep,
            width=290,
        )
        for label, key in ((t("First model"), _FIRST), (t("Second model"), _SECOND)):
            st.selectbox(
                label,
                list(chosen.models),
                format_func=lambda name: model_name(t, chosen.models[name]),
                key=key,
                width=270,
            )


def _keep() -> None:
    """The page's address names the dataset, so that it is still chosen after a reload."""
    st.query_params["dataset"] = str(st.session_state[_DATASET])


def model_name(t: Text, model: ModelView) -> str:
    """A model in words."""
    if model.tuned:
        return t("{model}, fine-tuned", model=model.label)
    return t("{model}, base", model=model.label)
