"""How quickly the embedded engine starts, answers and ends, over HTTP with the official client."""

import itertools
import json
import multiprocessing
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks import report
from services.extraction.schema import response_format
from tests.engine.server import BASE, EngineServer, conversation, training_row

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "tests" / "data" / "gold_sample.jsonl"
ACT = ROOT / "samples" / "acts" / "435-15.txt"
"""The Civil Code of Ukraine; every request sends a part of it that was not sent before."""
AT_ONCE = 16
REQUESTS = 200
CHARACTERS = 1500
HEALTH_CHECKS = 40


def main() -> None:
    """Measure and write the section."""
    passages = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        server = EngineServer(Path(folder)).start()
        rows = [("from the command to the first answer", _seconds(time.perf_counter() - began))]
        rows += _measure(server, passages)
        job = server.launch([training_row(passage) for passage in passages])
        server.wait(job, "running")
        rows.append(("told to end while it trains, until it is gone", _seconds(server.stop())))
    report.write("engine_http", "The embedded engine over HTTP", report.table(["what", "figure"], rows))


def _measure(server: EngineServer, passages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    began = time.perf_counter()
    job = server.wait(server.launch([training_row(passage) for passage in passages]))
    trained = time.perf_counter() - began
    rows = [(f"fine-tuning on {len(passages)} passages, from upload to model", _seconds(trained))]
    texts = _parts()
    for name, model in (("base model", BASE), ("fine-tuned model", job.fine_tuned_model or "")):
        _ask(server, model, next(texts))
        alone, waits = _throughput(server, model, texts, 1)
        together, checks = _under_load(server, model, texts)
        rows += [
            (f"{name}: {CHARACTERS} characters, median", _milliseconds(statistics.median(waits))),
            (f"{name}: one request at a time", f"{alone:,.0f} characters/s"),
            (f"{name}: {AT_ONCE} at once", f"{together:,.0f} characters/s"),
            (f"{name}: /health meanwhile, 95th percentile", _milliseconds(checks[-HEALTH_CHECKS // 20])),
        ]
    return rows


def _parts() -> Iterator[str]:
    text = ACT.read_text(encoding="utf-8")
    return (text[start : start + CHARACTERS] for start in range(0, len(text), CHARACTERS))


def _under_load(server: EngineServer, model: str, texts: Iterator[str]) -> tuple[float, list[float]]:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as watcher:
        watcher.submit(int).result()
        checks = watcher.submit(_health_checks, server.address["port"])
        together, _ = _throughput(server, model, texts, AT_ONCE)
        return together, sorted(checks.result())


def _throughput(
    server: EngineServer, model: str, texts: Iterator[str], at_once: int
) -> tuple[float, list[float]]:
    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as threads:
        waits = list(threads.map(lambda text: _ask(server, model, text), itertools.islice(texts, REQUESTS)))
    return len(waits) * CHARACTERS / (time.perf_counter() - began), waits


def _ask(server: EngineServer, model: str, text: str) -> float:
    began = time.perf_counter()
    format_: Any = response_format()
    server.client.chat.completions.create(
        model=model, messages=conversation(text, "Закон України"), response_format=format_
    )
    return time.perf_counter() - began


def _health_checks(port: int) -> list[float]:
    """In a process of its own, so that it waits for the engine and not for the threads that ask it."""
    answers = []
    for _ in range(HEALTH_CHECKS):
        time.sleep(0.02)
        began = time.perf_counter()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health") as reply:
            reply.read()
        answers.append(time.perf_counter() - began)
    return answers


def _seconds(value: float) -> str:
    return f"{value:.1f} s"


def _milliseconds(value: float) -> str:
    return f"{value * 1000:.0f} ms"


if __name__ == "__main__":
    main()
