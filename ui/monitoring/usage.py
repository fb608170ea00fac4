"""Usage in figures, a chart by day, a table by model, and failures in words."""

from datetime import timedelta
from typing import NamedTuple

import streamlit as st

from services.db.types import now
from services.fine_tuning import registry
from services.monitoring import service
from services.monitoring.service import DayUsage, Usage
from ui import charts, errors, layout, tables
from ui.i18n import Text

PERIODS = (7, 30, 90)


class Filter(NamedTuple):
    """What the reader looks at."""

    days: int
    model: str | None


def choose(t: Text) -> Filter:
    """Period and model."""
    with layout.actions("filter"):
        days = st.segmented_control(
            t("Period"), PERIODS, default=30, required=True, key="mon_days",
            format_func=lambda n: t.n("{count} day", "{count} days", n),
        )  # fmt: skip
        names, labels = ["", *service.models_used(int(days or 30))], registry.labels()
        model = st.selectbox(
            t("Model"), names, key="mon_model", width=260,
            format_func=lambda name: labels.get(name, name) or t("All models"),
        )  # fmt: skip
    return Filter(int(days or 30), model or None)


def figures(t: Text, usage: Usage) -> None:
    """The strip: calls, tokens, money, time."""
    failed = t.n("{count} failed", "{count} failed", usage.failed)
    unpriced = t.n("{count} call at an unknown price", "{count} calls at an unknown price", usage.unpriced)
    p95 = t("95% within {time}", time=_time(t, usage.p95_ms))
    layout.figures_strip(
        [
            layout.Figure(t.number(usage.calls), t.n("model call", "model calls", usage.calls), failed),
            layout.Figure(t.number(usage.tokens), t.n("token", "tokens", usage.tokens)),
            layout.Figure(_money(t, usage), t("spent"), unpriced if usage.unpriced else ""),
            layout.Figure(_time(t, usage.median_ms), t("median response time"), p95),
        ],
        key="mon_figures",
    )


def chart(t: Text, rows: list[DayUsage], days: int) -> None:
    """Bars by day and model; what they show is the reader's choice."""
    measures = {
        "calls": t("Calls"),
        "tokens": t("Tokens"),
        "money": t("Spending"),
        "time": t("Response time"),
    }
    measure = st.segmented_control(
        t("Show"), list(measures), default="calls", required=True, key="mon_measure",
        format_func=lambda code: measures[code], label_visibility="collapsed",
    )  # fmt: skip
    today = now().astimezone(service.KYIV).date()
    span = [today - timedelta(days=n) for n in reversed(range(days))]
    names, labels = sorted({row.model for row in rows}), registry.labels()
    found = {(row.day, row.model): _value(row.usage, str(measure)) for row in rows}
    series = {labels.get(name, name): [found.get((day, name), 0.0) for day in span] for name in names}
    titles = {
        "calls": t("Model calls by day"),
        "tokens": t("Tokens by day"),
        "money": t("Spending by day, $"),
        "time": t("Median response time by day, s"),
    }
    charts.bars_by_day(t, titles[str(measure)], span, series, key="mon_chart", adds_up=measure != "time")


def by_model(t: Text, rows: list[tuple[str, Usage]]) -> None:
    """The table by model."""
    columns = [
        tables.Column(t("Model")),
        _right(t("Calls")),
        _right(t("Errors")),
        _right(t("Repeated after an interruption"), secondary=True),
        _right(t("Tokens")),
        _right(t("Spent")),
        _right(t("Median time"), secondary=True),
        _right(t("95% within"), secondary=True),
    ]
    labels = registry.labels()
    cells = [
        tables.Row(
            name,
            [
                tables.strong(labels.get(name, name)),
                t.number(usage.calls), t.number(usage.failed), t.number(usage.repeated),
                t.number(usage.tokens), _money(t, usage), _time(t, usage.median_ms), _time(t, usage.p95_ms),
            ],
        )
        for name, usage in rows
    ]  # fmt: skip
    tables.simple_table(t, "mon_models", columns, cells, label=t("Usage by model"))


def _right(label: str, *, secondary: bool = False) -> tables.Column:
    return tables.Column(label, align="right", secondary=secondary, shrink=True)


def failures(t: Text, filter_: Filter) -> None:
    """Failed calls, in words."""
    labels = registry.labels()
    rows = [
        tables.Row(
            f"{row.model}:{row.code}",
            [
                errors.explain_code(t, row.code).title,
                labels.get(row.model, row.model),
                t.number(row.count),
                t.datetime(row.last),
            ],
        )
        for row in service.errors(filter_.days, filter_.model)
    ]
    if not rows:
        layout.remark("good", t("No failed calls in this period."))
        return
    columns = [
        tables.Column(t("What happened")),
        tables.Column(t("Model")),
        tables.Column(t("Count"), align="right", shrink=True),
        tables.Column(t("Last seen"), align="right", shrink=True),
    ]
    tables.simple_table(t, "mon_errors", columns, rows, label=t("Failed calls"))


def _value(usage: Usage, measure: str) -> float:
    return {
        "calls": float(usage.calls),
        "tokens": float(usage.tokens),
        "money": usage.cost_micro / 1_000_000,
        "time": (usage.median_ms or 0) / 1000,
    }[measure]


def _money(t: Text, usage: Usage) -> str:
    return t.money(usage.cost_micro / 1_000_000)


def _time(t: Text, milliseconds: int | None) -> str:
    return t.duration(None if milliseconds is None else milliseconds / 1000)
