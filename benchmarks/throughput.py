"""From first call to last answer: 200 passages through import, worker, database and back.

The model is a loopback stand-in with a fixed latency, so that all above the calls themselves is Norma's.
"""

import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import report
from tests.standins.model_service import ModelService, serve

PASSAGES, LATENCY, AT_ONCE, RUNS = 200, 0.2, 16, 5
ACT = """ЗАКОН УКРАЇНИ
Про випробування № {n}
Стаття 1. Права
1. Кожна особа № {n} має право на захист персональних даних відповідно до закону.
"""


def main() -> None:
    """Measure several times, write the middle and the worst."""
    spans = [measure() for _ in range(RUNS)]
    about = (
        f"{PASSAGES} acts of one passage, {AT_ONCE} calls at once, {LATENCY} s a call, every answer stored "
        "and merged; two processors, shared with the stand-in.\n\n"
    )
    report.write("throughput", "Throughput of extraction", about + table(spans))


def table(spans: Sequence[float]) -> str:
    """The middle and the worst of the seconds that runs took, beside the least possible."""
    least = math.ceil(PASSAGES / AT_ONCE) * LATENCY
    rows = [
        [what, f"{span:.2f} s", f"{span / least:.2f}"]
        for what, span in (("median", statistics.median(spans)), ("slowest", max(spans)))
    ]
    head = [f"of {len(spans)} runs", "first call to last answer", f"times the least possible {least:.2f} s"]
    return report.table(head, rows)


def measure() -> float:
    """One run in a fresh installation through the commands; seconds from first call to last answer."""
    answered: list[float] = []
    model = ModelService(latency=LATENCY, fault=lambda _n: answered.append(time.perf_counter()))
    with tempfile.TemporaryDirectory() as folder, serve(model):
        files = [Path(folder) / f"act-{n:04}.txt" for n in range(PASSAGES)]
        for n, file in enumerate(files):
            file.write_text(ACT.format(n=n), encoding="utf-8")
        environment = os.environ | {
            "DATA_DIR": f"{folder}/data",
            "NORMA_ENV_FILE": f"{folder}/.env",
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": "sk-loopback",
            "WANDB_ENABLED": "false",
        }
        extract = ["scripts/extract_acts.py", "--model", "loop-1", "--concurrency", str(AT_ONCE)]
        for command in (["scripts/import_acts.py", *map(str, files)], extract):
            subprocess.run([sys.executable, *command], env=environment, check=True, capture_output=True)
    assert len(answered) == PASSAGES, f"{len(answered)} calls for {PASSAGES} passages"
    return max(answered) - min(answered) + LATENCY


if __name__ == "__main__":
    main()
