"""`/v1/chat/completions`: what is read, what is answered, and what is refused."""

import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import openai
import pytest
from openai import OpenAI
from openai.types.fine_tuning import FineTuningJob
from pydantic import BaseModel

from tests.engine.conftest import OWN_TYPES
from tests.engine.server import BASE, EngineServer, conversation

pytestmark = pytest.mark.xdist_group("engine")  # one engine and one trained model for all

TEXT = (
    "Суб'єкт персональних даних має право знати про джерела збирання своїх персональних даних.\n"
    "Володілець зобов'язаний повідомити його протягом десяти робочих днів, якщо законом не встановлено інше."
)


def elements(reply: Any) -> list[dict[str, Any]]:
    """The elements of a completion."""
    found: list[dict[str, Any]] = json.loads(reply.choices[0].message.content)["elements"]
    return found


def test_elements_are_exact_slices_of_the_passage(client: OpenAI) -> None:
    reply = client.chat.completions.create(model=BASE, messages=conversation(TEXT, "Закон України"))
    found = elements(reply)
    assert {"RIGHT", "OBLIGATION", "DEADLINE"} <= {element["type"] for element in found}
    assert all(element["quote"] in TEXT for element in found)
    assert all(set(element) == {"type", "quote", "attributes"} for element in found)
    assert (reply.choices[0].finish_reason, reply.model, reply.choices[0].message.role) == (
        "stop",
        BASE,
        "assistant",
    )


def test_only_the_last_user_message_is_read(client: OpenAI) -> None:
    history = [
        {"role": "system", "content": "Водій зобов'язаний зупинитися."},
        {"role": "user", "content": "Суд має право відкласти розгляд справи."},
        {"role": "assistant", "content": '{"elements": []}'},
        {"role": "user", "content": [{"type": "text", "text": TEXT}]},
    ]
    reply = client.chat.completions.create(model=BASE, messages=history)  # type: ignore[arg-type]
    alone = client.chat.completions.create(model=BASE, messages=conversation(TEXT))
    assert elements(reply) == elements(alone) != []


def test_a_text_without_law_gives_no_elements(client: OpenAI) -> None:
    assert elements(client.chat.completions.create(model=BASE, messages=conversation(" \n"))) == []


def test_the_fine_tuned_model_marks_what_it_was_taught(
    client: OpenAI, tuned: FineTuningJob, gold: list[dict[str, Any]]
) -> None:
    assert tuned.fine_tuned_model
    base, learned = (
        [
            elements(client.chat.completions.create(model=model, messages=conversation(passage["text"])))
            for passage in gold[:10]
        ]
        for model in (BASE, tuned.fine_tuned_model)
    )
    assert {element["type"] for found in learned for element in found} <= set(OWN_TYPES.values())
    assert sum(map(len, learned)) >= 10
    assert learned != base
    for passage, found in zip(gold[:10], learned, strict=True):
        assert all(element["quote"] in passage["text"] for element in found)


def test_usage_counts_words_and_marks(client: OpenAI) -> None:
    reply = client.chat.completions.create(model=BASE, messages=conversation("Строк - п'ять днів."))
    assert reply.usage
    assert reply.usage.prompt_tokens == 7  # Строк - п ' ять днів .
    assert reply.usage.total_tokens == reply.usage.prompt_tokens + reply.usage.completion_tokens


def test_a_streamed_reply_is_the_whole_reply_in_pieces(client: OpenAI) -> None:
    whole = client.chat.completions.create(model=BASE, messages=conversation(TEXT))
    chunks = list(
        client.chat.completions.create(
            model=BASE, messages=conversation(TEXT), stream=True, stream_options={"include_usage": True}
        )
    )
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert "".join(pieces) == whole.choices[0].message.content
    assert len([piece for piece in pieces if piece]) > 1
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert chunks[-1].choices == []
    assert chunks[-1].usage == whole.usage
    assert {chunk.id for chunk in chunks} == {chunks[0].id}


