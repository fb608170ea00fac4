"""One frozen version: figures, checks, prices, types, acts, rows, files."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from services.datasets import service as datasets
from services.datasets.split import SPLITS as ORDER
from services.datasets.views import DatasetView, RowView
from ui import layout, tables
from ui.attributes import summary
from ui.datasets.checks import SPLITS, remarks
from ui.elements import TYPES, type_label
from ui.i18n import Text
from ui.tables import Column, Row

_ROWS_A_PAGE = 5


def title(t: Text, dataset: DatasetView) -> str:
    """Name and number: «Акти 2026, версія 2»."""
    return t("{name}, version {number}", name=dataset.name, number=str(dataset.number))


def keep_in_address() -> None:
    """The page's address names the version, so that it is still chosen after a reload."""
    st.query_params["dataset"] = str(st.session_state["ds_version"])


def figures(t: Text, dataset: DatasetView) -> None:
    """How much stands in each split."""
    shown = []
    for name in ORDER:
        counts = dataset.splits[name]
        acts = t.n("{count} act", "{count} acts", counts.acts)
        shown.append(layout.Figure(t.number(counts.passages), _split_label(t, name, counts.passages), acts))
    elements = sum(counts.elements for counts in dataset.splits.values())
    tokens = dataset.splits["train"].tokens
    exact = t("exact count") if dataset.exact_tokens else t("estimate")
    shown.append(layout.Figure(t.number(elements), t.n("confirmed element", "confirmed elements", elements)))
    shown.append(layout.Figure(t.number(tokens), t.n("training token", "training tokens", tokens), exact))
    layout.figures_strip(shown, key="dataset")


def _split_label(t: Text, name: str, count: int) -> str:
    words = {
        "train": t.n("training passage", "training passages", count),
        "validation": t.n("validation passage", "validation passages", count),
        "test": t.n("test passage", "test passages", count),
    }
    return words[name]


def checks(t: Text, dataset: DatasetView) -> None:
    """The findings of every check."""
    good = sum(check.level == "pass" for check in dataset.checks)
    summary = t("{passed} of {total} checks pass", passed=good, total=len(dataset.checks))
    with layout.card("ds_checks", t("Checks"), summary):
        layout.readiness_list(remarks(t, dataset.checks))


def prices(t: Text, dataset: DatasetView) -> None:
    """What training on this version costs at each model."""
    offers = datasets.prices(dataset.id)
    with layout.card("ds_prices", t("Training price"), _price_note(t, dataset)):
        rows = [
            Row(
                offer.model,
                [
                    tables.stack(offer.model, _offer_note(t, offer.embedded, offer.shutdown)),
                    t("free") if offer.embedded else t.money(offer.training_usd),
                ],
            )
            for offer in offers
        ]
        columns = [Column(t("Model")), Column(t("Price"), align="right", shrink=True)]
        tables.simple_table(t, "ds_price_table", columns, rows, label=t("Training price by model"))
        embedded = next((offer.model for offer in offers if offer.embedded), None)
        if embedded:
            layout.note(
                t(
                    "{model}: rules and a statistical model on this computer, not a large language model.",
                    model=embedded,
                )
            )
        paid = next((offer for offer in offers if not offer.embedded), None)
        if paid is not None:
            layout.note(t("Providers’ prices as of {date}.", date=t.date(paid.as_of)))


def _price_note(t: Text, dataset: DatasetView) -> str:
    offers = datasets.prices(dataset.id)
    passes = offers[0].epochs if offers else 0
    tokens = t.n("{count} token", "{count} tokens", dataset.splits["train"].tokens)
    return t.n("{tokens}, {count} training pass", "{tokens}, {count} training passes", passes, tokens=tokens)


def _offer_note(t: Text, embedded: bool, shutdown: object) -> str:
    if embedded:
        return t("on this computer")
    return t("shuts down on {date}", date=t.date(shutdown)) if shutdown else ""  # type: ignore[arg-type]


