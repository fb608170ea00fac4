"""Monitoring: nothing yet, then every call counted and every failure in words."""

import pytest

from services.db import SessionLocal
from services.db.models import ModelCall
from services.tracking import store
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
    ("lang", "said"), [("uk", "Викликів моделей ще немає"), ("en", "No model calls yet")]
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


@pytest.mark.parametrize("page", ["monitoring", "setup"])
def test_what_cannot_be_sent_any_more_is_said_in_words(database: str, page: str) -> None:
    waits, gone = (store.add("wandb.run", {"run_id": name}) for name in ("ftjob-1", "ftjob-2"))
    store.give_up([gone], "run_records_lost")
    shown = text(draw(page))
    assert "1 подія очікує надсилання до W&B." in shown
    assert "1 подію не вдалося надіслати до W&B." in shown
    assert "на цьому комп’ютері вже немає, тож надсилати нічого" in shown
    store.mark_sent([waits])
    assert "очікує надсилання" not in text(draw(page))
