"""A fine-tuning job from press to model: one job at the provider, whatever is lost on the way."""

from collections.abc import Iterator

import pytest

from services.db import SessionLocal
from services.db.models import FineTuningJob, Job, Preference
from services.errors import AppError
from services.fine_tuning import records, registry
from services.fine_tuning.errors import NotReadyError
from services.fine_tuning.service import FineTuningService
from services.fine_tuning.views import FineTuningView
from services.jobs import service as jobs
from services.jobs.running import run_job
from services.llm import limits
from tests.standins.fine_tuning_service import MODEL, FineTuningProvider

service = FineTuningService()


def _launch(dataset: int, **more: object) -> FineTuningView:
    return service.launch(dataset, MODEL, evaluate=False, **more)  # type: ignore[arg-type]


def _run(dataset: int) -> FineTuningView:
    job = _launch(dataset)
    run_job(job.id)
    return service.get_fine_tune_status(job.id)


def _forget(job_id: str, **columns: object) -> None:
    """What a kill leaves: the durable job still running, the row without what was not stored in time."""
    with SessionLocal.begin() as session:
        row, job = session.get_one(FineTuningJob, job_id), session.get_one(Job, job_id)
        for name, value in columns.items():
            setattr(row, name, value)
        job.status, job.finished_at = "running", None


def test_a_press_leads_to_a_model_in_the_registry(dataset: int, remote: FineTuningProvider) -> None:
    done = _run(dataset)
    assert (done.status, done.label, done.fine_tuned_model) == (
        "succeeded",
        "Norma v1",
        f"ft:{MODEL}:org::001",
    )
    model = registry.newest_tuned()
    assert model is not None
    assert (model.name, model.dataset_id, model.is_active) == (done.fine_tuned_model, dataset, False)


def test_pressing_again_and_again_starts_one_job(dataset: int, remote: FineTuningProvider) -> None:
    ids = {_launch(dataset).id for _ in range(5)}
    assert len(ids) == 1
    run_job(ids.pop())
    assert len(remote.jobs) == 1


def test_the_files_sent_are_the_dataset(dataset: int, remote: FineTuningProvider) -> None:
    from services.datasets import service as datasets

    _run(dataset)
    sent = [remote.contents[remote.jobs[0][name]] for name in ("training_file", "validation_file")]
    assert sent == [datasets.jsonl(dataset, split) for split in ("train", "validation")]


def test_what_is_asked_carries_seed_epochs_suffix_and_our_key(
    dataset: int, remote: FineTuningProvider
) -> None:
    job = _launch(dataset, suffix="юристи"[:3], seed=11)
    run_job(job.id)
    asked = remote.jobs[0]
    assert (asked["seed"], asked["suffix"], asked["hyperparameters"]) == (11, "юри", {"n_epochs": 3})
    assert asked["metadata"] == {"run_key": job.id}


def test_a_lost_reply_to_the_creation_starts_no_second_job(dataset: int, remote: FineTuningProvider) -> None:
    remote.lose_replies = 1
    done = _run(dataset)
    assert (done.status, done.provider_job_id) == ("succeeded", "ftjob-001")
    assert len(remote.jobs) == 1
    assert {event.code for event in jobs.events(done.id)} >= {"create_in_doubt", "found_again"}


def test_a_lost_reply_of_a_provider_that_forgets_metadata(dataset: int, remote: FineTuningProvider) -> None:
    remote.lose_replies, remote.keeps_metadata = 1, False
    assert _run(dataset).status == "succeeded"
    assert len(remote.jobs) == 1


def test_a_creation_that_never_arrived_is_made_again(dataset: int, remote: FineTuningProvider) -> None:
    remote.lose_requests = 2
    assert _run(dataset).status == "succeeded"
    assert len(remote.jobs) == 1


def test_a_provider_that_dies_with_the_request_in_hand_is_waited_for(
    dataset: int, remote: FineTuningProvider
) -> None:
    remote.lose_replies, remote.dies_for = 1, 4
    done = _run(dataset)
    assert (done.status, done.provider_job_id) == ("succeeded", "ftjob-001")
    assert len(remote.jobs) == 1
    told = [event.code for event in jobs.events(done.id)][::-1]
    doubt = told.index("create_in_doubt")
    assert told[doubt : doubt + 4] == ["create_in_doubt", "provider_away", "provider_back", "found_again"]


def test_creations_that_fail_again_and_again_never_leave_a_job_behind(
    dataset: int, remote: FineTuningProvider
) -> None:
    remote.lose_requests, remote.lose_replies = 6, 1
    done = _run(dataset)
    assert (done.status, done.provider_job_id) == ("succeeded", "ftjob-001")
    assert len(remote.jobs) == 1
    assert [event.code for event in jobs.events(done.id)].count("create_in_doubt") == 1


