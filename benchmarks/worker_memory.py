"""Memory of the worker during a long run: resident set against acts done, with the real worker process.

`python -m benchmarks.worker_memory 5000` measures a shorter run.
"""

import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection

import psutil

from benchmarks import report

ACTS, AT_ONCE, EVERY = 100_000, 16, 1.0
SETTLED = 0.25  # of the run, after which what is loaded once is loaded
ACT = """ЗАКОН УКРАЇНИ
Про випробування № {n}
Стаття 1. Права
1. Кожна особа № {n} має право на захист персональних даних відповідно до закону.
2. Володілець персональних даних № {n} зобов'язаний забезпечити їх захист протягом десяти днів.
"""
Sample = tuple[float, int, float]


def main() -> None:
    """Measure in a process of its own settings and write the section."""
    count = int(sys.argv[1]) if sys.argv[1:] else ACTS
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DATA_DIR": folder,
            "NORMA_ENV_FILE": f"{folder}/.env",
            "OPENAI_API_KEY": "sk-loopback",
            "WANDB_ENABLED": "false",
        }
        code = f"from benchmarks.worker_memory import measure; measure({count})"
        answer = subprocess.run(
            [sys.executable, "-c", code], env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
    samples = [line.split("\t") for line in answer.stdout.splitlines()]
    body = _body(count, [(float(at), int(done), float(resident)) for at, done, resident in samples])
    report.write("worker_memory", "Memory of the worker during a long run", body)


def measure(count: int) -> None:
    """Print one line a sample: seconds, acts done, resident megabytes of the worker, with tabs between."""
    from services.db import migrate
    from services.extraction import service as extraction
    from services.jobs import service as jobs
    from services.jobs import supervisor, worker

    migrate.upgrade()
    _fill(count)
    ours, theirs = multiprocessing.Pipe()
    model = multiprocessing.get_context("spawn").Process(target=_answer, args=(theirs,), daemon=True)
    model.start()
    os.environ["OPENAI_BASE_URL"] = ours.recv()
    with supervisor.temporary(engine=False):
        job_id = extraction.start(None, "loop-1", concurrency=AT_ONCE).job_id
        began = time.monotonic()
        while (job := jobs.get(job_id)) and job.alive:
            if job.done:
                resident = psutil.Process(worker.pid()).memory_info().rss / 1e6
                print(time.monotonic() - began, job.done, resident, sep="\t", flush=True)
            time.sleep(EVERY)
    model.kill()
    assert job, job_id
    assert (job.status, job.result["acts"], job.result["failed"]) == ("succeeded", count, 0), job


def _answer(told: Connection) -> None:
    """The model, in a process of its own: its memory and its time are not the worker's."""
    from tests.standins.model_service import ModelService, serve

    model = ModelService()
    model.fault = lambda _n: model.calls.clear()
    with serve(model):
        told.send(model.url)
        told.recv()


def _fill(count: int) -> None:
    import sqlalchemy as sa

    from services.acts import records
    from services.db import SessionLocal
    from services.db.models import ActText, LegalAct

    for low in range(1, count + 1, 5000):
        texts = {n: ACT.format(n=n) for n in range(low, min(count + 1, low + 5000))}
        acts = [
            {"id": n, "title": f"Про випробування № {n}", "text_hash": records.text_hash(text),
             "text_length": len(text), "search": records.search_key(f"випробування № {n}")}
            for n, text in texts.items()
        ]  # fmt: skip
        with SessionLocal.begin() as session:
            session.execute(sa.insert(LegalAct), acts)
            session.execute(sa.insert(ActText), [{"act_id": n, "text": text} for n, text in texts.items()])


def _body(count: int, samples: Sequence[Sample]) -> str:
    settled = [s for s in samples if s[1] >= SETTLED * count]
    acts, resident = [s[1] for s in settled], [s[2] for s in settled]
    slope = statistics.linear_regression(acts, resident).slope
    rows = [
        ["acts of one passage, all answered, stored and merged", f"{count:,}"],
        [f"resident after {SETTLED:.0%} of the run", f"{resident[0]:.0f} MB"],
        ["resident at the end", f"{resident[-1]:.0f} MB"],
        ["largest", f"{max(s[2] for s in samples):.0f} MB"],
        [f"growth by linear regression after {SETTLED:.0%}, per 1,000 acts", f"{slope * 1000:+.3f} MB"],
        ["acts a second, first quarter", f"{_speed(samples, 0, 0.25 * count):.0f}"],
        ["acts a second, last quarter", f"{_speed(samples, 0.75 * count, count):.0f}"],
    ]
    about = f"A loopback model without latency, {AT_ONCE} calls at once, {len(samples)} samples.\n\n"
    return about + report.table(["what", "figure"], rows)


def _speed(samples: Sequence[Sample], low: float, high: float) -> float:
    within = [s for s in samples if low <= s[1] <= high]
    return (within[-1][1] - within[0][1]) / (within[-1][0] - within[0][0])


if __name__ == "__main__":
    main()
