"""Evaluations through a loopback model whose answers are known, so that every figure can be told by hand."""

import json

import pytest

from services.datasets import service as datasets
from services.datasets.views import RowView
from services.db import SessionLocal
from services.db.models import FineTuningJob, Job, ModelCall
from services.errors import NotFoundError
from services.evaluation import price, results, traces
from services.evaluation import service as evaluation
from services.evaluation.errors import NoModelsError, NothingToTestError
from services.fine_tuning import registry
from services.jobs.running import run_job
from services.llm.ledger import ledger
from services.tracking import store as tracking_store
from services.tracking.weave_service import EVALUATION
from tests.standins import model_service

BASE, TUNED = "stand-in", "ft:stand-in:org::1"


@pytest.fixture
def dataset(samples: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """A dataset of the sample pack; its id. Tracking is off."""
    monkeypatch.setenv("WANDB_ENABLED", "false")
    return samples


@pytest.fixture
def model(
    dataset: int, loopback: model_service.ModelService, monkeypatch: pytest.MonkeyPatch
) -> model_service.ModelService:
    """The provider of the settings."""
    monkeypatch.setenv("OPENAI_MODEL", BASE)
    return loopback


def _teach(model: model_service.ModelService, rows: list[RowView]) -> None:
    """The base model finds every second element and invents one a passage; the tuned one finds all."""
    gold = {row.text: row.elements for row in rows}

    def answer(n: int) -> str:
        call = model.calls[n - 1]
        text = call["messages"][-1]["content"]
        known = [{"type": e["type"], "quote": e["quote"], "attributes": {}} for e in gold[text]]
        if call["model"] == BASE:
            invented = {"type": "CHANGE", "quote": "цього тут не сказано", "attributes": {}}
            known = [*known[::2], invented]
        return json.dumps({"elements": known}, ensure_ascii=False)

    model.fault = answer


def test_figures_are_those_counted_by_hand(dataset: int, model: model_service.ModelService) -> None:
    rows = datasets.all_rows(dataset, "test")
    _teach(model, rows)
    started = evaluation.start(dataset, [BASE, TUNED])
    run_job(started.job_id)
    done = evaluation.get(started.id)
    base, tuned = done.scores
    gold = sum(len(row.elements) for row in rows)
    half = sum(-(-len(row.elements) // 2) for row in rows)
    # Where the same words stand twice, half an answer may be placed at the other of the two.
    assert half - base.exact.micro.found <= 5
    assert (base.exact.micro.gold, base.exact.micro.predicted) == (gold, half + len(rows))
    assert base.unplaced == len(rows)
    assert (tuned.exact.micro.found, tuned.exact.micro.predicted) == (gold, gold)
    assert tuned.exact.micro.f1 == 1.0
    for code, counts in tuned.exact.by_type.items():
        assert counts.gold == sum(e["type"] == code for row in rows for e in row.elements)
    verdict = done.verdicts["exact"]
    assert verdict.code == "better"
    assert verdict.difference == pytest.approx(1.0 - (base.exact.micro.f1 or 0))


def test_what_is_asked_is_every_test_passage_once(dataset: int, model: model_service.ModelService) -> None:
    run_job(evaluation.start(dataset, [BASE]).job_id)
    assert sorted(model.texts()) == sorted(row.text for row in datasets.all_rows(dataset, "test"))
    run_job(evaluation.start(dataset, [BASE]).job_id)
    assert len(model.calls) == datasets.get(dataset).splits["test"].passages


def test_two_models_are_compared_act_by_act(dataset: int, model: model_service.ModelService) -> None:
    started = evaluation.start(dataset, [BASE, TUNED, BASE])
    run_job(started.job_id)
    done = evaluation.get(started.id)
    assert (done.models, done.status) == ((BASE, TUNED), "succeeded")
    for rule in results.RULES:
        verdict = done.verdicts[rule]
        assert (verdict.code, verdict.difference, verdict.acts) == ("not_proven", 0.0, done.acts)
    assert evaluation.latest(dataset) == evaluation.of_pair(dataset, [BASE, TUNED]) == done


def test_pressing_twice_measures_once(dataset: int, model: model_service.ModelService) -> None:
    one, two = (evaluation.start(dataset, [BASE]) for _ in range(2))
    assert (one.id, one.status) == (two.id, "queued")


def test_a_provider_that_fails_midway_is_asked_only_for_the_rest(
    dataset: int, model: model_service.ModelService
) -> None:
    model.fault = lambda n: model_service.Fault(401, "invalid_api_key") if n > 8 else None
    first = evaluation.start(dataset, [BASE])
    run_job(first.job_id)
    assert (evaluation.get(first.id).status, evaluation.get(first.id).error_code) == (
        "failed",
        "key_rejected",
    )
    model.fault = lambda _n: None
    good = len(model.calls)
    second = evaluation.start(dataset, [BASE])
    run_job(second.job_id)
    total = datasets.get(dataset).splits["test"].passages
    assert evaluation.get(second.id).status == "succeeded"
    assert len(model.calls) - good == total - 8


def test_a_job_that_was_killed_goes_on_with_what_is_stored(
    dataset: int, model: model_service.ModelService
) -> None:
    started = evaluation.start(dataset, [BASE])
    run_job(started.job_id)
    before = evaluation.get(started.id)
    with SessionLocal.begin() as session:
        session.get_one(Job, started.job_id).status = "running"
    run_job(started.job_id)
    after = evaluation.get(started.id)
    assert (after.scores, after.verdicts) == (before.scores, before.verdicts)
    assert len(model.calls) == before.passages
    assert len(evaluation.listed(dataset)) == 1


def test_an_answer_that_is_none_counts_as_nothing_found(
    dataset: int, model: model_service.ModelService
) -> None:
    model.fault = lambda n: "Я не можу відповісти" if n == 1 else None
    started = evaluation.start(dataset, [BASE])
    run_job(started.job_id)
    (score,) = evaluation.get(started.id).scores
    assert score.failed == 1
    assert score.exact.micro.gold == datasets.get(dataset).splits["test"].elements


def test_the_price_is_known_before_and_kept_to(
    dataset: int, model: model_service.ModelService, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = "gpt-4.1-mini-2025-04-14"
    test = datasets.get(dataset).splits["test"]
    most = price.most_usd(dataset, [known])
    assert most == pytest.approx(((test.tokens - test.reply) * 0.4 + test.reply * 2 * 1.6) / 1e6)
    assert price.most_usd(dataset, ["norma-base-1"]) == 0
    assert price.most_usd(dataset, [known, BASE]) is None

    monkeypatch.setenv("EXTRACTION_CONCURRENCY", "1")
    started = evaluation.start(dataset, [known], budget_micro=1)
    run_job(started.job_id)
    assert (evaluation.get(started.id).status, evaluation.get(started.id).error_code) == (
        "failed",
        "over_budget",
    )
    assert len(model.calls) < test.passages
    assert price.most_usd(dataset, [known]) < most


def test_cancelling_keeps_the_answers(dataset: int, model: model_service.ModelService) -> None:
    started = evaluation.start(dataset, [BASE])
    assert evaluation.cancel(started.id)
    assert evaluation.get(started.id).status == "cancelled"
    assert evaluation.latest(dataset) is None


def test_acts_that_a_model_learned_on_elsewhere_are_left_out(
    dataset: int, model: model_service.ModelService
) -> None:
    learned = datasets.build("Інший поділ", seed=8)
    with SessionLocal.begin() as session:
        job = FineTuningJob(id="j", dataset_id=learned.id, provider_url=model.url, base_model=BASE)
        session.add(job)
        session.flush()
        registry.register(session, job, TUNED)
    train = {r.act_label for s in ("train", "validation") for r in datasets.all_rows(learned.id, s)}
    rows = datasets.all_rows(dataset, "test")
    fresh = [row for row in rows if row.act_label not in train]
    if not fresh:
        with pytest.raises(NothingToTestError) as raised:
            evaluation.start(dataset, [BASE, TUNED])
        assert raised.value.data == {"left_out": len(rows)}
        return
    started = evaluation.start(dataset, [BASE, TUNED])
    run_job(started.job_id)
    done = evaluation.get(started.id)
    assert (done.passages, done.left_out) == (len(fresh), len(rows) - len(fresh))


def test_f1_is_noted_in_the_registry_and_the_cost_with_the_job(
    dataset: int, model: model_service.ModelService
) -> None:
    started = evaluation.start(dataset, [BASE])
    run_job(started.job_id)
    assert registry.base().f1 == evaluation.get(started.id).scores[0].exact.micro.f1
    assert evaluation.newest_f1() == {BASE: (registry.base().f1, dataset)}
    with SessionLocal.reading() as session:
        purposes = {call.purpose for call in session.query(ModelCall)}
    assert purposes == {"evaluation"}


def test_every_model_measured_waits_in_the_outbox_with_its_passages_and_scores(
    dataset: int, model: model_service.ModelService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_ENABLED", "true")
    rows = datasets.all_rows(dataset, "test")
    _teach(model, rows)
    started = evaluation.start(dataset, [BASE, TUNED])
    run_job(started.job_id)
    ledger.flush()
    base, tuned = (event.payload for event in tracking_store.due(EVALUATION, 10))
    assert (base["model"], tuned["model"]) == (BASE, TUNED)
    assert [row["texts"]["text"] for row in tuned["rows"]] == [row.text for row in rows]
    assert {row["scores"]["f1_exact"] for row in tuned["rows"]} == {1.0}
    assert base["summary"]["exact/f1"] == evaluation.get(started.id).scores[0].exact.micro.f1
    assert base["attributes"] == {"evaluation_id": started.id, "dataset_id": dataset}


def test_a_trace_that_cannot_be_kept_fails_no_evaluation(
    dataset: int, model: model_service.ModelService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_ENABLED", "true")
    monkeypatch.setattr(traces, "_row", lambda *_: 1 / 0)
    started = evaluation.start(dataset, [BASE])
    run_job(started.job_id)
    assert evaluation.get(started.id).status == "succeeded"


def test_what_cannot_be_measured_is_refused_in_words(dataset: int) -> None:
    with pytest.raises(NoModelsError):
        evaluation.start(dataset, ["", ""])
    tiny = datasets.build("Без тесту", ratios=(90, 10, 0))
    with pytest.raises(NothingToTestError):
        evaluation.start(tiny.id, [BASE])
    with pytest.raises(NotFoundError):
        evaluation.start(404, [BASE])
    with pytest.raises(NotFoundError):
        evaluation.get(404)
