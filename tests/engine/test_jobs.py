"""`/v1/fine_tuning/jobs`: the life of a job as the official client sees it."""

import base64
import csv
import json
from typing import Any

import openai
import pytest
from openai import OpenAI
from openai.types.fine_tuning import FineTuningJob

from tests.engine.server import BASE, EngineServer, conversation

pytestmark = pytest.mark.xdist_group("engine")  # one engine and one trained model for all


def test_a_finished_job_says_everything_about_itself(tuned: FineTuningJob) -> None:
    assert (tuned.model, tuned.status, tuned.seed, tuned.organization_id) == (BASE, "succeeded", 7, "local")
    assert tuned.finished_at is not None
    assert tuned.finished_at >= tuned.created_at
    assert (tuned.error, tuned.estimated_finish) == (None, None)
    assert tuned.metadata == {"run_key": 'ключ "1"'}
    assert tuned.trained_tokens is not None
    assert tuned.trained_tokens > 1000
    assert isinstance(tuned.hyperparameters.n_epochs, int)


def test_events_tell_the_story_newest_first(
    client: OpenAI, server: EngineServer, tuned: FineTuningJob
) -> None:
    story = server.messages_of(tuned)
    order = (
        "Created fine-tuning job",
        "Validating training file",
        "Files validated",
        "Fine-tuning job started",
        "Step ",
        "New fine-tuned model created",
        "The job has successfully completed",
    )
    places = [next(i for i, message in enumerate(story) if message.startswith(start)) for start in order]
    assert places == sorted(places)
    assert client.fine_tuning.jobs.list_events(tuned.id, limit=1).data[0].message == story[-1]


def test_events_are_paged_without_loss(client: OpenAI, server: EngineServer, tuned: FineTuningJob) -> None:
    paged = [event.message for event in client.fine_tuning.jobs.list_events(tuned.id, limit=7)]
    assert paged[::-1] == server.messages_of(tuned)


def metrics(client: OpenAI, job: FineTuningJob) -> list[dict[str, Any]]:
    """Data of the metrics events, oldest first."""
    events = client.fine_tuning.jobs.list_events(job.id, limit=1000)
    return [event.data for event in events if event.type == "metrics"][::-1]  # type: ignore[misc]


def test_metrics_come_as_training_goes_and_the_loss_falls(client: OpenAI, tuned: FineTuningJob) -> None:
    figures = metrics(client, tuned)
    assert len(figures) >= 5
    steps = [entry["step"] for entry in figures]
    assert steps == sorted(steps)
    assert steps[-1] <= figures[-1]["total_steps"]
    assert figures[-1]["train_loss"] < figures[0]["train_loss"]
    assert any(entry["valid_loss"] is not None for entry in figures)
    assert any(entry["valid_mean_token_accuracy"] is not None for entry in figures)


def test_the_result_file_holds_the_same_figures(client: OpenAI, tuned: FineTuningJob) -> None:
    text = base64.b64decode(client.files.content(tuned.result_files[0]).read()).decode()
    lines = list(csv.DictReader(text.splitlines()))
    assert list(lines[0]) == [
        "step",
        "train_loss",
        "train_accuracy",
        "valid_loss",
        "valid_mean_token_accuracy",
    ]
    assert [int(line["step"]) for line in lines] == [entry["step"] for entry in metrics(client, tuned)]


def test_checkpoints_are_at_most_three_and_usable(client: OpenAI, tuned: FineTuningJob) -> None:
    kept = client.fine_tuning.jobs.checkpoints.list(tuned.id).data
    assert 1 <= len(kept) <= 3
    assert [c.step_number for c in kept] == sorted((c.step_number for c in kept), reverse=True)
    for checkpoint in kept:
        name = checkpoint.fine_tuned_model_checkpoint
        assert name == f"{tuned.fine_tuned_model}:ckpt-step-{checkpoint.step_number}"
        reply = client.chat.completions.create(model=name, messages=conversation("Суд ухвалює рішення."))
        assert "elements" in json.loads(reply.choices[0].message.content or "")


def test_jobs_are_found_by_their_metadata(client: OpenAI, server: EngineServer, tuned: FineTuningJob) -> None:
    def find(**metadata: str) -> list[str]:
        return [job.id for job in client.fine_tuning.jobs.list(metadata=metadata)]

    assert find(run_key='ключ "1"') == [tuned.id]
    assert find(run_key="інший") == []
    assert find(run_key='ключ "1"', more="x") == []
    assert tuned.id in find()


@pytest.mark.parametrize(
    ("options", "param", "code"),
    [
        ({"model": "gpt-4.1-mini-2025-04-14"}, "model", "model_not_available"),
        ({"training_file": "file-none"}, "training_file", "invalid_training_file"),
        ({"validation_file": "file-none"}, "validation_file", "invalid_validation_file"),
        ({"suffix": "а" * 65}, "suffix", "invalid_value"),
        ({"suffix": "a:b"}, "suffix", "invalid_value"),
        ({"seed": -1}, "seed", "invalid_value"),
        ({"metadata": {str(i): "x" for i in range(17)}}, "metadata", "invalid_value"),
        ({"method": {"type": "dpo"}}, "method.type", "invalid_value"),
        ({"hyperparameters": {"n_epochs": 0}}, "hyperparameters.n_epochs", "invalid_value"),
        ({"integrations": [{"type": "wandb"}]}, "integrations", "invalid_value"),
    ],
)
def test_unusable_requests_start_no_job(
    client: OpenAI, tuned: FineTuningJob, options: dict[str, Any], param: str, code: str
) -> None:
    before = client.fine_tuning.jobs.list().data
    with pytest.raises(openai.BadRequestError) as caught:
        client.fine_tuning.jobs.create(**{"model": BASE, "training_file": tuned.training_file, **options})
    assert (caught.value.param, caught.value.code) == (param, code)
    assert client.fine_tuning.jobs.list().data == before


