"""The commands for fine-tuning, as a user of the terminal runs them."""

import json
import sys
from pathlib import Path

import pytest

from scripts import prepare_finetuning_data, run_finetuning
from scripts.common import run_safely
from services.datasets import service as datasets
from services.fine_tuning.service import FineTuningService
from tests import engine_process, sample_data


@pytest.fixture
def samples(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample pack and a running engine; the folder for files."""
    monkeypatch.setenv("WANDB_ENABLED", "false")
    sample_data.copy_into(data_dir)
    engine_process.announce_in(data_dir)
    return data_dir.parent


def _call(main: object, monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["command", *map(str, arguments)])
    return main()  # type: ignore[operator, no-any-return]


def test_from_confirmed_elements_to_a_measured_model(
    samples: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    training = samples / "out" / "training.jsonl"
    assert _call(prepare_finetuning_data.main, monkeypatch, "--output", training, "--limit", 40) == 0
    beside = sorted(path.name for path in training.parent.iterdir())
    assert beside == ["training.jsonl", "training.test.jsonl", "training.validation.jsonl"]
    made = datasets.list_versions()[0]
    assert training.read_bytes() == datasets.jsonl(made.id, "train")

    validation = training.with_suffix(".validation.jsonl")
    files = ("--training-file", training, "--validation-file", validation)
    assert _call(run_finetuning.main, monkeypatch, *files) == 0
    assert FineTuningService().list() == []

    wanted = ("--upload", "--base-model", "norma-base-1", "--suffix", "norma", "--monitor")
    assert _call(run_finetuning.main, monkeypatch, *files, *wanted) == 0
    (job,) = FineTuningService().list()
    assert (job.status, job.dataset_id, job.suffix) == ("succeeded", made.id, "norma")
    assert f"F1 of {job.label}: {job.f1:.3f} exact" in capsys.readouterr().out


def test_with_nothing_confirmed_the_command_says_so(database: str, tmp_path: Path) -> None:
    import subprocess

    script = Path(prepare_finetuning_data.__file__)
    done = subprocess.run(
        [sys.executable, script, "--output", tmp_path / "x.jsonl"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("failed: ")
    assert done.stderr.strip().endswith("[no_gold()]")
    assert "Confirm" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("limit", ["0", "-5", "багато"])
def test_a_limit_that_is_none_is_a_wrong_call_and_freezes_nothing(
    samples: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    before = len(datasets.list_versions())
    with pytest.raises(SystemExit) as raised:
        _call(prepare_finetuning_data.main, monkeypatch, "--output", samples / "x.jsonl", "--limit", limit)
    assert raised.value.code == 2
    assert len(datasets.list_versions()) == before


def test_a_file_that_cannot_be_written_is_one_line(
    samples: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (samples / "file").write_text("не тека")
    monkeypatch.setattr(
        sys, "argv", ["command", "--output", str(samples / "file" / "x.jsonl"), "--limit", "20"]
    )
    assert run_safely(prepare_finetuning_data.main) == 1
    said = capsys.readouterr().err
    assert said.startswith("failed: ")
    assert str(samples / "file") in said


def test_too_few_rows_are_refused_before_anything_is_sent(
    samples: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = datasets.jsonl(datasets.list_versions()[0].id, "train").splitlines()[:7]
    small = samples / "small.jsonl"
    small.write_bytes(b"\n".join(rows))
    options = ("--training-file", small, "--upload", "--base-model", "norma-base-1")
    assert _call(run_finetuning.main, monkeypatch, *options) == 1
    said = capsys.readouterr().out
    assert "error: Too few training examples: 7, and at least 10 are needed. Confirm elements" in said
    assert "{" not in said, "findings are sentences, not data"
    assert FineTuningService().list() == []


def test_a_missing_file_is_a_wrong_call(
    samples: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as raised:
        _call(run_finetuning.main, monkeypatch, "--training-file", samples / "none.jsonl")
    assert raised.value.code == 2


def test_rows_of_another_shape_are_named(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from services.datasets.errors import FileRowsError

    odd = samples / "odd.jsonl"
    odd.write_text(json.dumps({"prompt": "x", "completion": "y"}))
    with pytest.raises(FileRowsError):
        _call(run_finetuning.main, monkeypatch, "--training-file", odd, "--base-model", "norma-base-1")
