"""A job's W&B run: live, offline, after a restart, through every failure; nothing lost, nothing twice."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from services.tracking import runs, store
from services.tracking.journal import Journal
from tests.services.tracking.conftest import KEY, eventually, files_with
from tests.standins import transaction_log
from tests.standins.tracking_server import TrackingServer

TEXT = "Стаття 19. Органи державної влади зобов’язані діяти лише на підставі закону."


def _open(run_id: str, **config: Any) -> runs.Run:
    return runs.open_run(
        run_id,
        name="norma-base-1, договори",
        config={"base_model": "norma-base-1", "epochs": 3, **config},
        tags=["norma", "fine-tuning"],
        notes="Навчено на підтверджених уривках.",
        group="набір 1",
        job_type="fine-tuning",
    )


def _tell(run: runs.Run, *steps: int) -> None:
    for step in steps:
        run.log(step, {"train_loss": 1 / step, "valid_loss": None})


def _steps(server: TrackingServer, run_id: str) -> list[int]:
    stored = server.wandb.runs.get(run_id)
    return [line["_step"] for line in stored.history if "train_loss" in line] if stored else []


def test_online_a_run_is_seen_while_it_goes_on_and_is_whole_at_the_end(
    server: TrackingServer, connect: Callable[[str], None], data_dir: Path, tmp_path: Path
) -> None:
    connect(KEY)
    dataset = tmp_path / "train.jsonl"
    dataset.write_text(f'{{"messages": "{TEXT}"}}\n', encoding="utf-8")

    run = _open("ftjob-live", note=f"a key slipped in: {KEY}")
    _tell(run, 1, 2, 3)
    assert eventually(lambda: _steps(server, "ftjob-live")) == [1, 2, 3]
    assert server.wandb.runs["ftjob-live"].exit_code is None
    run.summary({"fine_tuned_model": "ft:norma-base-1:договори"})
    run.table("predictions", ["act", "text"], [["254к/96-вр", TEXT]], texts=["text"])
    run.artifact(dataset, name="dataset-1", metadata={"passages": 136})
    state = run.finish("succeeded", wait=60)

    stored = server.wandb.runs["ftjob-live"]
    assert state.confirmed
    assert state.url == f"{server.url}/legal-department/norma/runs/ftjob-live"
    assert (stored.exit_code, stored.summary["status"]) == (0, "succeeded")
    assert stored.summary["fine_tuned_model"] == "ft:norma-base-1:договори"
    assert stored.config["base_model"] == "norma-base-1"
    assert stored.fields["tags"] == ["norma", "fine-tuning"]
    assert stored.fields["notes"] == "Навчено на підтверджених уривках."
    assert (stored.fields["groupName"], stored.fields["jobType"]) == ("набір 1", "fine-tuning")
    assert server.wandb.uploads["artifacts/train.jsonl"] == dataset.read_bytes()
    assert TEXT in server.received
    assert store.pending() == 0
    assert files_with(data_dir, KEY) == []
    assert KEY not in server.received


def test_without_a_key_a_run_is_written_offline_and_sent_once_when_there_is_one(
    server: TrackingServer, connect: Callable[[str], None]
) -> None:
    run = _open("ftjob-offline")
    _tell(run, 1, 2)
    _tell(run, 1, 2, 3)
    run.summary({"trained_tokens": 5120})
    state = run.finish("failed", wait=60)

    assert (state.mode, state.confirmed, server.requests) == ("offline", False, [])
    logged = transaction_log.read(Path(state.directory))
    assert (logged.id, logged.project, logged.name) == ("ftjob-offline", "norma", "norma-base-1, договори")
    assert (logged.group, logged.job_type, logged.tags) == (
        "набір 1",
        "fine-tuning",
        ["norma", "fine-tuning"],
    )
    assert logged.config["epochs"] == 3
    assert [(row["_step"], row["train_loss"]) for row in logged.history] == [(1, 1.0), (2, 0.5), (3, 1 / 3)]
    assert (logged.summary["trained_tokens"], logged.exit_code) == (5120, 1)
    assert runs.sync_pending().synced == 0
    assert store.pending() == 1

    connect(KEY)
    assert runs.sync_pending() == runs.SyncResult(synced=1)
    assert _steps(server, "ftjob-offline") == [1, 2, 3]
    assert server.wandb.runs["ftjob-offline"].exit_code == 1
    assert store.pending() == 0
    # W&B's own mark keeps a `wandb sync` by hand from sending the run again.
    assert (Path(state.directory) / "run-ftjob-offline.wandb.synced").exists()
    seen = len(server.requests)
    assert runs.sync_pending().synced == 0
    assert len(server.requests) == seen


def test_after_a_kill_the_run_goes_on_and_no_step_is_lost_or_repeated(
    server: TrackingServer, connect: Callable[[str], None]
) -> None:
    connect(KEY)
    run = _open("ftjob-killed")
    _tell(run, 1, 2)
    assert eventually(lambda: _steps(server, "ftjob-killed")) == [1, 2]
    children = psutil.Process().children()
    [writer] = [child for child in children if "services.tracking.run_writer" in child.cmdline()]
    writer.kill()
    _tell(run, 3)
    run.close()

    again = _open("ftjob-killed")
    _tell(again, 1, 2, 3, 4)
    assert again.finish("succeeded", wait=60).confirmed
    assert _steps(server, "ftjob-killed") == [1, 2, 3, 4]
    assert _open("ftjob-killed").finished


def test_a_server_that_fails_in_the_middle_gets_only_what_it_lacks(
    server: TrackingServer, connect: Callable[[str], None]
) -> None:
    connect(KEY)
    run = _open("ftjob-broken")
    _tell(run, 1, 2)
    assert eventually(lambda: _steps(server, "ftjob-broken")) == [1, 2]
    server.fault = 403
    _tell(run, 3)
    assert not run.finish("succeeded", wait=60).confirmed
    assert store.pending() == 1

    server.fault = None
    assert runs.sync_pending().synced == 1
    assert _steps(server, "ftjob-broken") == [1, 2, 3]
    assert server.wandb.runs["ftjob-broken"].summary["status"] == "succeeded"


def test_a_wrong_key_means_offline_and_waiting(
    server: TrackingServer, connect: Callable[[str], None]
) -> None:
    connect("f" * 40)
    run = _open("ftjob-wrong")
    _tell(run, 1)
    state = run.finish("succeeded", wait=60)
    assert (state.mode, state.error_code) == ("offline", "wandb_key_rejected")
    assert runs.sync_pending() == runs.SyncResult(0, "wandb_key_rejected")
    assert (store.pending(), store.due_now()) == (1, False)
    assert server.wandb.runs == {}

    connect(KEY)
    store.retry_now()
    assert runs.sync_pending().synced == 1


def test_without_texts_no_word_of_an_act_leaves_even_if_it_was_told_before(
    server: TrackingServer,
    connect: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dataset = tmp_path / "train.jsonl"
    dataset.write_text(TEXT, encoding="utf-8")
    run = _open("ftjob-silent")
    run.table("predictions", ["act", "text"], [["254к/96-вр", TEXT]], texts=["text"])
    run.artifact(dataset, name="dataset-1", metadata={"passages": 136})
    run.finish("succeeded", wait=60)

    monkeypatch.setenv("WANDB_TEXTS", "false")
    connect(KEY)
    assert runs.sync_pending().synced == 1
    assert "зобов’язані" not in server.received
    assert "зобов’язані".encode("unicode_escape").decode() not in server.received
    assert '"passages": 136' in server.wandb.uploads["artifacts/facts.json"].decode()
    assert str(len(TEXT)) in server.received


def test_switched_off_nothing_is_written_at_all(
    connect: Callable[[str], None], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(KEY)
    monkeypatch.setenv("WANDB_ENABLED", "false")
    before = set(data_dir.iterdir())
    run = _open("ftjob-off")
    _tell(run, 1)
    run.summary({"status": "x"})
    assert run.finish("succeeded", wait=60).mode == "off"
    assert set(data_dir.iterdir()) == before
    assert store.pending() == 0


def test_a_run_whose_journal_is_gone_ends_in_words_and_holds_up_no_other(
    server: TrackingServer, connect: Callable[[str], None]
) -> None:
    for run_id in ("ftjob-gone", "ftjob-kept"):
        run = _open(run_id)
        _tell(run, 1)
        run.finish("succeeded", wait=60)
    Journal("ftjob-gone").file.unlink()

    connect(KEY)
    assert runs.sync_pending() == runs.SyncResult(synced=1)
    assert list(server.wandb.runs) == ["ftjob-kept"]
    assert (store.pending(), store.due_now(), store.given_up()) == (0, False, {"run_records_lost": 1})


def test_a_run_that_wandb_has_counts_as_sent_although_its_journal_is_gone(
    server: TrackingServer, connect: Callable[[str], None]
) -> None:
    connect(KEY)
    run = _open("ftjob-sent")
    _tell(run, 1)
    assert run.finish("succeeded", wait=60).confirmed
    Journal("ftjob-sent").file.unlink()
    store.add(runs.KIND, {"run_id": "ftjob-sent"})
    assert runs.sync_pending() == runs.SyncResult(synced=1)
    assert (store.pending(), store.given_up()) == (0, {})
