"""Events of providers: each once, steps from figures or from words, a restarted training told anew."""

from openai.types.fine_tuning import FineTuningJobEvent

from services.fine_tuning import events, records


def _event(number: int, message: str = "", **data: object) -> FineTuningJobEvent:
    return FineTuningJobEvent.model_construct(
        id=f"ftevent-{number}", created_at=1_795_478_400 + number, level="info", message=message,
        type="metrics" if data else "message", data=data,
    )  # fmt: skip


def _job(dataset: int) -> str:
    records.ensure("job-1", {"dataset_id": dataset, "base_model": "m", "estimate": {"epochs": 3}})
    return "job-1"


def test_an_event_told_twice_is_kept_once(dataset: int) -> None:
    job = _job(dataset)
    events.store(job, [_event(1, "Created"), _event(2, step=1, train_loss=0.5)])
    events.store(job, [_event(2, step=1, train_loss=0.5), _event(3, step=2, train_loss=0.4)])
    assert [event.message or event.step for event in events.listed(job)] == [2, 1, "Created"]


def test_a_step_that_stands_only_in_the_words_is_read(dataset: int) -> None:
    job = _job(dataset)
    events.store(job, [_event(1, "Step 30/90: training loss=0.41")])
    assert records.find(job).step == 30
    assert records.find(job).total_steps == 90


def test_a_missing_figure_does_not_wipe_out_one_of_the_same_step(dataset: int) -> None:
    job = _job(dataset)
    events.store(
        job,
        [
            _event(1, step=60, train_loss=0.7, valid_loss=0.8),
            _event(2, step=60, train_loss=0.7, valid_loss=None),
        ],
    )
    (point,) = events.curve(job)
    assert point.validation == 0.8


def test_a_training_that_began_again_counts_from_its_new_beginning(dataset: int) -> None:
    job = _job(dataset)
    told = [(1, 0.9), (2, 0.8), (3, 0.7), (1, 0.95), (2, 0.85)]
    events.store(job, [_event(i, step=step, train_loss=loss) for i, (step, loss) in enumerate(told)])
    assert [(point.step, point.train_loss) for point in events.curve(job)] == [(1, 0.95), (2, 0.85)]
    assert records.find(job).step == 2
