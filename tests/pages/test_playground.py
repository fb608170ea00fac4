"""The comparison page: an honest empty state, a comparison that survives a reload, a blind choice."""

import pytest

from services.db import SessionLocal
from services.db.models import ModelVersion
from services.overview import service as overview
from tests.pages.drawn import draw, healthy, text
from tests.standins.model_service import Fault, ModelService

TEXT = "Особа має право на захист своїх персональних даних."


@pytest.fixture
def models(model: ModelService) -> ModelService:
    """A base model and one fine-tuned of it."""
    with SessionLocal.begin() as session:
        session.add(
            ModelVersion(
                name="ft:loop-1:x",
                label="Norma v1",
                kind="tuned",
                base_model="loop-1",
                provider_url=model.url,
            )
        )
    return model


@pytest.mark.parametrize(
    ("lang", "said"), [("uk", "Донавченої моделі ще немає"), ("en", "No fine-tuned model yet")]
)
def test_without_a_fine_tuned_model_the_page_says_how_to_get_one(database: str, lang: str, said: str) -> None:
    app = draw("playground", lang)
    healthy(app)
    assert said in text(app)


def test_both_answers_stand_side_by_side_and_survive_a_reload(models: ModelService) -> None:
    models.fault = lambda n: '{"elements": []}' if models.calls[n - 1]["model"] == "loop-1" else None
    app = draw("playground")
    app.segmented_control(key="pg_source").set_value("own").run()
    app.text_area(key="pg_text").set_value(TEXT)
    app.button(key="compare").click().run()
    healthy(app)
    shown = text(app)
    assert "0 елементів" in shown
    assert "1 елемент" in shown
    assert "Лише тут: Norma v1, донавчена" in shown
    again = draw("playground", c=app.query_params["c"][0])
    assert "Лише тут: Norma v1, донавчена" in text(again)
    assert len(models.calls) == 2
    assert overview.counts().comparisons == 1


def test_names_are_hidden_until_the_blind_choice(models: ModelService) -> None:
    app = draw("playground")
    app.segmented_control(key="pg_source").set_value("own").run()
    app.text_area(key="pg_text").set_value(TEXT)
    app.button(key="blind").click().run()
    assert "Модель А" in text(app)
    app.button(key="vote_equal").click().run()
    healthy(app)
    assert "Підсумок сліпих порівнянь" in text(app)


def test_where_one_model_failed_nothing_is_said_to_be_the_same(models: ModelService) -> None:
    models.fault = lambda n: Fault(401) if models.calls[n - 1]["model"] == "loop-1" else None
    app = draw("playground")
    app.segmented_control(key="pg_source").set_value("own").run()
    app.text_area(key="pg_text").set_value(TEXT)
    app.button(key="blind").click().run()
    healthy(app)
    shown = text(app)
    assert "Ключ відхилено" in shown
    assert "Norma v1, донавчена" in shown  # nothing is left to choose blindly
    assert "Обидві моделі знайшли ті самі елементи." not in shown
    assert "Знайшли обидві моделі" not in shown
    assert overview.counts().comparisons == 0


def test_an_empty_text_is_told_and_costs_nothing(models: ModelService) -> None:
    app = draw("playground")
    app.segmented_control(key="pg_source").set_value("own").run()
    app.button(key="compare").click().run()
    assert len(app.error) == 1
    assert models.calls == []