@pytest.fixture
def hasty(dataset: int) -> Iterator[None]:
    """A call that hangs is given up after a moment, as it is after two minutes by default."""
    with SessionLocal.begin() as session:
        session.add(Preference(key=limits.OVERRIDES, value={"custom": {"timeout_seconds": 0.5}}))
    limits.forget()
    yield
    limits.forget()


def test_a_provider_that_hangs_with_the_job_made_gets_no_second_request(
    dataset: int, hasty: None, remote: FineTuningProvider
) -> None:
    remote.lose_replies, remote.silent_seconds = 1, 1.0
    done = _run(dataset)
    assert (done.status, remote.asked["POST /fine_tuning/jobs"]) == ("succeeded", 1)
    (doubt,) = (event for event in jobs.events(done.id) if event.code == "create_in_doubt")
    assert doubt.data["error"] == "provider_timeout"


def test_a_job_made_long_after_its_request_was_given_up_is_stopped(
    dataset: int, hasty: None, remote: FineTuningProvider
) -> None:
    remote.lose_requests, remote.silent_seconds, remote.late = 1, 1.0, True
    done = _run(dataset)
    assert (done.status, done.provider_job_id) == ("succeeded", "ftjob-001")
    assert [job["status"] for job in remote.jobs] == ["succeeded", "cancelled"]
    assert "second_stopped" in {event.code for event in jobs.events(done.id)}


def test_a_kill_between_creation_and_noting_it_starts_no_second_job(
    dataset: int, remote: FineTuningProvider
) -> None:
    done = _run(dataset)
    _forget(done.id, provider_job_id=None, status="creating", fine_tuned_model=None)
    run_job(done.id)
    again = service.get_fine_tune_status(done.id)
    assert (again.status, again.provider_job_id) == ("succeeded", "ftjob-001")
    assert len(remote.jobs) == 1
    assert [model.label for model in registry.models() if model.tuned] == ["Norma v1"]


def test_a_kill_while_it_trains_goes_on_watching_and_stores_each_event_once(
    dataset: int, remote: FineTuningProvider
) -> None:
    done = _run(dataset)
    points = service.curve(done.id)
    _forget(done.id, status="running")
    run_job(done.id)
    assert service.get_fine_tune_status(done.id).status == "succeeded"
    assert service.curve(done.id) == points
    assert remote.asked["POST /fine_tuning/jobs"] == 1


def test_files_are_not_uploaded_twice(dataset: int, remote: FineTuningProvider) -> None:
    done = _run(dataset)
    _forget(done.id, training_file=None, validation_file=None, provider_job_id=None, status="preparing")
    run_job(done.id)
    assert remote.asked["POST /files"] == 2
    second = _launch(dataset)
    run_job(second.id)
    assert second.id != done.id
    assert remote.asked["POST /files"] == 2


def test_the_curve_and_the_steps_are_what_the_provider_told(dataset: int, remote: FineTuningProvider) -> None:
    done = _run(dataset)
    curve = service.curve(done.id)
    assert [(p.step, p.train_loss, p.validation) for p in curve] == [
        (1, 1.0, 1.5), (2, 0.5, 0.75), (3, 1 / 3, 0.5), (4, 0.25, 0.375),
    ]  # fmt: skip
    assert (done.step, done.total_steps) == (4, 4)


def test_the_price_is_what_was_billed(dataset: int, remote: FineTuningProvider) -> None:
    done = _run(dataset)
    assert (done.trained_tokens, done.cost_micro) == (900_000, 4_500_000)
    job = jobs.get(done.id)
    assert job is not None and job.cost_micro == 4_500_000


def test_more_epochs_than_agreed_are_stopped_before_they_cost(
    dataset: int, remote: FineTuningProvider
) -> None:
    remote.trained_epochs = 12
    done = _run(dataset)
    assert (done.status, done.error_code) == ("failed", "over_budget")
    assert remote.jobs[0]["status"] == "cancelled"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("invalid_n_examples", "too_few_examples"),
        ("invalid_training_file", "training_file_refused"),
        ("brand_new_code", "training_failed"),
    ],
)
def test_the_providers_reasons_become_ours(
    dataset: int, remote: FineTuningProvider, code: str, shown: str
) -> None:
    remote.fails_with = code
    done = _run(dataset)
    assert (done.status, done.error_code) == ("failed", shown)
    assert done.error_data["provider_code"] == code
    assert done.cost_micro is None
    assert "because" not in str(done.error_data)


