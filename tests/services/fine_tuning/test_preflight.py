"""What is checked before a launch, and what a launch will cost."""

from datetime import date
from pathlib import Path

import pytest

from services.datasets import epochs
from services.datasets import service as datasets
from services.fine_tuning import eligibility, estimate
from services.fine_tuning.service import FineTuningService
from services.fine_tuning.targets import EMBEDDED, Target
from services.fine_tuning.views import Preflight
from tests.standins.fine_tuning_service import MODEL, FineTuningProvider

OPENAI = Target("openai", "https://api.openai.com/v1", "api.openai.com", MODEL)
service = FineTuningService()


def _levels(found: Preflight) -> dict[str, str]:
    return {item.code: item.level for item in found.items}


def test_a_ready_dataset_at_a_provider_that_answers(dataset: int, remote: FineTuningProvider) -> None:
    levels = _levels(service.preflight(dataset, MODEL))
    assert levels["dataset_frozen"] == levels["examples"] == levels["split_disjoint"] == "pass"
    assert levels["provider_reachable"] == levels["price_known"] == "pass"
    assert levels["types_covered"] == "remark"


def test_without_a_dataset_nothing_else_is_said(database: str) -> None:
    for missing in (None, 404):
        found = service.preflight(missing, MODEL)
        assert [(item.code, item.level) for item in found.items] == [("dataset_frozen", "block")]
        assert found.estimate is None and not found.ready


def test_a_deleted_dataset_is_no_dataset(dataset: int, remote: FineTuningProvider) -> None:
    datasets.delete(dataset)
    assert not service.preflight(dataset, MODEL).ready


def test_seven_examples_forbid_a_launch(dataset: int, remote: FineTuningProvider) -> None:
    small = datasets.build("Мало", limit=7)
    assert [item.code for item in service.preflight(small.id, MODEL).blocks] == ["examples"]


def test_a_provider_that_is_away_is_named(dataset: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    (block,) = service.preflight(dataset, MODEL).blocks
    assert (block.code, block.data["error"], block.data["host"]) == (
        "provider_reachable", "provider_down", "127.0.0.1:9",
    )  # fmt: skip


def test_a_provider_that_hangs_holds_up_one_look_not_every_click(
    dataset: int, remote: FineTuningProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.llm.models._SECONDS", 0.3)
    remote.silent, remote.silent_seconds = True, 1.0
    for _ in range(3):
        (block,) = service.preflight(dataset, MODEL).blocks
        assert (block.code, block.data["error"]) == ("provider_reachable", "provider_timeout")
    assert remote.asked["GET /models"] == 1


def test_an_engine_that_is_not_up_yet_is_named(dataset: int) -> None:
    (block,) = service.preflight(dataset, "norma-base-1").blocks
    assert (block.code, block.data["error"]) == ("provider_reachable", "provider_down")


@pytest.mark.parametrize(
    ("model", "day", "tunable", "reason"),
    [
        (MODEL, "2026-11-24", True, ""),
        (MODEL, "2027-01-06", False, "provider_closed"),
        (MODEL, "2027-01-14", False, "model_closed"),
        ("gpt-4.1-nano-2025-04-14", "2026-11-24", False, "model_closed"),
        ("gpt-6-luna", "2026-11-24", False, "model_not_tunable"),
        ("made-up-model", "2026-11-24", None, ""),
    ],
)
def test_what_is_published_of_models_and_dates(
    model: str, day: str, tunable: bool | None, reason: str
) -> None:
    found = eligibility.of(OPENAI, model, date.fromisoformat(day))
    assert (found.tunable, found.reason) == (tunable, reason)
    assert found.source


def test_the_engine_accepts_fine_tuning_for_ever() -> None:
    assert eligibility.of(EMBEDDED, "norma-base-1", date(2040, 1, 1)).tunable


def test_models_that_can_no_longer_be_trained_are_not_offered() -> None:
    assert "gpt-4.1-nano-2025-04-14" not in eligibility.tunable_models(OPENAI, date(2026, 11, 24))
    assert eligibility.tunable_models(OPENAI, date(2027, 1, 7)) == []


@pytest.mark.parametrize(
    ("host", "asked", "shown"),
    [
        ("api.openai.com", {"n_epochs": 2}, {"method"}),
        ("unit.openai.azure.com", {"n_epochs": 2}, {"method", "extra_body"}),
        ("api.tokenfactory.nebius.com", {"n_epochs": 2}, {"hyperparameters"}),
    ],
)
def test_providers_are_asked_in_their_own_shape(host: str, asked: dict[str, int], shown: set[str]) -> None:
    target = Target("custom", f"https://{host}/v1", host, "")
    assert set(eligibility.request_shape(target, dict(asked))) == shown


def test_the_price_is_a_range_of_three_parts(dataset: int) -> None:
    view = datasets.get(dataset)
    found = estimate.make(view, MODEL)
    training, validation, evaluation = found.lines
    tokens = view.splits["train"].tokens * 3
    assert (training.tokens, training.low) == (tokens, pytest.approx(tokens * 5.0 / 1e6))
    assert validation.low == 0 < validation.high
    test = view.splits["test"]
    sent = (test.tokens - test.reply) * (0.4 + 0.8)
    assert evaluation.low == pytest.approx((sent + test.reply * (1.6 + 3.2)) / 1e6)
    assert found.low < found.high < found.low * 1.5
    assert estimate.from_dict(found.as_dict()) == found


def test_the_engine_is_free_and_an_unknown_price_is_not_free(dataset: int) -> None:
    view = datasets.get(dataset)
    assert estimate.make(view, "norma-base-1").free
    unknown = estimate.make(view, "made-up-model")
    assert not unknown.known and not unknown.free


@pytest.mark.parametrize(("examples", "passes"), [(10, 10), (4, 25), (33, 3), (100, 3), (12_000, 2), (0, 3)])
def test_epochs_follow_the_published_rule(examples: int, passes: int) -> None:
    assert epochs.default(examples) == passes


def test_a_second_training_on_the_same_dataset_is_remarked(
    dataset: int, remote: FineTuningProvider, data_dir: Path
) -> None:
    from services.jobs.running import run_job

    run_job(service.launch(dataset, MODEL, evaluate=False).id)
    item = service.preflight(dataset, MODEL).items[-1]
    assert (item.code, item.data) == ("already_trained", {"label": "Norma v1"})
