"""Starting: what stops it is said in a sentence that names the thing, never a traceback."""

import socket
import subprocess
import sys

import pytest

from services.config import ROOT


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/start.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_a_taken_port_is_named_with_a_way_out(data_dir: object) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = start("--port", str(port))
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"Port {port} is taken. End the other program, or choose another: make run PORT={port + 1}"
    )


@pytest.mark.parametrize(("name", "value"), [("EXTRACTION_CONCURRENCY", "багато"), ("WANDB_ENABLED", "може")])
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    done = start("--port", "0")
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr
