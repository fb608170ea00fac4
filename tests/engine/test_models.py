"""`/health` and `/v1/models` as the official client sees them."""

import urllib.request

import openai
import pytest
from openai import OpenAI
from openai.types.fine_tuning import FineTuningJob

from tests.engine.server import BASE, EngineServer, conversation

pytestmark = pytest.mark.xdist_group("engine")  # one engine and one trained model for all


def test_address_file_leads_to_a_living_engine(server: EngineServer) -> None:
    address = server.address
    assert address["pid"] == server.process.pid
    assert address["base_url"] == f"http://127.0.0.1:{address['port']}/v1"
    with urllib.request.urlopen(f"http://127.0.0.1:{address['port']}/health") as reply:
        assert reply.status == 200
        assert b'"status":"ok"' in reply.read()


def test_the_base_model_is_listed_and_never_shut_down(client: OpenAI) -> None:
    model = client.models.retrieve(BASE)
    assert client.models.list().data[0] == model
    assert (model.owned_by, model.shutdown_date) == ("norma", None)


def test_a_fine_tuned_model_is_listed_under_its_full_name(client: OpenAI, tuned: FineTuningJob) -> None:
    assert tuned.fine_tuned_model == f"ft:{BASE}:local:перевірка:{tuned.id[-8:]}"
    model = client.models.retrieve(tuned.fine_tuned_model)
    assert model.owned_by == "local"
    assert model.id in [listed.id for listed in client.models.list()]


def test_an_unknown_model_is_not_found(client: OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        client.models.retrieve("ft:norma-base-1:local::nobody")
    assert (caught.value.code, caught.value.param) == ("model_not_found", "model")


def test_the_base_model_cannot_be_deleted(client: OpenAI) -> None:
    with pytest.raises(openai.PermissionDeniedError):
        client.models.delete(BASE)


def test_a_deleted_model_answers_no_more(server: EngineServer, client: OpenAI, rows: list[str]) -> None:
    name = server.wait(server.launch(rows[:10])).fine_tuned_model
    assert name
    client.chat.completions.create(model=name, messages=conversation("Водій зобов'язаний зупинитися."))
    assert client.models.delete(name).deleted
    with pytest.raises(openai.NotFoundError) as caught:
        client.chat.completions.create(model=name, messages=conversation("Водій зобов'язаний зупинитися."))
    assert caught.value.code == "model_not_found"
    with pytest.raises(openai.NotFoundError):
        client.models.delete(name)
