"""Setup: what is typed is stored, keys are not shown, locked fields say so."""

import pytest

from services.config import load, save
from services.llm import prices
from tests.pages.drawn import draw, healthy, text
from tests.standins.model_service import serve


@pytest.mark.parametrize(
    ("lang", "said"), [("uk", "Це не велика мовна модель."), ("en", "It is not a large language model.")]
)
def test_the_engine_is_named_honestly(database: str, lang: str, said: str) -> None:
    app = draw("setup", lang)
    healthy(app)
    assert said in text(app)


def test_a_provider_is_typed_tested_and_saved(database: str) -> None:
    with serve() as model:
        app = draw("setup")
        app.radio(key="su_kind").set_value("custom").run()
        app.text_input(key="su_url").set_value(model.url)
        app.text_input(key="su_key_0").set_value("sk-typed-1234567")
        app.text_input(key="su_model_custom").set_value("loop-1")
        app.button(key="su_test").click().run()
        assert [box.body for box in app.success] == ["Він пропонує 1 модель."]
        app.button(key="su_save").click().run()
        now = load()
        stored = (now.OPENAI_BASE_URL, now.OPENAI_MODEL, now.OPENAI_API_KEY)
        assert stored == (model.url, "loop-1", "sk-typed-1234567")
        assert "sk-typed" not in text(app)
        assert app.text_input(key="su_key_1").value == ""


def test_a_wrong_address_is_answered_in_words(database: str) -> None:
    app = draw("setup")
    app.radio(key="su_kind").set_value("custom").run()
    app.text_input(key="su_url").set_value("http://127.0.0.1:9/v1")
    app.button(key="su_test").click().run()
    assert len(app.error) == 1
    assert "127.0.0.1:9 ніхто не відповідає" in text(app)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Без адреси постачальника надсилати уривки нікуди."),
        ("llm.example.ua/v1", "«llm.example.ua/v1» не є повною вебадресою."),
    ],
)
def test_what_is_no_address_is_told_before_anything_is_sent(database: str, typed: str, said: str) -> None:
    app = draw("setup")
    app.radio(key="su_kind").set_value("custom").run()
    app.text_input(key="su_url").set_value(typed)
    for button in ("su_test", "su_save"):
        app.button(key=button).click().run()
        healthy(app)
        assert said in text(app)
    assert load().provider == "embedded"


def test_a_stored_key_shows_its_last_four_characters_only(database: str) -> None:
    save({"WANDB_API_KEY": "0123456789abcdef" * 2 + "zz42"})
    app = draw("setup")
    field = app.text_input(key="su_wandb_key_0")
    assert field.value == ""
    assert field.placeholder == "збережено, закінчується на zz42"


def test_what_the_environment_sets_is_locked(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANDB_PROJECT", "закріплено")
    app = draw("setup")
    assert app.text_input(key="su_WANDB_PROJECT").disabled
    assert "Задано змінними середовища, тому тут не змінюється: Проєкт." in text(app)


def test_a_read_only_env_file_is_told_and_nothing_changes(database: str, tmp_path: object) -> None:
    from services.config import env_file

    save({"WANDB_PROJECT": "a"})
    env_file().chmod(0o400)
    app = draw("setup")
    app.text_input(key="su_WANDB_PROJECT").set_value("b")
    app.button(key="su_save_wandb").click().run()
    assert len(app.error) == 1
    assert load().WANDB_PROJECT == "a"


def test_a_backup_is_made_with_one_press(database: str) -> None:
    app = draw("setup")
    app.button(key="su_backup_make").click().run()
    healthy(app)
    assert "Останню копію зроблено" in text(app)


def test_a_model_without_a_published_price_gets_one_and_its_training_stays_unknown(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_MODEL", "qwen3-32b")
    app = draw("setup")
    assert "Ціни моделі qwen3-32b не вказано" in text(app)
    app.number_input(key="su_price_qwen3-32b_input").set_value(0.5)
    app.number_input(key="su_price_qwen3-32b_output").set_value(2.0)
    app.button(key="su_price_save").click().run()
    healthy(app)
    assert "не вказано" not in text(app)
    assert [box.body.replace("\\", "") for box in app.success] == ["Ціну моделі qwen3-32b збережено."]
    price = prices.price("qwen3-32b")
    assert price is not None
    assert (price.input, price.cached, price.output, price.training) == (0.5, 0.5, 2.0, None)
    app.selectbox(key="su_price_model").set_value("qwen3-32b").run()
    app.button(key="su_price_forget").click().run()
    assert prices.price("qwen3-32b") is None
