"""One engine for all tests that do not kill it, and one model fine-tuned on it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openai import OpenAI
from openai.types.fine_tuning import FineTuningJob

from tests.engine.server import EngineServer, training_row

OWN_TYPES = {"ACTOR": "Суб'єкт", "OBLIGATION": "Обов'язок", "CONDITION": "Умова"}
_SAMPLE = Path(__file__).resolve().parents[1] / "data" / "gold_sample.jsonl"


@pytest.fixture(scope="session")
def gold() -> list[dict[str, Any]]:
    """Real passages with their elements."""
    return [json.loads(line) for line in _SAMPLE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def rows(gold: list[dict[str, Any]]) -> list[str]:
    """The passages as lines of a training file that teaches one type the rules do not know."""
    return [training_row(_renamed(passage, {"ACTOR": "Суб'єкт"})) for passage in gold]


def _renamed(passage: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    taught = [{**e, "type": names[e["type"]]} for e in passage["elements"] if e["type"] in names]
    return {**passage, "elements": taught}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineServer]:
    """An engine that lives as long as the session."""
    engine = EngineServer(tmp_path_factory.mktemp("engine")).start()
    yield engine
    engine.stop()


@pytest.fixture
def client(server: EngineServer) -> OpenAI:
    """The official client of the session's engine."""
    return server.client


@pytest.fixture(scope="session")
def tuned(server: EngineServer, gold: list[dict[str, Any]]) -> FineTuningJob:
    """A finished job: trained on 24 passages with types the rules do not know, validated on 10."""
    rows = [training_row(_renamed(passage, OWN_TYPES)) for passage in gold]
    validation = server.upload(rows[40:])
    job = server.launch(
        rows[:24], validation_file=validation, suffix="перевірка", metadata={"run_key": 'ключ "1"'}
    )
    job = server.wait(job)
    assert job.status == "succeeded", job.error
    return job


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[EngineServer]:
    """An engine a test may kill."""
    engine = EngineServer(tmp_path / "own").start()
    yield engine
    if engine.process.poll() is None:
        engine.stop()
