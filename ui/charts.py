"""Charts: Plotly figures whose colours read on both grounds, with a text alternative for each.

A theme switch does not rerun the script, so nothing here depends on the theme; text colour comes from
`ui/css/page.css` by the container's key.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import plotly.graph_objects as go
import streamlit as st

from ui.elements import type_label
from ui.i18n import EN_DASH, NBSP, Text

BLUE, ORANGE, GREY = "#3F7FD0", "#C4701A", "#858A94"
PALETTE = (BLUE, ORANGE, GREY, "#2F9261", "#A45FB0", "#A8820F", "#17958A", "#CF5570", "#6C7FB8", "#9A7B5F")
HEIGHT = 330
SMOOTHING = 0.85
MOST_POINTS = 800
# With fewer points an average lags far behind the curve it should explain.
SMOOTHED_FROM = 200


class LossPoint(NamedTuple):
    """Losses reported at a training step; None where that one was not reported."""

    step: int
    train: float | None
    validation: float | None = None


class TypeScore(NamedTuple):
    """F1 of one element type for both models, 0 to 1; None where it was not measured."""

    type: str
    base: float | None
    tuned: float | None


def loss_chart(t: Text, points: Sequence[LossPoint], best_step: int | None = None, key: str = "loss") -> None:
    """Training loss (raw thin, smoothed thick), validation dashed, a dotted line at the best step."""
    train = [(p.step, p.train) for p in points if p.train is not None]
    validation = [(p.step, p.validation) for p in points if p.validation is not None]
    figure = go.Figure()
    if train:
        steps, values = _thinned(train)
        figure.add_scatter(
            x=steps,
            y=values,
            mode="lines",
            line={"color": BLUE, "width": 1},
            opacity=0.4,
            showlegend=False,
            hoverinfo="skip",
        )
        shown = smoothed(values) if len(values) >= SMOOTHED_FROM else values
        figure.add_scatter(
            x=steps, y=shown, mode="lines", name=t("Training set"), line={"color": BLUE, "width": 2.4}
        )
    if validation:
        figure.add_scatter(
            x=[step for step, _ in validation],
            y=[value for _, value in validation],
            mode="lines+markers",
            name=t("Validation set"),
            line={"color": ORANGE, "width": 2, "dash": "dash"},
            marker={"symbol": "diamond", "size": 8, "color": ORANGE},
        )
    if best_step is not None:
        figure.add_vline(
            x=best_step,
            line={"color": GREY, "width": 1.5, "dash": "dot"},
            annotation={
                "text": t("best step {step}", step=best_step),
                "yanchor": "bottom",
                "font": {"size": 12},
            },
        )
    _layout(t, figure, x=t("Step"), y=t("Loss"))
    _draw(figure, key, _loss_alt(t, train, validation, best_step))


def _loss_alt(
    t: Text,
    train: Sequence[tuple[int, float]],
    validation: Sequence[tuple[int, float]],
    best_step: int | None,
) -> str:
    series = validation or train
    if not series:
        return t("Loss by step; nothing has been reported yet.")
    name = t("Validation set") if validation else t("Training set")
    return t(
        "Loss by step. {series}: from {first} at step {start} to {last} at step {end}; best step {best}.",
        series=name,
        first=t.number(series[0][1], 3),
        start=series[0][0],
        last=t.number(series[-1][1], 3),
        end=series[-1][0],
        best=EN_DASH if best_step is None else t.number(best_step),
    )


def smoothed(values: Sequence[float], weight: float = SMOOTHING) -> list[float]:
    """Exponential moving average with the start corrected (Kingma & Ba 2015, section 3)."""
    mean, out = 0.0, []
    for index, value in enumerate(values, start=1):
        mean = weight * mean + (1 - weight) * value
        out.append(mean / (1 - weight**index))
    return out


def _thinned(series: Sequence[tuple[int, float]]) -> tuple[list[int], list[float]]:
    every = max(1, -(-len(series) // MOST_POINTS))
    kept = [*series[::every], *([series[-1]] if (len(series) - 1) % every else [])]
    return [step for step, _ in kept], [value for _, value in kept]


def bars_by_day(
    t: Text,
    title: str,
    days: Sequence[date],
    series: Mapping[str, Sequence[float]],
    key: str = "days",
    *,
    adds_up: bool = True,
) -> None:
    """Bars, one colour a series; `series` maps a name (a model) to its figure for each day.

    Figures that add up are stacked; others, such as medians, stand side by side.
    """
    figure = go.Figure()
    labels = [t.day(day) for day in days]
    for index, (name, values) in enumerate(series.items()):
        figure.add_bar(x=labels, y=list(values), name=name, marker_color=PALETTE[index % len(PALETTE)])
    _layout(t, figure, x="", y=title)
    figure.update_layout(barmode="stack" if adds_up else "group", bargap=0.35, legend_traceorder="normal")
    figure.update_xaxes(type="category", nticks=10, tickangle=0)
    span = f"{t.date(days[0])}{EN_DASH}{t.date(days[-1])}" if days else EN_DASH
    total = round(sum(sum(values) for values in series.values()), 4)
    said = (
        t("{title}, {days}: {total} in total.", title=title, days=span, total=total)
        if adds_up
        else t("{title}, {days}. {facts}.", title=title, days=span, facts=_extremes(t, series) or EN_DASH)
    )
    _draw(figure, key, said)


def _extremes(t: Text, series: Mapping[str, Sequence[float]]) -> str:
    """The least and the greatest figure of each series, over the days that have one."""
    found = {name: [value for value in values if value] for name, values in series.items()}
    return "; ".join(
        t("{name}: from {low} to {high}", name=name, low=round(min(values), 4), high=round(max(values), 4))
        for name, values in found.items()
        if values
    )


def f1_by_type(
    t: Text, scores: Sequence[TypeScore], key: str = "f1", models: tuple[str, str] | None = None
) -> None:
    """Base and fine-tuned F1 for each type, side by side: dots on a line, base grey and tuned blue.

    `models` are their names, where they are not a base model and one fine-tuned from it.
    """
    first, second = models or (t("Base model"), t("Fine-tuned model"))
    shown = list(reversed(scores))
    names = [type_label(t, score.type) for score in shown]
    figure = go.Figure()
    for score, name in zip(shown, names, strict=True):
        if score.base is not None and score.tuned is not None:
            figure.add_scatter(
                x=[score.base, score.tuned],
                y=[name, name],
                mode="lines",
                line={"color": GREY, "width": 2},
                opacity=0.5,
                showlegend=False,
                hoverinfo="skip",
            )
    for label, values, colour, symbol in (
        (first, [score.base for score in shown], GREY, "circle-open"),
        (second, [score.tuned for score in shown], BLUE, "circle"),
    ):
        figure.add_scatter(
            x=values,
            y=names,
            mode="markers",
            name=label,
            marker={"color": colour, "size": 11, "symbol": symbol, "line": {"width": 2, "color": colour}},
            hovertemplate="%{y}: %{x:.2f}<extra>" + label + "</extra>",
        )
    _layout(t, figure, x="F1", y="", height=90 + 30 * max(1, len(shown)))
    figure.update_layout(hovermode="closest")
    figure.update_xaxes(range=[-0.02, 1.02], showgrid=True, tickformat=".1f")
    figure.update_yaxes(showgrid=False, ticks="")
    facts = "; ".join(
        t(
            "{type}: base {base}, fine-tuned {tuned}",
            type=type_label(t, score.type),
            base=t.score(score.base),
            tuned=t.score(score.tuned),
        )
        for score in scores
    )
    _draw(figure, key, t("F1 by element type. {facts}.", facts=facts))


def _layout(t: Text, figure: go.Figure, *, x: str, y: str, height: int = HEIGHT) -> None:
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 12, "t": 34, "b": 8},
        separators=f",{NBSP}" if t.lang == "uk" else ".,",
        hovermode="x unified",
        font={"family": "Norma Sans, system-ui, sans-serif", "size": 13},
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "title": None,
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
    common: dict[str, Any] = {"zeroline": False, "automargin": True, "ticks": "outside", "ticklen": 4}
    figure.update_xaxes(title=x or None, showgrid=False, **common)
    figure.update_yaxes(title=y or None, showgrid=True, **common)


def _draw(figure: go.Figure, key: str, alt: str) -> None:
    with st.container(key=f"nm_chart_{key}"):
        st.plotly_chart(
            figure,
            width="stretch",
            theme="streamlit",
            key=f"nm_plot_{key}",
            alt=alt,
            config={"displayModeBar": False, "scrollZoom": False},
        )
