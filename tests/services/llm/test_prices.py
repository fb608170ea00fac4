"""Prices against the published table, checked by hand."""

import pytest

from services.llm import prices

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize(
    ("model", "prompt", "completion", "cached", "micro"),
    [
        ("gpt-4o-mini-2024-07-18", 1_000_000, 1_000_000, 0, 750_000),
        ("gpt-4o-mini", 1_000_000, 0, 1_000_000, 75_000),
        ("ft:gpt-4.1-mini-2025-04-14:org:norma:abc", 1_000_000, 1_000_000, 0, 4_000_000),
        ("gpt-4.1-mini-2025-04-14", 1_204, 100, 0, 642),
        ("norma-base-1", 5_000, 5_000, 0, 0),
        ("ft:norma-base-1:norma:v1:abc", 5_000, 5_000, 0, 0),
    ],
)
def test_cost(model: str, prompt: int, completion: int, cached: int, micro: int) -> None:
    assert prices.cost_micro(model, prompt, completion, cached) == micro


def test_an_unknown_model_has_no_price_rather_than_none_to_pay() -> None:
    assert prices.price("qwen3-32b") is None
    assert prices.cost_micro("qwen3-32b", 10, 10) is None


def test_training_price_and_shutdown_date() -> None:
    mini = prices.price("gpt-4o-mini-2024-07-18")
    assert mini is not None
    assert (mini.training, str(mini.shutdown), str(mini.as_of)) == (3.0, "2027-01-14", "2026-11-22")
    luna = prices.price("gpt-6-luna")
    assert luna is not None
    assert luna.training is None
