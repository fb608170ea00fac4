"""The whole of it on the real engine: a press, a model, its figures, all without key or network."""

from pathlib import Path

import pytest

from services.datasets import service as datasets
from services.db import SessionLocal
from services.db.models import ModelCall
from services.evaluation import service as evaluation
from services.fine_tuning import registry
from services.fine_tuning.service import FineTuningService
from services.jobs import service as jobs
from services.jobs.running import run_job
from services.tracking import runs
from services.tracking.journal import Journal
from tests import engine_process

service = FineTuningService()


@pytest.fixture
def engine(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine where the product looks for it."""
    engine_process.announce_in(data_dir)
    monkeypatch.setattr("services.fine_tuning.runner._EMBEDDED_POLL", 0.1)


@pytest.fixture
def small(dataset: int, engine: None) -> int:
    """A dataset that is learned in seconds."""
    return datasets.build("Мала", limit=40).id


def test_without_any_setting_everything_is_ready_and_free(small: int) -> None:
    found = service.preflight(small, "norma-base-1")
    assert found.ready
    assert found.estimate is not None and found.estimate.free
    assert service.base_models() == ["norma-base-1"]


def test_a_press_trains_measures_and_offers_a_model(small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANDB_ENABLED", "true")
    job = service.launch(small, "norma-base-1", suffix="norma")
    run_job(job.id)
    done = service.get_fine_tune_status(job.id)
    assert (done.status, done.label, done.cost_micro) == ("succeeded", "Norma v1", 0)
    assert done.trained_tokens and done.step == done.total_steps
    losses = [point.train_loss for point in service.curve(job.id) if point.train_loss is not None]
    assert losses[-1] < losses[0]

    (submitted,) = jobs.live("evaluation")
    run_job(submitted.id)
    measured = evaluation.latest(small)
    assert measured is not None
    assert measured.models == ("norma-base-1", done.fine_tuned_model)
    test = datasets.get(small).splits["test"]
    assert (measured.passages, measured.acts) == (test.passages, test.acts)
    assert all(score.exact.micro.gold == test.elements for score in measured.scores)
    assert all(0 < (score.exact.micro.f1 or 0) <= (score.iou.micro.f1 or 0) for score in measured.scores)
    f1 = {model.kind: model.f1 for model in registry.models()}
    assert f1 == {score.kind: score.exact.micro.f1 for score in measured.scores}
    assert service.get_fine_tune_status(job.id).f1 == f1["tuned"]

    with SessionLocal.reading() as session:
        asked = session.query(ModelCall).count()
    run_job(evaluation.start(small, measured.models).job_id)
    with SessionLocal.reading() as session:
        assert session.query(ModelCall).count() == asked

    told = Journal(submitted.id).records()
    assert told[0]["job_type"] == "evaluation"
    summary = next(record["values"] for record in told if record["op"] == "summary")
    assert summary[f"f1/exact/{done.fine_tuned_model}"] == f1["tuned"]

    state = runs.state(job.id)
    assert (state.mode, done.run["mode"]) == ("offline", "offline")
    assert Path(state.directory).is_dir()


def test_the_engine_trains_whatever_provider_is_set(small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    found = service.preflight(small, "norma-base-1")
    assert found.ready
    assert service.preflight(small, "gpt-4.1-mini-2025-04-14").blocks[0].code == "provider_reachable"
    assert service.base_models()[-1] == "norma-base-1"
