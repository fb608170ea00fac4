"""Setup: what is typed is tested through the real client, stored safely, and never shown again."""

from collections.abc import Iterator

import pytest

from services.config import ConfigError, load, save
from services.llm import prices
from services.llm.errors import KeyRejectedError, ProviderDownError
from services.setup import service
from services.setup.service import AddressError
from tests.standins.http_server import LoopbackServer, Reply
from tests.standins.model_service import ModelService, serve


@pytest.fixture
def model() -> Iterator[ModelService]:
    with serve() as running:
        yield running


def test_a_provider_is_tested_before_it_is_stored(model: ModelService) -> None:
    found = service.test_provider("custom", model.url, "sk-typed", "loop-1")
    assert (found.models, found.knows_model) == (("loop-1",), True)
    assert not service.test_provider("custom", model.url, "", "інша").knows_model
    assert load().OPENAI_BASE_URL == ""


def test_an_address_where_nobody_answers_is_said_so() -> None:
    with pytest.raises(ProviderDownError):
        service.test_provider("custom", "http://127.0.0.1:9/v1", "", "")


@pytest.mark.parametrize(
    "answer", [Reply(b"<html>", content_type="text/html"), Reply({"models": []}), Reply({}, 404)]
)
def test_a_server_of_another_kind_is_told_apart_from_a_provider(answer: Reply) -> None:
    with LoopbackServer([lambda _request: answer]) as server, pytest.raises(AddressError):
        service.test_provider("custom", server.url, "sk-typed", "")


def test_a_key_in_cyrillic_letters_is_named_before_it_is_sent(model: ModelService) -> None:
    with pytest.raises(ConfigError) as raised:
        service.test_provider("custom", model.url, "sk-сплутано", "")
    assert raised.value.data == {"field": "OPENAI_API_KEY", "value": "***", "kind": "key"}


def test_openai_without_a_key_is_refused_without_asking() -> None:
    with pytest.raises(KeyRejectedError):
        service.test_provider("openai", "", "", "")


def test_a_stored_key_is_not_sent_to_another_address(model: ModelService) -> None:
    save({"OPENAI_BASE_URL": "https://llm.example.ua/v1", "OPENAI_API_KEY": "sk-stored-secret"})
    with serve() as other:
        service.test_provider("custom", other.url, "", "")
    service.save_provider("custom", model.url, "", "loop-1")
    assert load().OPENAI_API_KEY == ""


def test_saving_without_typing_a_key_keeps_it(model: ModelService) -> None:
    service.save_provider("custom", model.url, "sk-first-1234567", "loop-1")
    service.save_provider("custom", model.url, "", "loop-2")
    assert (load().OPENAI_API_KEY, load().OPENAI_MODEL) == ("sk-first-1234567", "loop-2")


def test_going_back_to_the_engine_forgets_key_and_address(model: ModelService) -> None:
    service.save_provider("custom", model.url, "sk-1", "loop-1")
    service.save_provider("embedded", "", "", "")
    assert load().provider == "embedded"


def test_a_shown_setting_is_masked(model: ModelService) -> None:
    service.save_provider("custom", model.url, "sk-very-secret-9876", "")
    view = service.view()
    assert (view.key.is_set, view.key.tail) == (True, "9876")
    assert "sk-very" not in repr(view)


def test_an_address_that_is_none_is_refused() -> None:
    for url in ("", "llm.example.ua", "ftp://x"):
        with pytest.raises(ConfigError):
            service.save_provider("custom", url, "", "")


def test_a_locked_field_may_be_sent_back_unchanged(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANDB_PROJECT", "закріплено")
    service.save_tracking(enabled=False, texts=False, key="", project="закріплено", entity="", url="")
    assert (load().WANDB_ENABLED, load().WANDB_TEXTS) == (False, False)


def test_own_prices_beat_the_published_ones_until_forgotten(database: str) -> None:
    published = prices.price("gpt-4o-mini-2024-07-18")
    service.override_price("gpt-4o-mini-2024-07-18", {"input": 9.0})
    own = prices.price("gpt-4o-mini-2024-07-18")
    assert own is not None
    assert published is not None
    assert (own.input, own.output) == (9.0, published.output)
    assert prices.cost_micro("gpt-4o-mini-2024-07-18", 1_000, 0) == 9_000
    service.override_price("gpt-4o-mini-2024-07-18", None)
    assert prices.price("gpt-4o-mini-2024-07-18") == published
