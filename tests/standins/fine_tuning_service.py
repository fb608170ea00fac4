"""A loopback provider of fine-tuning in OpenAI's shape, whose replies a test can lose or turn into errors."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from tests.standins.http_server import LoopbackServer, Reply, Request

MODEL = "gpt-4.1-mini-2025-04-14"
_FILE = re.compile(rb'filename="([^"]+)".*?\r\n\r\n(.*?)\r\n--', re.DOTALL)
_STAGES = ("validating_files", "queued", "running", "running", "running", "succeeded")


@dataclass
class FineTuningProvider:
    """What was sent, and how to misbehave.

    `lose_replies`: how many answers to a creation are dropped after the job was made; `lose_requests`: how
    many creations are dropped before; `silent_seconds`: how long it hangs before it drops either.
    `dies_for`: how many requests after such a loss find nobody. `late`: requests of lost creations are made
    jobs after all, while the first job trains. `silent`: nothing is ever answered. `refuse`: (status, code)
    for creations. `fails_with`: the job's own error code. `keeps_metadata`: False for a provider that
    forgets it. `trained_epochs`: what it says.
    """

    lose_replies: int = 0
    lose_requests: int = 0
    silent_seconds: float = 0.0
    dies_for: int = 0
    late: bool = False
    silent: bool = False
    refuse: tuple[int, str] | None = None
    fails_with: str = ""
    keeps_metadata: bool = True
    trained_epochs: int | None = None
    trained_tokens: int = 900_000
    stages: tuple[str, ...] = _STAGES
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    jobs: list[dict[str, Any]] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    _away: int = 0
    _lost: list[Request] = field(default_factory=list)
    url: str = ""

    def answer(self, request: Request) -> Reply | None:
        """The reply to one request; None drops the connection without one."""
        path = request.path.removeprefix("/v1")
        self.asked[f"{request.method} {path}"] += 1
        if self.silent:
            time.sleep(self.silent_seconds)
            return None
        if self._away:
            self._away -= 1
            return None
        if path == "/models":
            return _listing([{"id": MODEL, "object": "model", "created": 1, "owned_by": "openai"}])
        if path == "/files":
            return self._add_file(request) if request.method == "POST" else _listing([*self.files.values()])
        if path == "/fine_tuning/jobs":
            return self._create(request) if request.method == "POST" else self._list(request)
        return self._one_job(path)

    def _add_file(self, request: Request) -> Reply:
        found = _FILE.search(request.body)
        assert found is not None
        name, content = found[1].decode(), found[2]
        file = {
            "id": f"file-{len(self.files) + 1}", "object": "file", "bytes": len(content), "filename": name,
            "purpose": "fine-tune", "status": "processed", "created_at": int(time.time()),
        }  # fmt: skip
        self.files[file["id"]] = file
        self.contents[file["id"]] = content
        return Reply(file)

    def _create(self, request: Request) -> Reply | None:
        if self.lose_requests:
            self.lose_requests -= 1
            self._lost += [request] if self.late else []
            return self._lose()
        if self.refuse:
            status, code = self.refuse
            return Reply(
                {"error": {"message": "no", "type": "invalid_request_error", "param": None, "code": code}},
                status,
            )
        job = self._make(request)
        if self.lose_replies:
            self.lose_replies -= 1
            return self._lose()
        return Reply(_shown(job))

    def _lose(self) -> None:
        time.sleep(self.silent_seconds)
        self._away = self.dies_for

    def _make(self, request: Request) -> dict[str, Any]:
        job = {**_job(len(self.jobs) + 1), **{k: v for k, v in request.json.items() if k != "method"}}
        method = request.json["method"]["supervised"]["hyperparameters"]
        job["hyperparameters"] = {"n_epochs": self.trained_epochs or method.get("n_epochs", "auto")}
        job["metadata"] = request.json.get("metadata") if self.keeps_metadata else None
        job["polls"] = 0
        self.jobs.append(job)
        return job

    def _list(self, request: Request) -> Reply:
        wanted = parse_qs(request.query).get("metadata[run_key]")
        return _listing(
            [_shown(job) for job in self.jobs[::-1] if not wanted or not self.keeps_metadata
             or (job["metadata"] or {}).get("run_key") == wanted[0]]
        )  # fmt: skip

    def _one_job(self, path: str) -> Reply:
        job = next((job for job in self.jobs if f"/{job['id']}" in path), None)
        if job is None:
            return Reply({"error": {"message": "no such job", "code": None}}, 404)
        if path.endswith("/cancel"):
            job["status"] = "cancelled"
        elif path.endswith("/events"):
            return _listing(self._events(job))
        elif job["status"] != "cancelled":
            self._move(job)
        return Reply(_shown(job))

    def _move(self, job: dict[str, Any]) -> None:
        job["status"] = self.stages[min(job["polls"], len(self.stages) - 1)]
        job["polls"] += 1
        while self._lost and job["polls"] == 2:
            self._make(self._lost.pop())
        if job["status"] == "succeeded" and self.fails_with:
            job["status"] = "failed"
            job["error"] = {"code": self.fails_with, "message": "because", "param": "training_file"}
        elif job["status"] == "succeeded":
            job["fine_tuned_model"] = f"ft:{job['model']}:org:{job.get('suffix') or ''}:{job['id'][-3:]}"
            job["trained_tokens"] = self.trained_tokens

    def _events(self, job: dict[str, Any]) -> list[dict[str, Any]]:
        return [_event(job["id"], step) for step in range(min(4, job["polls"] - 2), 0, -1)]


def _event(job_id: str, step: int) -> dict[str, Any]:
    figures = {"step": step, "total_steps": 4, "train_loss": 1 / step, "full_valid_loss": 1.5 / step}
    return {
        "id": f"ftevent-{job_id}-{step}", "object": "fine_tuning.job.event", "level": "info",
        "created_at": int(time.time()), "type": "metrics", "data": figures,
        "message": f"Step {step}/4: training loss={1 / step}",
    }  # fmt: skip


def _job(number: int) -> dict[str, Any]:
    return {
        "id": f"ftjob-{number:03}", "object": "fine_tuning.job", "created_at": int(time.time()), "error": {},
        "status": "validating_files", "fine_tuned_model": None, "finished_at": None,
        "organization_id": "org-x", "result_files": [], "trained_tokens": None, "validation_file": None,
    }  # fmt: skip


def _shown(job: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in job.items() if name != "polls"}


def _listing(data: list[dict[str, Any]]) -> Reply:
    return Reply({"object": "list", "data": data, "has_more": False})


class _Server(LoopbackServer):
    def __init__(self, provider: FineTuningProvider) -> None:
        super().__init__(())
        self._provider = provider

    def answer(self, request: Request) -> Reply | None:
        if isinstance(self.fault, int):
            return Reply({"error": {"message": "away", "code": None}}, self.fault)
        return self._provider.answer(request)


@contextmanager
def serve(provider: FineTuningProvider) -> Iterator[LoopbackServer]:
    """Run the provider on a free port while the block runs."""
    with _Server(provider) as server:
        provider.url = f"{server.url}/v1"
        yield server
