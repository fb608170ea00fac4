"""`/v1/batches`: many requests in a file, answered in the background."""

import json
from typing import Any

import openai
import pytest
from openai import OpenAI
from openai.types import Batch

from tests.engine.server import BASE, EngineServer, conversation, wait_for

pytestmark = pytest.mark.xdist_group("engine")  # one engine and one trained model for all

ENDED = ("completed", "failed", "cancelled")


def line(name: str, text: str, **body: Any) -> str:
    """A request of a batch."""
    request = {"model": BASE, "messages": conversation(text), **body}
    entry = {"custom_id": name, "method": "POST", "url": "/v1/chat/completions", "body": request}
    return json.dumps(entry, ensure_ascii=False)


def launch(server: EngineServer, lines: list[str]) -> Batch:
    """A batch on an uploaded file."""
    return server.client.batches.create(
        input_file_id=server.upload(lines, purpose="batch"),
        endpoint="/v1/chat/completions",
        completion_window="24h",
        metadata={"run": "перевірка"},
    )


def ended(server: EngineServer, batch: Batch) -> Batch:
    """The batch once it is over."""

    def probe() -> Batch | None:
        now = server.client.batches.retrieve(batch.id)
        return now if now.status in ENDED else None

    return wait_for(probe)


def lines_of(client: OpenAI, file_id: str | None) -> dict[str, Any]:
    """Answers by custom_id."""
    assert file_id
    text = client.files.content(file_id).read().decode()
    return {entry["custom_id"]: entry["response"] for entry in map(json.loads, text.splitlines())}


def test_a_batch_answers_as_single_calls_do(server: EngineServer, gold: list[dict[str, Any]]) -> None:
    texts = {passage["id"]: passage["text"] for passage in gold[:8]}
    batch = ended(server, launch(server, [line(name, text) for name, text in texts.items()]))
    assert (batch.status, batch.error_file_id, batch.metadata) == ("completed", None, {"run": "перевірка"})
    assert batch.request_counts
    assert (batch.request_counts.total, batch.request_counts.completed) == (8, 8)
    answers = lines_of(server.client, batch.output_file_id)
    assert list(answers) == list(texts)
    for name, text in texts.items():
        alone = server.client.chat.completions.create(model=BASE, messages=conversation(text))
        message = answers[name]["body"]["choices"][0]["message"]
        assert (answers[name]["status_code"], message["content"]) == (200, alone.choices[0].message.content)


def test_requests_that_fail_stand_in_the_error_file(server: EngineServer) -> None:
    good, bad = line("добре", "Суд ухвалює рішення."), line("погано", "Суд ухвалює рішення.", model="gpt-5")
    batch = ended(server, launch(server, [good, bad]))
    assert batch.request_counts
    assert (batch.status, batch.request_counts.failed) == ("completed", 1)
    assert list(lines_of(server.client, batch.output_file_id)) == ["добре"]
    refused = lines_of(server.client, batch.error_file_id)["погано"]
    assert (refused["status_code"], refused["body"]["error"]["code"]) == (404, "model_not_found")


def test_a_file_with_bad_lines_fails_before_any_work(server: EngineServer) -> None:
    good = line("a", "Суд ухвалює рішення.")
    batch = ended(server, launch(server, [good, good, "не JSON"]))
    assert batch.errors
    assert batch.errors.data
    assert batch.status == "failed"
    found = [(error.line, error.code) for error in batch.errors.data]
    assert found == [(2, "duplicate_custom_id"), (3, "invalid_json_line")]


def test_a_cancelled_batch_keeps_what_it_has(server: EngineServer, gold: list[dict[str, Any]]) -> None:
    batch = launch(server, [line(str(i), gold[i % 40]["text"]) for i in range(400)])
    server.client.batches.cancel(batch.id)
    over = ended(server, batch)
    assert over.request_counts
    assert over.status == "cancelled"
    assert over.request_counts.completed < 400
    if over.request_counts.completed:
        assert len(lines_of(server.client, over.output_file_id)) == over.request_counts.completed
    with pytest.raises(openai.ConflictError):
        server.client.batches.cancel(batch.id)


def test_a_killed_engine_goes_on_with_the_lines_left(
    own_server: EngineServer, gold: list[dict[str, Any]]
) -> None:
    batch = launch(own_server, [line(str(i), gold[i % 40]["text"]) for i in range(120)])

    def some_done() -> bool:
        counts = own_server.client.batches.retrieve(batch.id).request_counts
        return counts is not None and counts.completed >= 3

    wait_for(some_done)
    own_server.kill()
    own_server.start()
    over = ended(own_server, batch)
    assert over.status == "completed"
    assert list(lines_of(own_server.client, over.output_file_id)) == [str(i) for i in range(120)]


def test_batches_are_listed_newest_first(server: EngineServer) -> None:
    made = [launch(server, [line("a", "Суд ухвалює рішення.")]).id for _ in range(3)]
    assert [batch.id for batch in server.client.batches.list(limit=2)][:3] == made[::-1]


def test_only_files_for_batches_are_taken(server: EngineServer, rows: list[str]) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        server.client.batches.create(
            input_file_id=server.upload(rows), endpoint="/v1/chat/completions", completion_window="24h"
        )
    assert caught.value.param == "input_file_id"
