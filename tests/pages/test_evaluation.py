"""The page of evaluation: a verdict in careful words, figures by type, and a way on."""

import pytest
import sqlalchemy as sa

from services.datasets import service as datasets
from services.db import SessionLocal
from services.db.models import Job
from services.evaluation import service as evaluation
from services.evaluation.statistics import Interval
from services.evaluation.views import VerdictView
from services.jobs.running import run_job
from tests.pages.drawn import draw, healthy, text
from tests.standins import model_service
from ui.evaluation.result import verdict_words
from ui.i18n import Text


@pytest.fixture
def model(samples: int, loopback: model_service.ModelService) -> model_service.ModelService:
    """The sample pack's dataset and a loopback model."""
    return loopback


@pytest.mark.parametrize(("lang", "said"), [("uk", "Тестових актів ще немає"), ("en", "No test acts yet")])
def test_without_test_acts_the_page_leads_to_datasets(database: str, lang: str, said: str) -> None:
    assert said in text(draw("evaluation", lang))


def test_one_press_measures_and_the_figures_stay(model: model_service.ModelService) -> None:
    app = draw("evaluation")
    assert "ще не оцінювали" in text(app)
    app.button(key="evaluate").click().run()
    healthy(app)
    assert app.button(key="evaluate").disabled
    found = evaluation.latest()
    assert found is not None
    run_job(found.job_id)
    shown = text(draw("evaluation"))
    acts = datasets.list_versions()[0].splits["test"].acts
    assert "F1 базової моделі loop-1" in shown
    assert f"{acts} тестових актів" in shown


def test_a_stopped_evaluation_says_that_it_can_go_on(model: model_service.ModelService) -> None:
    started = evaluation.start(datasets.list_versions()[0].id, ["loop-1"])
    evaluation.cancel(started.id)
    assert "щоб продовжити з того самого місця" in text(draw("evaluation"))


def test_one_that_gets_no_answers_says_what_it_waits_for(model: model_service.ModelService) -> None:
    started = evaluation.start(datasets.list_versions()[0].id, ["loop-1"])
    waiting = {"waiting": {"code": "rate_limited", "data": {}}}
    with SessionLocal.begin() as session:
        session.execute(sa.update(Job).values(status="running", total=9, result=waiting))
    assert "Забагато запитів. Norma повторює спроби; нічого не втрачено." in text(draw("evaluation"))
    evaluation.cancel(started.id)


def test_a_failed_one_says_why(model: model_service.ModelService) -> None:
    model.fault = lambda _n: model_service.Fault(401, "invalid_api_key")
    run_job(evaluation.start(datasets.list_versions()[0].id, ["loop-1"]).job_id)
    app = draw("evaluation", "en")
    assert len(app.error) == 1
    assert "Setup" in app.error[0].value


def _verdict(code: str, second: float, low: float, high: float, more: int | None = None) -> VerdictView:
    return VerdictView(code, "a", "b", 0.69, second, second - 0.69, Interval(low, high), 9, more)


@pytest.mark.parametrize(
    ("found", "tuned", "kind", "said"),
    [
        (
            _verdict("better", 0.81, 0.05, 0.2),
            True,
            "good",
            "Донавчена модель точніша за базову: F1 0,81 проти 0,69; різниця не випадкова",
        ),
        (
            _verdict("worse", 0.55, -0.2, -0.1),
            False,
            "bad",
            "менш точна: F1 0,55 проти 0,69; різниця не випадкова",
        ),
        (
            _verdict("not_proven", 0.71, -0.1, 0.2, 22),
            False,
            "warn",
            "не доведено: F1 0,71 проти 0,69; потрібно ще близько 22",
        ),
        (_verdict("not_proven", 0.70, -0.1, 0.1, 1635), False, "warn", "різниця дуже мала"),
        (_verdict("not_proven", 0.69, 0.0, 0.0), False, "warn", "однаково точні"),
        (
            _verdict("too_few_acts", 0.81, 0.0, 0.3, 3),
            False,
            "warn",
            "На 9 тестових актах перевагу довести неможливо",
        ),
    ],
)
def test_verdicts_are_careful(found: VerdictView, tuned: bool, kind: str, said: str) -> None:
    drawn_kind, sentence, second = verdict_words(Text("uk"), found, tuned)
    assert (drawn_kind, said in sentence) == (kind, True)
    assert "95 %" in second.replace("\xa0", " ")
