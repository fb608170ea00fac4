"""`scripts/evaluate_models.py`: starts a worker of its own, prints figures and the verdict."""

import json
import os
import subprocess
import sys

import pytest

from scripts import evaluate_models
from scripts.common import run_safely
from services.config import ROOT
from services.datasets import service as datasets
from services.evaluation import service as evaluation
from services.jobs import slots
from tests.standins.model_service import Fault, ModelService

BASE, TUNED = "loop-1", "ft:loop-1:org::1"


@pytest.fixture
def model(samples: int, loopback: ModelService) -> ModelService:
    """The tuned model finds every confirmed element, the base model every second one."""
    gold = {row.text: row.elements for row in datasets.all_rows(samples, "test")}

    def answer(n: int) -> str:
        asked = loopback.calls[n - 1]
        known = gold[asked["messages"][-1]["content"]]
        found = known if asked["model"] == TUNED else known[::2]
        plain = [{"type": e["type"], "quote": e["quote"], "attributes": {}} for e in found]
        return json.dumps({"elements": plain}, ensure_ascii=False)

    loopback.fault = answer
    return loopback


def evaluate(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/evaluate_models.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=120, check=False
    )


def test_figures_and_verdict_are_those_of_the_evaluation(samples: int, model: ModelService) -> None:
    done = evaluate("--dataset", "latest", "--models", BASE, TUNED)
    assert (done.returncode, done.stderr) == (0, "")
    found = evaluation.of_pair(samples, [BASE, TUNED])
    assert found is not None
    base = found.scores[0].exact
    assert base.interval is not None
    wholes = [line.split() for line in done.stdout.splitlines() if line.startswith("all ")]
    low, high = base.interval.low, base.interval.high
    assert wholes[0][-3:] == [f"{base.micro.f1:.3f}", f"[{low:.3f},", f"{high:.3f}]"]
    assert wholes[1][1] == "1.000"
    for code, counts in base.by_type.items():
        lines = [line for line in done.stdout.splitlines() if line.split()[:1] == [code]]
        assert len(lines) == 2
        assert lines[0].endswith(f"{counts.f1:.3f}")
    assert f"F1 1.00 against {base.micro.f1:.2f}" in done.stdout
    assert "not due to chance" in done.stdout
    assert not slots.any_held()


def test_a_rejected_key_is_said_in_a_sentence_and_exit_1(samples: int, model: ModelService) -> None:
    model.fault = lambda _n: Fault(401, "invalid_api_key")
    done = evaluate("--dataset", str(samples), "--models", BASE)
    assert done.returncode == 1
    assert "[key_rejected]" in done.stderr
    assert "внутрішні подробиці" not in done.stdout + done.stderr


def test_without_test_acts_there_is_nothing_to_measure(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["evaluate_models.py"])
    assert run_safely(evaluate_models.main) == 1
    assert capsys.readouterr().err.startswith("failed: Nothing to test on.")


def test_a_wrong_command_is_exit_2(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["evaluate_models.py", "--dataset", "останній"])
    with pytest.raises(SystemExit) as raised:
        evaluate_models.main()
    assert raised.value.code == 2