def test_a_stream_without_asking_for_usage_has_none(client: OpenAI) -> None:
    chunks = list(client.chat.completions.create(model=BASE, messages=conversation(TEXT), stream=True))
    assert all(chunk.choices and chunk.usage is None for chunk in chunks)


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_a_token_limit_cuts_the_reply_and_says_so(client: OpenAI, name: str) -> None:
    whole = client.chat.completions.create(model=BASE, messages=conversation(TEXT))
    options: dict[str, Any] = {name: 12}
    reply = client.chat.completions.create(model=BASE, messages=conversation(TEXT), **options)
    assert reply.choices[0].finish_reason == "length"
    assert reply.usage
    assert reply.usage.completion_tokens == 12
    assert (whole.choices[0].message.content or "").startswith(reply.choices[0].message.content or "?")


class Bearer(BaseModel):
    """A norm as a caller of its own would model it."""

    type: str
    quote: str


class Norms(BaseModel):
    """A caller's own shape of the reply."""

    elements: list[Bearer]


def test_the_client_parses_its_own_strict_schema(client: OpenAI) -> None:
    reply = client.chat.completions.parse(model=BASE, messages=conversation(TEXT), response_format=Norms)
    parsed = reply.choices[0].message.parsed
    assert parsed
    assert {"RIGHT", "OBLIGATION"} <= {element.type for element in parsed.elements}


def test_json_object_and_text_give_the_same_json(client: OpenAI) -> None:
    replies = [
        elements(
            client.chat.completions.create(
                model=BASE,
                messages=conversation(TEXT),
                response_format={"type": kind},  # type: ignore[arg-type]
            )
        )
        for kind in ("json_object", "text")
    ]
    assert replies[0] == replies[1] != []


@pytest.mark.parametrize(
    ("options", "param"),
    [
        ({"n": 2}, "n"),
        ({"logprobs": True}, "logprobs"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "system", "content": "Закон"}]}, "messages"),
        ({"messages": [{"role": "критик", "content": "Закон"}]}, "messages[0].role"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "messages[0].content[0].type"),
        ({"stream_options": {"include_usage": True}}, "stream_options"),
        ({"response_format": {"type": "json_schema"}}, "response_format.json_schema"),
    ],
)
def test_what_cannot_be_served_is_named(client: OpenAI, options: dict[str, Any], param: str) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(**{"model": BASE, "messages": conversation(TEXT), **options})
    assert caught.value.param == param
    assert caught.value.type == "invalid_request_error"


def test_an_unknown_model_is_not_found(client: OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        client.chat.completions.create(model="gpt-4.1-mini", messages=conversation(TEXT))
    assert caught.value.code == "model_not_found"
    assert (caught.value.request_id or "").startswith("req_")


def test_a_passage_longer_than_the_model_reads_is_refused(client: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(model=BASE, messages=conversation("слово " * 70_000))
    assert caught.value.code == "context_length_exceeded"


def test_sixteen_at_once_are_answered_as_one_alone(
    server: EngineServer, client: OpenAI, gold: list[dict[str, Any]]
) -> None:
    texts = [passage["text"] for passage in gold[:16]]

    def ask(text: str) -> list[dict[str, Any]]:
        return elements(client.chat.completions.create(model=BASE, messages=conversation(text)))

    with ThreadPoolExecutor(16) as threads:
        together = list(threads.map(ask, texts))
        with urllib.request.urlopen(f"http://127.0.0.1:{server.address['port']}/health") as reply:
            assert reply.status == 200
    assert together == [ask(text) for text in texts]


def test_no_text_of_an_act_reaches_the_log(server: EngineServer, client: OpenAI) -> None:
    client.chat.completions.create(model=BASE, messages=conversation("Зникомий Заявник має право мовчати."))
    log = (server.data / "engine.log").read_text(encoding="utf-8")
    assert "POST /v1/chat/completions 200" in log
    assert "Зникомий" not in log