def test_a_file_for_another_purpose_is_refused(client: OpenAI, server: EngineServer, rows: list[str]) -> None:
    file = server.upload(rows, purpose="batch")
    with pytest.raises(openai.BadRequestError, match="uploaded for batch"):
        client.fine_tuning.jobs.create(model=BASE, training_file=file)


def test_seven_examples_are_too_few(server: EngineServer, rows: list[str]) -> None:
    job = server.wait(server.launch(rows[:7]))
    assert job.status == "failed"
    assert job.error
    assert (job.error.code, job.error.param) == ("invalid_n_examples", "training_file")
    assert job.error.message == "Training file has 7 example(s), but must have at least 10 examples"
    assert server.messages_of(job)[-1] == job.error.message


def test_bad_rows_are_named_by_their_lines(server: EngineServer, rows: list[str]) -> None:
    job = server.wait(server.launch([*rows[:10], "не JSON", rows[10], '{"messages": 5}']))
    assert job.error
    assert (job.status, job.error.code) == ("failed", "invalid_training_file")
    assert "Line 11: " in job.error.message
    assert "Line 13: " in job.error.message
    assert "Line 12" not in job.error.message


def test_a_bad_validation_file_is_told_apart(server: EngineServer, rows: list[str]) -> None:
    job = server.wait(server.launch(rows[:10], validation_file=server.upload(["{}"])))
    assert job.error
    assert (job.error.code, job.error.param) == ("invalid_validation_file", "validation_file")


def test_quotes_that_are_not_in_the_text_are_counted(server: EngineServer, rows: list[str]) -> None:
    reply = json.dumps({"elements": [{"type": "ACTOR", "quote": "марсіанин"}]}, ensure_ascii=False)
    stray = {"messages": [*conversation("Суд ухвалює рішення."), {"role": "assistant", "content": reply}]}
    job = server.wait(server.launch([*rows[:10], json.dumps(stray)], method=_method(batch_size=4)))
    story = " ".join(server.messages_of(job))
    assert job.status == "succeeded"
    assert " 1 of " in story
    assert "batch_size means nothing" in story


def _method(**hyperparameters: Any) -> dict[str, Any]:
    return {"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": "auto", **hyperparameters}}}


def test_jobs_wait_for_each_other_and_can_be_paused_and_cancelled(
    client: OpenAI, server: EngineServer, rows: list[str]
) -> None:
    first = server.wait(server.launch(rows, hyperparameters={"n_epochs": 50}), "running")
    second = server.wait(server.launch(rows[:10]), "queued")
    assert (first.status, second.status) == ("running", "queued")
    with pytest.raises(openai.ConflictError) as caught:
        client.files.delete(second.training_file)
    assert caught.value.code == "file_in_use"

    assert client.fine_tuning.jobs.pause(second.id).status == "paused"
    assert client.fine_tuning.jobs.cancel(first.id).status == "cancelled"
    assert client.fine_tuning.jobs.retrieve(second.id).status == "paused"
    client.fine_tuning.jobs.resume(second.id)
    assert server.wait(second).status == "succeeded"

    cancelled = client.fine_tuning.jobs.retrieve(first.id)
    assert (cancelled.status, cancelled.fine_tuned_model) == ("cancelled", None)
    assert server.messages_of(first)[-1] == "The job has been cancelled"


def test_a_running_job_is_paused_and_finished_later(
    client: OpenAI, server: EngineServer, rows: list[str]
) -> None:
    job = server.wait(server.launch(rows[:20]), "running")
    assert client.fine_tuning.jobs.pause(job.id).status == "paused"
    client.fine_tuning.jobs.resume(job.id)
    assert server.wait(job).status == "succeeded"


def test_a_finished_job_cannot_be_cancelled(client: OpenAI, tuned: FineTuningJob) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        client.fine_tuning.jobs.cancel(tuned.id)
    assert caught.value.code == "invalid_job_status"


def test_an_unknown_job_is_not_found(client: OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        client.fine_tuning.jobs.retrieve("ftjob-none")
    assert caught.value.code == "fine_tuning_job_not_found"


def test_the_same_seed_gives_the_same_model(
    client: OpenAI, server: EngineServer, rows: list[str], gold: list[dict[str, Any]]
) -> None:
    names = [server.wait(server.launch(rows[:10])).fine_tuned_model or "" for _ in range(2)]
    replies = [
        client.chat.completions.create(model=name, messages=conversation(gold[5]["text"]))
        .choices[0]
        .message.content
        for name in names
    ]
    assert replies[0] == replies[1]
