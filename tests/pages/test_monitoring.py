"""Monitoring: nothing yet, then every call counted and every failure in words."""

import pytest

from services.db import SessionLocal
from services.db.models import ModelCall
from tests.pages.drawn import draw, healthy, text


@pytest.fixture
def calls(database: str) -> None:
    with SessionLocal.begin() as session:
        for _ in range(21):
            session.add(
                ModelCall(
                    purpose="extraction", model="norma-base-1", state="done", prompt_tokens=1000,
                    completion_tokens=111, cost_micro=0, latency_ms=40,
                )
            )  # fmt: skip
        session.add(
            ModelCall(purpose="test", model="gpt-4.1-mini", state="failed", error_code="key_rejected")
        )


@pytest.mark.parametrize(
    ("lang", "said"), [("uk", "Жодної моделі ще не викликали."), ("en", "No model calls yet")]
)
def test_nothing_called_yet(database: str, lang: str, said: str) -> None:
    assert said in text(draw("monitoring", lang))


@pytest.mark.parametrize(
    ("lang", "said"),
    [("uk", ["22 виклики моделей", "23 331", "0,00 $"]), ("en", ["22 model calls", "23,331", "$0.00"])],
)
def test_calls_tokens_and_money(calls: None, lang: str, said: list[str]) -> None:
    app = draw("monitoring", lang)
    healthy(app)
    shown = text(app)
    for words in said:
        assert words in shown
