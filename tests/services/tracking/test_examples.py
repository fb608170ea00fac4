"""The example commands as a user types them; and what the application itself must not load."""

import subprocess
import sys
from collections.abc import Callable

from services.config import ROOT
from tests.services.tracking.conftest import KEY
from tests.standins.tracking_server import TrackingServer


def _run(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_run_example_with_a_key_names_the_address(
    server: TrackingServer, connect: Callable[[str], None]
) -> None:
    connect(KEY)
    said = _run("scripts/example_wandb_tracking.py")
    [run] = server.wandb.runs.values()
    assert f"{server.url}/legal-department/norma/runs/{run.name}" in said
    assert [line["_step"] for line in run.history] == list(range(1, 31))


def test_the_run_example_without_a_key_names_the_folder(connect: Callable[[str], None]) -> None:
    said = _run("scripts/example_wandb_tracking.py")
    assert "no key is set" in said
    assert "offline-run-" in said


def test_the_trace_example_asks_the_engine_and_shows_its_answers(
    server: TrackingServer, connect: Callable[[str], None]
) -> None:
    connect(KEY)
    said = _run("scripts/example_weave_tracing.py", "--example", "basic")
    assert "The traces are in Weave" in said
    assert len(server.weave.calls) == 3
    for call in server.weave.calls.values():
        assert call["inputs"]["model"] == "norma-base-1"
        assert '"elements"' in call["output"]["choices"][0]["message"]["content"]
        assert call["summary"]["usage"]["norma-base-1"]["completion_tokens"] > 0


def test_neither_library_is_loaded_with_the_application() -> None:
    said = _run(
        "-c",
        "import sys, services.tracking.outbox, services.tracking.connection\n"
        "services.tracking.outbox.begin()\n"
        "print(sorted({'wandb', 'weave'} & set(sys.modules)))",
    )
    assert said == "[]\n"
