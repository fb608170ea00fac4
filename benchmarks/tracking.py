"""What tracking costs the work it watches, and how fast what waits is sent, with the real clients.

W&B and Weave are a loopback stand-in, so the figures hold Norma's and the clients' own time, not a network's.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from benchmarks import report

CALLS, STEPS = 1000, 1000
TEXT = "Стаття 19. Органи державної влади зобов’язані діяти лише на підставі закону. " * 26


def main() -> None:
    """Measure in a process of its own settings and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DATA_DIR": folder,
            "NORMA_ENV_FILE": f"{folder}/.env",
            "HOME": folder,
        }
        code = "from benchmarks.tracking import measure; measure()"
        answer = subprocess.run(
            [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
        )
    rows = [line.split("\t") for line in answer.stdout.splitlines() if "\t" in line]
    report.write("tracking", "What tracking costs", report.table(["what", "figure"], rows))


def measure() -> None:
    """Print one line a figure: what, tab, figure."""
    from services.db import migrate
    from tests.standins.tracking_server import TrackingServer

    migrate.upgrade()
    _imports()
    with TrackingServer() as server:
        os.environ["WANDB_BASE_URL"] = server.url
        _offline()
        os.environ["WANDB_API_KEY"] = "0123456789abcdef" * 3
        _online(server.wandb.runs)
        _traces()


def _imports() -> None:
    began = time.perf_counter()
    import services.tracking.outbox  # noqa: F401

    _say("import of the tracking room (neither wandb nor weave comes along)", time.perf_counter() - began)
    assert not {"wandb", "weave"} & set(sys.modules)


def _offline() -> None:
    from services.tracking import runs

    run = runs.open_run("bench-offline", name="offline", config={})
    cost = _median(lambda step: run.log(step, {"train_loss": 1 / (step + 1), "valid_loss": 0.5}), STEPS)
    _say("one step told to a run, median", cost)
    began = time.perf_counter()
    run.finish("succeeded", wait=60)
    _say(f"offline run of {STEPS} steps closed", time.perf_counter() - began)


def _online(stored: dict[str, object]) -> None:
    from services.tracking import runs

    began = time.perf_counter()
    run = runs.open_run("bench-online", name="online", config={})
    _say("a run opened, as its job sees it", time.perf_counter() - began)
    while "bench-online" not in stored:
        time.sleep(0.01)
    _say("the same until the server has it", time.perf_counter() - began)
    for step in range(STEPS):
        run.log(step, {"train_loss": 1 / (step + 1)})
    began = time.perf_counter()
    confirmed = run.finish("succeeded", wait=60).confirmed
    assert confirmed
    _say(f"online run of {STEPS} steps closed and confirmed", time.perf_counter() - began)


def _traces() -> None:
    from services.llm.calls import CallRecord, Usage
    from services.llm.ledger import ledger
    from services.tracking.weave_service import weave

    def record(number: int) -> None:
        messages = [{"role": "user", "content": TEXT}]
        weave.record_call(
            CallRecord(
                number, "extraction", "norma-base-1", "embedded", messages, "{}", Usage(500, 90), 20,
                time.time(), 0, None, None, 1,
            )
        )  # fmt: skip

    _say(f"one model call of {len(TEXT)} characters recorded, median", _median(record, CALLS))
    ledger.write(lambda _session: None).wait()
    began = time.perf_counter()
    sent = weave.flush(limit=CALLS).sent
    seconds = time.perf_counter() - began
    assert sent == CALLS
    _say(f"{CALLS} traces sent and confirmed, the start of the sending process included", seconds)


def _median(work: Callable[[int], None], times: int) -> float:
    costs = []
    for number in range(times):
        began = time.perf_counter()
        work(number)
        costs.append(time.perf_counter() - began)
    return statistics.median(costs)


def _say(what: str, seconds: float) -> None:
    print(f"{what}\t{f'{seconds * 1e3:.2f} ms' if seconds < 0.1 else f'{seconds:.2f} s'}")


if __name__ == "__main__":
    main()
