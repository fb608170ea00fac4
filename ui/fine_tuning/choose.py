"""Choosing dataset and base model; both are chosen already."""

from dataclasses import dataclass

import streamlit as st

from services.datasets import service as datasets
from services.datasets.views import DatasetView
from services.fine_tuning import targets
from services.fine_tuning.service import FineTuningService
from ui import layout
from ui.datasets.version import title
from ui.i18n import Text

_DATASET, _MODEL, _MEASURE = "ft_dataset", "ft_model", "ft_measure"


@dataclass(frozen=True)
class Chosen:
    """What would be launched. `dataset` is None while there is none; `evaluate` None: where it is free."""

    dataset: DatasetView | None
    model: str
    evaluate: bool | None
    datasets: dict[int, DatasetView]
    models: list[str]


def current() -> Chosen:
    """The choices as they stand, before they are drawn: the header's button needs them."""
    versions = {dataset.id: dataset for dataset in datasets.list_versions()}
    models = FineTuningService().base_models()
    asked = st.query_params.get("dataset", "")
    if st.session_state.get(_DATASET) not in versions and versions:
        wanted = int(asked) if asked.isdigit() else 0
        st.session_state[_DATASET] = wanted if wanted in versions else next(iter(versions))
    if st.session_state.get(_MODEL) not in models:
        st.session_state[_MODEL] = models[0]
    model = st.session_state[_MODEL]
    return Chosen(
        dataset=versions.get(st.session_state.get(_DATASET, 0)),
        model=model,
        evaluate=None if targets.is_embedded(model) else bool(st.session_state.get(_MEASURE)),
        datasets=versions,
        models=models,
    )


def draw(t: Text, chosen: Chosen) -> None:
    """Two fields, and for a paid model whether it is measured at once."""
    with layout.actions("ft_choose"):
        st.selectbox(
            t("Dataset"),
            list(chosen.datasets),
            format_func=lambda key: title(t, chosen.datasets[key]),
            key=_DATASET,
            on_change=_keep,
            width=250,
        )
        st.selectbox(
            t("Base model"),
            chosen.models,
            format_func=lambda name: model_name(t, name),
            key=_MODEL,
            width=250,
        )
    if not targets.is_embedded(chosen.model):
        st.checkbox(
            t("Evaluate the new model on the test acts right away (included in the price)"), key=_MEASURE
        )


def _keep() -> None:
    """The page's address names the dataset, so that it is still chosen after a reload."""
    st.query_params["dataset"] = str(st.session_state[_DATASET])


def model_name(t: Text, name: str) -> str:
    """A base model in words: the embedded one is said to be so."""
    return t("{model} (embedded)", model=name) if targets.is_embedded(name) else name
