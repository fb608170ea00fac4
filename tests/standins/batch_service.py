"""A loopback provider with files and batches, whose answers and faults a test decides."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from itertools import count
from typing import Any

from tests.standins.http_server import LoopbackServer, Reply, Request
from tests.standins.model_service import completion, elements


@dataclass
class Batch:
    """A batch as it came in; `lines` are the requests."""

    id: str
    file_id: str
    metadata: dict[str, str]
    lines: list[dict[str, Any]]
    looks: int = 0
    status: str = "validating"
    output: str | None = None
    errors: str | None = None
    refusal: str = ""

    @property
    def keys(self) -> list[str]:
        return [line["custom_id"] for line in self.lines]


@dataclass
class BatchService:
    """The stand-in. `replies[n]` spoils the n-th request (from 1): a status, a text, or a whole body.

    `lose_create` creations get no reply, though the batch is made if `accept_lost`.
    """

    replies: dict[int, int | str | dict[str, Any]] = field(default_factory=dict)
    lose_create: int = 0
    accept_lost: bool = True
    expire_after: int | None = None
    answered_at_cancel: int = 0
    refuse: str = ""
    never_end: bool = False
    without_batches: bool = False
    on_retrieve: Callable[[], None] = lambda: None
    files: dict[str, bytes] = field(default_factory=dict)
    batches: list[Batch] = field(default_factory=list)
    url: str = ""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def answer(self, request: Request) -> Reply | None:
        """The route of the loopback server."""
        _, _, resource, *rest = request.path.split("/")
        if resource == "files":
            return self._files(request, rest)
        if resource == "batches" and not self.without_batches:
            return self._batches(request, rest)
        return None

    def _files(self, request: Request, rest: list[str]) -> Reply:
        if request.method == "POST":
            file_id = self._keep(_uploaded(request))
            return Reply({"id": file_id, "object": "file", "bytes": 1, "created_at": 1, "filename": "f",
                          "purpose": "batch", "status": "processed"})  # fmt: skip
        if rest[1:] == ["content"]:
            return Reply(self.files[rest[0]], content_type="application/octet-stream")
        del self.files[rest[0]]
        return Reply({"id": rest[0], "object": "file", "deleted": True})

    def _batches(self, request: Request, rest: list[str]) -> Reply:
        if request.method == "GET" and not rest:
            return Reply(
                {"object": "list", "data": [_wire(b) for b in self.batches[::-1]], "has_more": False}
            )
        if not rest:
            return self._create(request.json)
        batch = next(b for b in self.batches if b.id == rest[0])
        if rest[1:] == ["cancel"]:
            self._end(batch, "cancelled", self.answered_at_cancel)
        else:
            self._look(batch)
        return Reply(_wire(batch))

    def _create(self, body: dict[str, Any]) -> Reply:
        lost, self.lose_create = self.lose_create > 0, max(0, self.lose_create - 1)
        lines = [json.loads(line) for line in self.files[body["input_file_id"]].splitlines()]
        batch = Batch(f"batch_{next(self._numbers)}", body["input_file_id"], body["metadata"], lines)
        if not lost or self.accept_lost:
            self.batches.append(batch)
        return Reply({"error": {"message": "подробиці"}}, 500) if lost else Reply(_wire(batch))

    def _look(self, batch: Batch) -> None:
        self.on_retrieve()
        batch.looks += 1
        if batch.status not in ("validating", "in_progress"):
            return
        batch.status = "in_progress"
        if self.refuse:
            batch.status, batch.refusal = "failed", self.refuse
        elif batch.looks > 1 and self.expire_after is not None:
            self._end(batch, "expired", self.expire_after)
        elif batch.looks > 1 and not self.never_end:
            self._end(batch, "completed", len(batch.lines))

    def _end(self, batch: Batch, status: str, answered: int) -> None:
        batch.status = status
        good, bad = [], []
        for number, line in enumerate(batch.lines, 1):
            found = self._line(number, line) if number <= answered else _unanswered(line, f"batch_{status}")
            whole = found["response"] is not None and found["response"]["status_code"] == 200
            (good if whole else bad).append(found)
        batch.output, batch.errors = self._results(good), self._results(bad)

    def _line(self, number: int, line: dict[str, Any]) -> dict[str, Any]:
        special = self.replies.get(number)
        text = special if isinstance(special, str) else elements(line["body"]["messages"][-1]["content"])
        body = special if isinstance(special, dict) else completion(line["body"]["model"], text)
        status = special if isinstance(special, int) else 200
        response = {"status_code": status, "request_id": "r", "body": body}
        return {"id": "x", "custom_id": line["custom_id"], "response": response, "error": None}

    def _results(self, lines: list[dict[str, Any]]) -> str | None:
        if not lines:
            return None
        return self._keep("".join(json.dumps(line) + "\n" for line in lines).encode())

    def _keep(self, content: bytes) -> str:
        file_id = f"file-{next(self._numbers)}"
        self.files[file_id] = content
        return file_id


@contextmanager
def serve() -> Iterator[BatchService]:
    """Run the stand-in on a free port while the block runs."""
    service = BatchService()
    with LoopbackServer([service.answer]) as server:
        service.url = f"{server.url}/v1"
        yield service


def _unanswered(line: dict[str, Any], code: str) -> dict[str, Any]:
    error = {"code": code, "message": "подробиці"}
    return {"id": "x", "custom_id": line["custom_id"], "response": None, "error": error}


def _uploaded(request: Request) -> bytes:
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + request.body)
    for part in message.iter_parts():
        if part.get_filename():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            return content
    raise AssertionError("no file in the upload")


def _wire(batch: Batch) -> dict[str, Any]:
    errors = {"object": "list", "data": [{"code": batch.refusal, "message": "m"}]}
    total = len(batch.lines)
    return {
        "id": batch.id,
        "object": "batch",
        "endpoint": "/v1/chat/completions",
        "input_file_id": batch.file_id,
        "completion_window": "24h",
        "status": batch.status,
        "created_at": 2_000_000_000,
        "metadata": batch.metadata,
        "output_file_id": batch.output,
        "error_file_id": batch.errors,
        "errors": errors if batch.status == "failed" else None,
        "request_counts": {"total": total, "completed": total if batch.output else 0, "failed": 0},
    }
