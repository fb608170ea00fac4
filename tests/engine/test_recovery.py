"""Kills, restarts and ends: nothing is lost, nothing is left running."""

import json
import subprocess
import sys
from pathlib import Path

import psutil
from openai.types.fine_tuning import FineTuningJob

from tests.engine.server import ROOT, EngineServer, conversation, wait_for


def trainers(job: FineTuningJob) -> list[psutil.Process]:
    """Processes that train a job."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if job.id in (process.info["cmdline"] or []):
            found.append(process)
    return found


def family(server: EngineServer) -> list[psutil.Process]:
    """What an engine has started."""
    return psutil.Process(server.process.pid).children(recursive=True)


def gone(processes: list[psutil.Process]) -> bool:
    """Whether all have ended."""
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)


def train_until_trainer(server: EngineServer, rows: list[str]) -> FineTuningJob:
    """A job whose trainer is at work."""
    job = server.wait(server.launch(rows[:12], hyperparameters={"n_epochs": 20}), "running")
    wait_for(lambda: trainers(job))
    return job


def test_a_killed_engine_leaves_no_process_and_its_job_is_finished_by_the_next(
    own_server: EngineServer, rows: list[str]
) -> None:
    job = train_until_trainer(own_server, rows)
    waiting = own_server.launch(rows[:12])
    started = family(own_server)
    own_server.kill()
    wait_for(lambda: gone(started) and not trainers(job), 10)

    own_server.start()
    finished = own_server.wait(job)
    assert finished.status == "succeeded", finished.error
    assert any("restarted" in message for message in own_server.messages_of(job))
    assert own_server.wait(waiting).status == "succeeded"
    assert finished.fine_tuned_model
    own_server.client.chat.completions.create(
        model=finished.fine_tuned_model, messages=conversation("Суд ухвалює рішення.")
    )
    folders = {path.name for path in (own_server.data / "models").iterdir()}
    assert not [name for name in folders if name.startswith("draft-")]


def test_a_killed_trainer_is_replaced_and_given_up_after_three(
    own_server: EngineServer, rows: list[str]
) -> None:
    job = train_until_trainer(own_server, rows)
    seen: set[int] = set()

    def fresh() -> list[psutil.Process]:
        return [process for process in trainers(job) if process.pid not in seen]

    for _ in range(3):
        [trainer] = wait_for(fresh)
        seen.add(trainer.pid)
        trainer.kill()
    failed = own_server.wait(job)
    assert failed.error
    assert (failed.status, failed.error.code) == ("failed", "server_error")
    assert sum("restarted" in message for message in own_server.messages_of(job)) == 2


def test_one_killed_trainer_costs_nothing(own_server: EngineServer, rows: list[str]) -> None:
    job = train_until_trainer(own_server, rows)
    trainers(job)[0].kill()
    assert own_server.wait(job).status == "succeeded"


def test_cancel_ends_the_trainer(own_server: EngineServer, rows: list[str]) -> None:
    job = train_until_trainer(own_server, rows)
    trainer = trainers(job)
    assert own_server.client.fine_tuning.jobs.cancel(job.id).status == "cancelled"
    assert gone(trainer)
    assert own_server.client.models.list().data[0].id == "norma-base-1"
    assert len(own_server.client.models.list().data) == 1


def test_a_told_end_is_quick_and_complete_and_the_job_goes_on_later(
    own_server: EngineServer, rows: list[str]
) -> None:
    job = train_until_trainer(own_server, rows)
    started = family(own_server)
    assert own_server.stop() < 10
    wait_for(lambda: gone(started))
    assert not (own_server.data / "engine.json").exists()
    assert own_server.process.returncode == 0
    own_server.start()
    assert own_server.wait(job).status == "succeeded"


def test_a_killed_tagging_process_costs_a_second_try(own_server: EngineServer) -> None:
    ask = conversation("Суд зобов'язаний розглянути заяву.")
    first = own_server.client.chat.completions.create(model="norma-base-1", messages=ask)
    for process in family(own_server):
        if "spawn_main" in " ".join(process.cmdline()):
            process.kill()
    again = own_server.client.chat.completions.create(model="norma-base-1", messages=ask)
    assert again.choices[0].message.content == first.choices[0].message.content


def start_second(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Another engine that is expected not to start."""
    command = [sys.executable, "-m", "engine", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30)


def test_a_second_engine_on_the_same_data_is_refused(server: EngineServer) -> None:
    second = start_second("--port", "0", "--data", str(server.data))
    assert second.returncode == 1
    assert "another engine already serves" in second.stderr
    assert server.client.models.list().data


def test_a_taken_port_is_told_in_a_sentence(server: EngineServer, tmp_path: Path) -> None:
    second = start_second("--port", str(server.address["port"]), "--data", str(tmp_path / "other"))
    assert second.returncode == 1
    assert f"cannot listen on 127.0.0.1:{server.address['port']}" in second.stderr
    assert "Traceback" not in second.stderr
    assert not (tmp_path / "other" / "engine.json").exists()


def test_a_data_folder_that_is_none_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = start_second("--port", "0", "--data", str(tmp_path / "file"))
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "engine.db").write_bytes(b"not a database" * 100)
    broken = start_second("--port", "0", "--data", str(tmp_path / "broken"))
    for attempt in (refused, broken):
        assert attempt.returncode == 1
        assert attempt.stderr.startswith("The engine cannot start: ")
        assert attempt.stderr.count("\n") == 1


def test_results_outlive_a_restart(own_server: EngineServer, rows: list[str]) -> None:
    job = own_server.wait(own_server.launch(rows[:10]))
    before = own_server.messages_of(job)
    own_server.stop()
    own_server.start()
    assert own_server.messages_of(job) == before
    assert own_server.client.fine_tuning.jobs.retrieve(job.id) == job
    reply = own_server.client.chat.completions.create(
        model=job.fine_tuned_model or "", messages=conversation("Суд ухвалює рішення.")
    )
    assert "elements" in json.loads(reply.choices[0].message.content or "")