def types(t: Text, dataset: DatasetView) -> None:
    """Elements of each type by split."""
    columns = [Column(t("Type")), *(Column(t(SPLITS[name]), align="right", shrink=True) for name in ORDER)]
    rows = [
        Row(code, [type_label(t, code), *(t.number(dataset.types.get(n, {}).get(code, 0)) for n in ORDER)])
        for code in TYPES
    ]
    tables.simple_table(t, "ds_types", columns, rows, label=t("Elements by type and set"))


def acts(t: Text, dataset: DatasetView) -> None:
    """Which act stands on which side."""
    columns = [
        Column(t("Act")),
        Column(t("Set"), shrink=True),
        Column(t("Passages"), align="right", shrink=True),
        Column(t("Elements"), align="right", shrink=True, secondary=True),
    ]
    rows = [
        Row(
            str(i),
            [s.act_label or t("From a file"), t(SPLITS[s.split]), t.number(s.passages), t.number(s.elements)],
        )
        for i, s in enumerate(datasets.acts(dataset.id))
    ]
    tables.simple_table(t, "ds_acts", columns, rows, label=t("Acts in the dataset"), height=420)


def rows(t: Text, dataset: DatasetView) -> None:
    """Rows as a model is taught them, a few at a time."""
    filled = [name for name in ORDER if dataset.splits[name].passages]
    with layout.actions("ds_rows"):
        split = st.segmented_control(
            t("Set"),
            filled,
            default=filled[0],
            required=True,
            format_func=lambda name: t(SPLITS[name]),
            key="ds_split",
        )
    pages = -(-dataset.splits[split].passages // _ROWS_A_PAGE)
    page = int(st.session_state.get(f"ds_page_{split}", 1)) if pages > 1 else 1
    found = datasets.read_rows(dataset.id, split, min(page, pages), _ROWS_A_PAGE)
    for row in found.rows:
        _row(t, row)
    if pages > 1:
        st.pagination(pages, key=f"ds_page_{split}")


def _row(t: Text, row: RowView) -> None:
    place = f"{row.act_label} · {row.place}".strip(" ·")
    with st.expander(t("{number}. {place}", number=str(row.number), place=place)):
        left, right = layout.halves(f"ds_row_{row.number}")
        with left:
            layout.note(t("What the model reads"))
            st.text(row.text)
        with right:
            layout.note(t("The answer it learns"))
            _answer(t, row)


def _answer(t: Text, row: RowView) -> None:
    """The elements in words, and as they stand in the training file."""
    lines = [Row(str(i), [_element(t, one)]) for i, one in enumerate(row.elements)]
    if lines:
        columns = [Column(t("Element"))]
        tables.simple_table(t, f"ds_answer_{row.id}", columns, lines, label=t("The answer it learns"))
    else:
        layout.note(t("There are no elements in this passage."))
    with st.popover(t("As in the training file"), icon=":material/data_object:"):
        st.code(row.messages[-1]["content"], language="json", wrap_lines=True)


def _element(t: Text, found: Mapping[str, Any]) -> tables.Cell:
    fact = summary(t, found["type"], found["attributes"])
    return tables.element(t, tables.ElementRow("", found["type"], "", found["quote"], "gold", fact))


def downloads(t: Text, dataset: DatasetView) -> None:
    """Each split as a training file, built when it is asked for."""
    with layout.actions("ds_files"):
        for name in ORDER:
            if dataset.splits[name].passages:
                st.download_button(
                    t("{split} (.jsonl)", split=t(SPLITS[name])),
                    data=lambda name=name: datasets.jsonl(dataset.id, name),  # type: ignore[misc]
                    file_name=f"norma-{dataset.id}-{name}.jsonl",
                    mime="application/jsonl",
                    icon=":material/download:",
                    key=f"ds_get_{name}",
                )
