"""Versions that were put away: the last can be brought back at once, all at the end of the page."""

import streamlit as st

from services.datasets import service as datasets
from ui import layout
from ui.datasets import freezing
from ui.datasets.version import title
from ui.i18n import Text

_LAST = "ds_deleted"


def delete(dataset_id: int) -> None:
    """Put a version away."""
    datasets.delete(dataset_id)
    freezing.forget()
    st.session_state.pop("ds_version", None)
    st.session_state[_LAST] = dataset_id
    st.query_params.clear()


def restore(dataset_id: int) -> None:
    """Bring a version back and show it."""
    datasets.restore(dataset_id)
    st.session_state.pop(_LAST, None)
    st.session_state["ds_version"] = dataset_id


def last(t: Text) -> None:
    """What was deleted a moment ago, with the way back."""
    dataset_id = st.session_state.get(_LAST)
    if dataset_id is None:
        return
    with layout.actions("ds_gone", "center"):
        layout.note(t("Deleted: {name}", name=title(t, datasets.get(dataset_id))))
        _undo(t, dataset_id, "ds_restore")


def listed(t: Text) -> None:
    """All deleted versions, folded away."""
    gone = datasets.list_versions(deleted=True)
    if not gone:
        return
    with st.expander(t.n("{count} deleted version", "{count} deleted versions", len(gone))):
        for dataset in gone:
            with layout.actions(f"ds_gone_{dataset.id}", "center"):
                layout.note(title(t, dataset))
                _undo(t, dataset.id, f"ds_restore_{dataset.id}")


def _undo(t: Text, dataset_id: int, key: str) -> None:
    button = layout.Button(t("Restore"), key, icon="undo", on_click=restore, args=(dataset_id,))
    layout.press(button, kind="tertiary")
