"""Memory of the worker during a long run: resident set against acts done, with the real worker process."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

import psutil

from benchmarks import report

ACTS, AT_ONCE, EVERY = 12_000, 16, 0.5
SETTLED = 0.25  # of the run, after which what is loaded once is loaded
ACT = """ЗАКОН УКРАЇНИ
Про випробування № {n}
Стаття 1. Права
1. Кожна особа № {n} має право на захист персональних даних відповідно до закону.
2. Володілець персональних даних № {n} зобов'язаний забезпечити їх захист протягом десяти днів.
Стаття 2. Звернення
Суб'єкт персональних даних № {n} має право знати про місцезнаходження своїх даних.
"""
Sample = tuple[int, float]


def main() -> None:
    """Measure in a process of its own settings and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DATA_DIR": folder,
            "NORMA_ENV_FILE": f"{folder}/.env",
            "OPENAI_API_KEY": "sk-loopback",
            "WANDB_ENABLED": "false",
        }
        code = "from benchmarks.worker_memory import measure; measure()"
        answer = subprocess.run(
            [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
        )
    samples = [tuple(map(float, line.split("\t"))) for line in answer.stdout.splitlines()]
    report.write(
        "worker_memory", "Memory of the worker during a long run", _body([(int(a), b) for a, b in samples])
    )


def measure() -> None:
    """Print one line a sample: passages done, tab, resident megabytes of the worker."""
    from services.db import migrate
    from services.extraction import service as extraction
    from services.jobs import service as jobs
    from services.jobs import supervisor, worker
    from tests.standins.model_service import ModelService, serve

    model = ModelService()
    model.fault = lambda _n: model.calls.clear()
    migrate.upgrade()
    ids = _acts()
    with serve(model):
        os.environ["OPENAI_BASE_URL"] = model.url
        with supervisor.temporary(engine=False):
            job_id = extraction.start(ids, "loop-1", concurrency=AT_ONCE).job_id
            while (job := jobs.get(job_id)) and job.alive:
                if job.done:
                    resident = psutil.Process(worker.pid()).memory_info().rss / 1e6
                    print(job.done, resident, sep="\t", flush=True)
                time.sleep(EVERY)
    assert job, job_id
    assert (job.status, job.result["acts"], job.result["failed"]) == ("succeeded", ACTS, 0), job


def _acts() -> list[int]:
    from services.acts import records
    from services.db import SessionLocal

    with SessionLocal.begin() as session:
        return [records.add(session, ACT.format(n=n), f"Про випробування № {n}").id for n in range(ACTS)]


def _body(samples: list[Sample]) -> str:
    total = samples[-1][0]
    settled = [s for s in samples if s[0] >= SETTLED * total]
    slope = statistics.linear_regression([s[0] for s in settled], [s[1] for s in settled]).slope
    rows = [
        ["acts, two passages each, all answered, stored and merged", f"{ACTS:,}"],
        [f"resident after {SETTLED:.0%} of the run", f"{settled[0][1]:.0f} MB"],
        ["resident at the end", f"{settled[-1][1]:.0f} MB"],
        ["largest", f"{max(s[1] for s in samples):.0f} MB"],
        ["growth by linear regression, per 1,000 passages", f"{slope * 1000:+.2f} MB"],
    ]
    about = f"A loopback model, {AT_ONCE} calls at once, {len(samples)} samples.\n\n"
    return about + report.table(["what", "figure"], rows)


if __name__ == "__main__":
    main()
