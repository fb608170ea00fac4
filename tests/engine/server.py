"""A real engine in a process of its own, asked through the official client."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from openai import OpenAI
from openai.types.fine_tuning import FineTuningJob

ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")
BASE = "norma-base-1"
ENDED = ("succeeded", "failed", "cancelled")


def wait_for(probe: Callable[[], T], seconds: float = 30) -> T:
    """The first true value of `probe`."""
    deadline = time.monotonic() + seconds
    while not (value := probe()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
    return value


@dataclass
class EngineServer:
    """An engine over a data folder; it can be killed and started again on the same data."""

    data: Path
    process: subprocess.Popen[bytes] = field(init=False)
    client: OpenAI = field(init=False)

    def start(self) -> "EngineServer":
        """Start and wait until it says where it is."""
        address = self.data / "engine.json"
        address.unlink(missing_ok=True)
        command = [sys.executable, "-m", "engine", "--port", "0", "--data", str(self.data)]
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
        wait_for(lambda: address.exists() or self.process.poll() is not None, 20)
        assert self.process.poll() is None, "the engine did not start"
        self.client = OpenAI(api_key="none needed", base_url=self.address["base_url"], max_retries=0)
        return self

    @property
    def address(self) -> dict[str, Any]:
        """What the engine wrote about itself."""
        value: dict[str, Any] = json.loads((self.data / "engine.json").read_text())
        return value

    def kill(self) -> None:
        """`kill -9`, as a crash does it."""
        self.process.kill()
        self.process.wait()
        self.client.close()

    def stop(self) -> float:
        """Ask it to end; the seconds it took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)
        self.client.close()
        return time.monotonic() - begun

    def upload(self, rows: list[str] | bytes, purpose: Any = "fine-tune") -> str:
        """Upload lines as a file; its id."""
        body = rows if isinstance(rows, bytes) else "\n".join(rows).encode()
        return self.client.files.create(file=("rows.jsonl", io.BytesIO(body)), purpose=purpose).id

    def launch(self, rows: list[str], **options: Any) -> FineTuningJob:
        """Upload rows and start a job on them."""
        return self.client.fine_tuning.jobs.create(
            model=BASE, training_file=self.upload(rows), **{"seed": 7, **options}
        )

    def wait(self, job: FineTuningJob, *statuses: str, seconds: float = 60) -> FineTuningJob:
        """The job once it is in one of the statuses, or ended."""

        def probe() -> FineTuningJob | None:
            now = self.client.fine_tuning.jobs.retrieve(job.id)
            return now if now.status in (*statuses, *ENDED) else None

        return wait_for(probe, seconds)

    def messages_of(self, job: FineTuningJob) -> list[str]:
        """Everything that happened to a job, oldest first."""
        return [event.message for event in self.client.fine_tuning.jobs.list_events(job.id, limit=1000)][::-1]


def conversation(text: str, context: str = "") -> list[Any]:
    """A passage as the messages of a request."""
    system = [{"role": "system", "content": f"Знайди правові елементи.\n\n{context}"}] if context else []
    return [*system, {"role": "user", "content": text}]


def training_row(passage: dict[str, Any]) -> str:
    """A gold passage as a line of a training file."""
    elements = [{key: e[key] for key in ("type", "quote", "attributes")} for e in passage["elements"]]
    reply = {"role": "assistant", "content": json.dumps({"elements": elements}, ensure_ascii=False)}
    messages = [*conversation(passage["text"], passage["act_title"]), reply]
    return json.dumps({"messages": messages}, ensure_ascii=False)
