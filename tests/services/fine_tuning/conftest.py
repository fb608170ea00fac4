"""A provider of fine-tuning on loopback, and the sample pack's dataset to train on."""

from collections.abc import Iterator

import pytest

from tests.standins.fine_tuning_service import MODEL, FineTuningProvider, serve


@pytest.fixture
def dataset(samples: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """The id of a dataset of 170 passages; tracking is off."""
    monkeypatch.setenv("WANDB_ENABLED", "false")
    return samples


@pytest.fixture
def remote(monkeypatch: pytest.MonkeyPatch) -> Iterator[FineTuningProvider]:
    """A remote provider that the settings name; polled without waiting."""
    monkeypatch.setattr("services.fine_tuning.runner._REMOTE_POLL", 0.01)
    monkeypatch.setattr("services.fine_tuning.submission._BETWEEN_LOOKS", 0.01)
    monkeypatch.setattr("services.fine_tuning.submission._FIRST_WAIT", 0.01)
    monkeypatch.setattr("services.fine_tuning.patience._FIRST_WAIT", 0.02)
    provider = FineTuningProvider()
    with serve(provider):
        monkeypatch.setenv("OPENAI_BASE_URL", provider.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
        monkeypatch.setenv("OPENAI_MODEL", MODEL)
        yield provider