def test_a_provider_that_no_longer_trains_says_so_and_the_files_stay(
    dataset: int, remote: FineTuningProvider
) -> None:
    remote.refuse = (403, "training_not_available")
    done = _run(dataset)
    assert (done.status, done.error_code) == ("failed", "training_not_available")
    assert "norma-base-1" in service.base_models()


def test_a_wrong_key_ends_the_job_in_words(dataset: int, remote: FineTuningProvider) -> None:
    remote.refuse = (401, "invalid_api_key")
    assert _run(dataset).error_code == "key_rejected"


def test_cancelling_stops_the_providers_job_too(dataset: int, remote: FineTuningProvider) -> None:
    job = _launch(dataset)
    remote.stages = ("running",)
    with SessionLocal.begin() as session:
        row = session.get_one(Job, job.id)
        row.status = "running"
    assert service.cancel(job.id)
    run_job(job.id)
    assert service.get_fine_tune_status(job.id).status == "cancelled"
    assert remote.jobs == []


def test_cancelling_while_it_trains(
    dataset: int, remote: FineTuningProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.jobs.running._PROGRESS_INTERVAL", 0.0)
    remote.stages = ("running",)
    job = _launch(dataset)
    move = remote._move

    def cancel_at_the_third_look(row: dict[str, object]) -> None:
        move(row)
        if row["polls"] == 3:
            service.cancel(job.id)

    monkeypatch.setattr(remote, "_move", cancel_at_the_third_look)
    run_job(job.id)
    done = service.get_fine_tune_status("ftjob-001")
    assert (done.id, done.status) == (job.id, "cancelled")
    assert remote.jobs[0]["status"] == "cancelled"
    assert not service.cancel(job.id)


def test_cancelling_in_the_queue(dataset: int, remote: FineTuningProvider) -> None:
    job = _launch(dataset)
    service.cancel(job.id)
    assert service.get_fine_tune_status(job.id).status == "cancelled"
    assert run_job(job.id) == "over"


def test_seven_examples_are_refused_before_anything_is_sent(dataset: int, remote: FineTuningProvider) -> None:
    from services.datasets import service as datasets

    small = datasets.build("Мало", limit=7)
    with pytest.raises(NotReadyError) as raised:
        _launch(small.id)
    assert [item["code"] for item in raised.value.data["items"]] == ["examples"]
    assert remote.asked["POST /files"] == 0
    assert service.list() == []


def test_a_job_of_another_provider_waits_until_the_settings_return(
    dataset: int, remote: FineTuningProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = _launch(dataset)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    asked = []

    def change_back(self: object, seconds: float) -> None:
        asked.append(seconds)
        if len(asked) == 3:
            monkeypatch.setenv("OPENAI_BASE_URL", remote.url)

    monkeypatch.setattr("services.jobs.running.RunningJob.sleep", change_back)
    run_job(job.id)
    assert service.get_fine_tune_status(job.id).status == "succeeded"
    assert [event.code for event in jobs.events(job.id)][-2:] == ["provider_back", "provider_away"]


def test_an_unknown_job_is_not_found(database: str) -> None:
    with pytest.raises(AppError) as raised:
        service.get_fine_tune_status("ftjob-404")
    assert raised.value.code == "not_found"


def test_a_row_that_a_kill_left_out_is_made_by_the_worker(dataset: int, remote: FineTuningProvider) -> None:
    job = _launch(dataset)
    with SessionLocal.begin() as session:
        session.delete(session.get_one(FineTuningJob, job.id))
    run_job(job.id)
    assert records.find(job.id).status == "succeeded"


def test_a_dataset_without_test_acts_still_gives_a_model(dataset: int, remote: FineTuningProvider) -> None:
    from services.datasets import service as datasets

    untested = datasets.build("Без тесту", ratios=(90, 10, 0))
    job = service.launch(untested.id, MODEL, evaluate=True)
    assert run_job(job.id) == "succeeded"
    assert service.get_fine_tune_status(job.id).label == "Norma v1"
    assert "not_measured" in {event.code for event in jobs.events(job.id)}


def test_a_wished_evaluation_keeps_to_the_agreed_price(dataset: int, remote: FineTuningProvider) -> None:
    job = service.launch(dataset, MODEL, evaluate=True)
    run_job(job.id)
    (evaluation,) = jobs.live("evaluation")
    line = next(line for line in job.estimate.lines if line.code == "evaluation")
    assert evaluation.payload["budget_micro"] == round(line.high * 1e6)
    assert evaluation.payload["models"] == [MODEL, f"ft:{MODEL}:org::001"]
