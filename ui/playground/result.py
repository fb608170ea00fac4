"""A comparison drawn: figures, two panes, the table of differences."""

from typing import Literal

import streamlit as st

from services.playground.difference import Compared
from services.playground.service import ComparisonView, Side
from ui import attributes, elements, errors, layout, tables
from ui.i18n import Text
from ui.text_view import Span, text_view

SideName = Literal["base", "tuned", "blind"]


def draw(t: Text, view: ComparisonView, names: dict[str, str]) -> None:
    """Everything below the choices."""
    left, right = view.differences()
    hidden = view.answered and view.blind and view.vote is None
    titles = (t("Model A"), t("Model B")) if hidden else (_name(view.left, names), _name(view.right, names))
    if view.answered:
        _figures(t, left, right, titles)
    one, two = layout.halves("panes")
    with one:
        _pane(t, "left", view.text, view.left, left, titles[0], "blind" if hidden else "base")
    with two:
        _pane(t, "right", view.text, view.right, right, titles[1], "blind" if hidden else "tuned")
    if view.answered:
        _table(t, view, left, right, titles)


def _name(side: Side, names: dict[str, str]) -> str:
    return names.get(side.model, side.model)


def _figures(t: Text, left: list[Compared], right: list[Compared], titles: tuple[str, str]) -> None:
    def count(side: list[Compared], kind: str) -> str:
        return t.number(sum(one.kind == kind for one in side))

    layout.figures_strip(
        [
            layout.Figure(count(left, "same"), t("Found by both")),
            layout.Figure(count(left, "only"), t("Only here: {model}", model=titles[0])),
            layout.Figure(count(right, "only"), t("Only here: {model}", model=titles[1])),
            layout.Figure(count(left, "attributes"), t("Different attributes")),
        ],
        key="pg_figures",
    )


def _pane(
    t: Text, key: str, text: str, side: Side, found: list[Compared], title: str, colour: SideName
) -> None:
    with layout.card(f"pane_{key}", title, _facts(t, side)):
        if side.error_code:
            words = errors.explain_code(t, side.error_code, side.error_data)
            layout.remark("bad", words.title, f"{words.text} {words.next_step}".strip())
            return
        if side.outcome != "ok":
            layout.remark("warn", t("The model’s answer could not be read in full."))
        text_view(t, f"pg_{key}", text, _spans(found), mode="compare", side=colour, height=560, legend=False)


def _facts(t: Text, side: Side) -> str:
    if side.error_code:
        return t("no answer")
    tokens = side.prompt_tokens + side.completion_tokens
    parts = [
        t.n("{count} element", "{count} elements", len(side.elements)),
        t.duration(side.latency_ms / 1000),
        t.n("{count} token", "{count} tokens", tokens),
        t("price unknown") if side.cost_micro is None else _money(t, side.cost_micro),
    ]
    if side.reused:
        parts.append(t("saved answer"))
    return " · ".join(parts)


def _money(t: Text, micro: int) -> str:
    return t("free of charge") if micro == 0 else t.money(micro / 1_000_000)


def _spans(found: list[Compared]) -> list[Span]:
    return [
        Span(
            id=str(i), type=one.element.type, start=one.element.start, end=one.element.end,
            status="suggested", diff=one.kind,
        )
        for i, one in enumerate(found)
        if one.element.start is not None and one.element.end is not None
    ]  # fmt: skip


def _table(
    t: Text, view: ComparisonView, left: list[Compared], right: list[Compared], titles: tuple[str, str]
) -> None:
    words = {"different": t("Only differences"), "all": t("All elements")}
    shown = st.segmented_control(
        t("Rows"), list(words), format_func=lambda code: words[code], default="different", required=True,
        key="pg_rows", label_visibility="collapsed",
    )  # fmt: skip
    rows = _rows(t, view, left, right, titles, everything=shown == "all")
    if not rows:
        layout.remark("good", t("Both models found the same elements."))
        return
    columns = [tables.Column(t("Where"), shrink=True), tables.Column(t("Type"), shrink=True)]
    columns += [
        tables.Column(t("Quote")),
        tables.Column(t("Confirmed by a person"), secondary=True, shrink=True),
    ]
    tables.simple_table(
        t, "pg_table", columns, rows, label=t("Differences between the two models"), height=520
    )


def _rows(
    t: Text,
    view: ComparisonView,
    left: list[Compared],
    right: list[Compared],
    titles: tuple[str, str],
    *,
    everything: bool,
) -> list[tables.Row]:
    hidden = view.blind and view.vote is None
    pairs = [("left", one, titles[0], None if one.twin is None else right[one.twin]) for one in left]
    pairs += [("right", one, titles[1], None) for one in right if one.kind == "only"]
    wanted = [p for p in pairs if everything or p[1].kind != "same"]
    wanted.sort(key=lambda p: (p[1].element.start is None, p[1].element.start or 0, p[0]))
    return [
        tables.Row(
            f"{side}{i}",
            [
                _where(t, side, one, title, hidden),
                elements.type_label(t, one.element.type),
                _quote(t, one, twin),
                _confirmed(t, view, one),
            ],
            faded=one.kind == "same",
        )
        for i, (side, one, title, twin) in enumerate(wanted)
    ]


def _where(t: Text, side: str, one: Compared, title: str, hidden: bool) -> tables.Cell:
    if one.kind == "same":
        return tables.muted(t("found by both"))
    if one.kind == "attributes":
        return elements.Badge(t("different attributes"), "not_equal", "warn")
    tone: Literal["base", "tuned"] = "base" if side == "left" or hidden else "tuned"
    return elements.Badge(t("only {model}", model=title), "plus", tone)


def _quote(t: Text, one: Compared, twin: Compared | None) -> tables.Cell:
    if one.kind != "attributes" or twin is None:
        return tables.quote(one.element.quote)
    return tables.stack(one.element.quote, _other(t, one.element.attributes, twin.element.attributes))


def _other(t: Text, left: dict[str, object], right: dict[str, object]) -> str:
    parts = []
    for name in dict.fromkeys([*left, *right]):
        if left.get(name) != right.get(name):
            one, two = (attributes.attribute_value(t, name, side.get(name)) for side in (left, right))
            label = attributes.attribute_label(t, name)
            parts.append(t("{name}: “{left}” / “{right}”", name=label, left=one, right=two))
    return "; ".join(parts)


def _confirmed(t: Text, view: ComparisonView, one: Compared) -> tables.Cell:
    if not view.has_gold:
        return tables.muted(t("not reviewed"))
    place = (one.element.type, one.element.start, one.element.end)
    if place in view.confirmed:
        return elements.status_badge(t, "gold")
    return tables.muted(t("not confirmed"))
