"""Datasets: freeze what people confirmed, see what is in it, take it along."""

import streamlit as st

from services.datasets import service as datasets
from ui import errors, layout
from ui.datasets import create, deleted, freezing, version
from ui.shell import enter

t = enter()

elements, confirmed_acts = datasets.confirmed()
pressed = layout.page_header(
    t,
    t("Datasets"),
    t("A frozen version of your confirmed elements: a model learns from one part and is tested on another."),
    primary=layout.Button(t("Freeze version"), "freeze", icon="lock", disabled=not elements),
)
if pressed.primary:
    with errors.guard(t):
        freezing.start(create.choices(t))
with errors.guard(t):
    freezing.progress(t)

versions = {dataset.id: dataset for dataset in datasets.list_versions()}

with errors.guard(t):
    if elements:
        count = t.n("{count} confirmed element", "{count} confirmed elements", elements)
        layout.meta_line([count, t.n("{count} act", "{count} acts", confirmed_acts)])
        create.draw(t)
    deleted.last(t)

    if not versions:
        layout.empty_state(
            t,
            t("No datasets yet"),
            t(
                "Freeze a version of your confirmed elements. One click is enough; everything "
                "else is already chosen."
            )
            if elements
            else t("Confirm elements in at least three acts to build the first one here."),
            None if elements else layout.Button(t("Open Review"), "go_review", page="pages/review.py"),
        )
    else:
        asked = st.query_params.get("dataset", "")
        first = int(asked) if asked.isdigit() and int(asked) in versions else next(iter(versions))
        if st.session_state.get("ds_version") not in versions:
            st.session_state["ds_version"] = first
        with layout.actions("ds_choice"):
            chosen = st.selectbox(
                t("Version"),
                list(versions),
                format_func=lambda key: version.title(t, versions[key]),
                key="ds_version",
                on_change=version.keep_in_address,
                width=340,
            )
            layout.press(
                layout.Button(
                    t("Delete"), "ds_delete", icon="delete", on_click=deleted.delete, args=(chosen,)
                ),
                kind="tertiary",
            )
        dataset = versions[chosen]
        version.figures(t, dataset)
        main, aside = layout.regions("ds_regions", aside=400)
        with main:
            version.checks(t, dataset)
        with aside:
            version.prices(t, dataset)
        layout.section(t("Rows"), t("What a model reads and the answer it learns to give."))
        version.rows(t, dataset)
        version.downloads(t, dataset)
        types_tab, acts_tab = st.tabs([t("Elements by type"), t("Acts")], on_change="rerun")
        with types_tab:
            version.types(t, dataset)
        with acts_tab:
            # Counted in every row of the version, so only for who looks at them.
            if acts_tab.open:
                version.acts(t, dataset)
        layout.next_step(
            t,
            t("Fine-tune a model on this version."),
            layout.Button(
                t("Open Fine-tuning"),
                "to_tuning",
                page="pages/fine_tuning.py",
                query={"dataset": str(chosen)},
            ),
        )
    deleted.listed(t)
