"""How quickly the embedded engine starts, answers and ends, over HTTP with the official client."""

import json
import statistics
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import report
from services.extraction.schema import response_format
from tests.engine.server import BASE, EngineServer, conversation, training_row

SAMPLE = Path(__file__).parent.parent / "tests" / "data" / "gold_sample.jsonl"
AT_ONCE = 16
ROUNDS = 3


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
    job = server.wait(server.launch([training_row(passage) for passage in passages]))
    rows = [
        (
            "fine-tuning on 40 passages, from upload to model",
            _seconds((job.finished_at or 0) - job.created_at),
        )
    ]
    texts = [passage["text"] for passage in passages] * ROUNDS
    for name, model in (("base model", BASE), ("fine-tuned model", job.fine_tuned_model or "")):
        _ask(server, model, texts[0])
        alone, waits = _throughput(server, model, texts, 1)
        with _health(server) as answers:
            together, _ = _throughput(server, model, texts, AT_ONCE)
        rows += [
            (
                f"{name}: a passage of {_median_length(texts)} characters, median",
                _milliseconds(statistics.median(waits)),
            ),
            (f"{name}: one request at a time", f"{alone:,.0f} characters/s"),
            (f"{name}: {AT_ONCE} at once", f"{together:,.0f} characters/s"),
            (f"{name}: /health meanwhile, slowest of {len(answers)}", _milliseconds(max(answers))),
        ]
    return rows


def _throughput(
    server: EngineServer, model: str, texts: list[str], at_once: int
) -> tuple[float, list[float]]:
    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as threads:
        waits = list(threads.map(lambda text: _ask(server, model, text), texts))
    return sum(map(len, texts)) / (time.perf_counter() - began), waits


def _ask(server: EngineServer, model: str, text: str) -> float:
    began = time.perf_counter()
    format_: Any = response_format()
    server.client.chat.completions.create(
        model=model, messages=conversation(text, "Закон України"), response_format=format_
    )
    return time.perf_counter() - began


@contextmanager
def _health(server: EngineServer) -> Iterator[list[float]]:
    answers: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.02):
            began = time.perf_counter()
            url = f"http://127.0.0.1:{server.address['port']}/health"
            with urllib.request.urlopen(url) as reply:
                reply.read()
            answers.append(time.perf_counter() - began)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield answers
    finally:
        over.set()
        thread.join()


def _median_length(texts: list[str]) -> int:
    return int(statistics.median(map(len, texts)))


def _seconds(value: float) -> str:
    return f"{value:.1f} s"


def _milliseconds(value: float) -> str:
    return f"{value * 1000:.0f} ms"


if __name__ == "__main__":
    main()
