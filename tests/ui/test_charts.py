"""Charts carry their facts in words too, in the reader's language."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ui.charts import PALETTE, smoothed


def charts(at: AppTest) -> list[dict[str, Any]]:
    assert not at.exception
    return [json.loads(element.proto.spec) for element in at.get("plotly_chart")]


def loss() -> None:
    from ui.charts import LossPoint, loss_chart
    from ui.i18n import Text

    points = [
        LossPoint(step, 2 - step / 2000, 2.1 - step / 2000 if step % 100 == 0 else None)
        for step in range(1, 2001)
    ]
    loss_chart(Text("uk"), points, best_step=1800)


def empty() -> None:
    from ui.charts import f1_by_type, loss_chart
    from ui.i18n import Text

    loss_chart(Text("uk"), [])
    f1_by_type(Text("uk"), [])


def days_and_types() -> None:
    from datetime import date

    from ui.charts import TypeScore, bars_by_day, f1_by_type
    from ui.i18n import Text

    t = Text("uk")
    bars_by_day(
        t, "Виклики", [date(2026, 11, 1), date(2026, 11, 2)], {"norma-base-1": [3, 4], "Norma v1": [1, 0]}
    )
    f1_by_type(t, [TypeScore("OBLIGATION", 0.41, 0.63), TypeScore("SANCTION", None, 0.5)])


def medians() -> None:
    from datetime import date

    from ui.charts import bars_by_day
    from ui.i18n import Text

    days = [date(2026, 11, 1), date(2026, 11, 2)]
    series = {"norma-base-1": [1.5, 2.0], "Norma v1": [0.0, 0.4]}
    bars_by_day(Text("uk"), "Медіанний час відповіді за днями, с", days, series, adds_up=False)


def test_medians_are_neither_stacked_nor_added_up() -> None:
    at = AppTest.from_function(medians, default_timeout=60).run()
    (figure,) = charts(at)
    assert figure["layout"]["barmode"] == "group"
    assert at.get("plotly_chart")[0].proto.alt == (
        "Медіанний час відповіді за днями, с, 01.11.2026–02.11.2026. "
        "norma-base-1: від 1,5 до 2; Norma v1: від 0,4 до 0,4."
    )


def test_the_loss_chart_thins_long_runs_and_keeps_their_end() -> None:
    at = AppTest.from_function(loss, default_timeout=60).run()
    (figure,) = charts(at)
    raw, trend, validation = figure["data"]
    assert len(trend["x"]) <= 801
    assert trend["x"][-1] == 2000
    assert (trend["name"], validation["name"]) == ("Навчальна вибірка", "Перевірочна вибірка")
    assert validation["line"]["dash"] == "dash", "the lines differ by more than colour"
    assert raw["opacity"] < 0.5
    assert figure["layout"]["separators"] == ",\u00a0"
    assert "найкращий крок 1\u00a0800" in at.get("plotly_chart")[0].proto.alt


def test_charts_without_data_say_so() -> None:
    at = AppTest.from_function(empty, default_timeout=60).run()
    assert len(charts(at)) == 2
    assert "даних ще немає" in at.get("plotly_chart")[0].proto.alt


def test_bars_and_scores_tell_their_figures() -> None:
    at = AppTest.from_function(days_and_types, default_timeout=60).run()
    bars, scores = charts(at)
    assert bars["data"][0]["x"] == ["01.11", "02.11"]
    assert "разом 8" in at.get("plotly_chart")[0].proto.alt
    alt = at.get("plotly_chart")[1].proto.alt
    assert "Обов’язок: базова 0,41, донавчена 0,63" in alt
    assert "Санкція: базова –" in alt
    assert {trace.get("name") for trace in scores["data"]} >= {"Базова модель", "Донавчена модель"}


def test_smoothing_starts_at_the_first_value_and_follows_a_constant() -> None:
    assert smoothed([2.0, 2.0, 2.0]) == pytest.approx([2.0, 2.0, 2.0])
    assert smoothed([4.0, 0.0])[0] == pytest.approx(4.0)
    assert 0 < smoothed([4.0, 0.0])[1] < 4


def test_there_are_enough_colours() -> None:
    assert len(set(PALETTE)) >= 10
