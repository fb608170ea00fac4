"""A loopback model: an OpenAI-compatible chat endpoint whose answers and faults a test decides."""

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

RIGHT = re.compile(r"[^.;:\n]*має право[^.;:\n]*")


@dataclass
class Fault:
    """A spoiled answer: an HTTP status with headers, or a dropped connection (status 0; `reset`: hard).

    `body` is sent as it is in place of an error; `cut` breaks the connection off in its middle; `seconds`
    is how long it takes to come; `change` makes it a good answer with other values in its only choice. With
    `drip` it comes byte by byte, so many seconds apart: its body, or with `drip_head` all of it.
    """

    status: int
    code: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    cut: bool = False
    reset: bool = False
    seconds: float = 0.0
    change: dict[str, Any] | None = None
    drip: float = 0.0
    drip_head: bool = False


@dataclass
class ModelService:
    """What the stand-in was asked, and how it answers. `fault(n)` may spoil the n-th chat call (from 1)."""

    latency: float = 0.0
    fault: Callable[[int], Fault | str | None] = lambda _n: None
    calls: list[dict[str, Any]] = field(default_factory=list)
    most_at_once: int = 0
    url: str = ""
    _at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def texts(self) -> list[str]:
        """The passages that were asked about, in the order they came."""
        return [call["messages"][-1]["content"] for call in self.calls]

    def enter(self, body: dict[str, Any]) -> int:
        """Note a call; its number."""
        with self._lock:
            self.calls.append(body)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            return len(self.calls)

    def leave(self) -> None:
        """Note that a call was answered."""
        with self._lock:
            self._at_once -= 1


def elements(text: str) -> str:
    """What this model finds: every clause with «має право»."""
    found = [{"type": "RIGHT", "quote": m.group().strip(), "attributes": {}} for m in RIGHT.finditer(text)]
    return json.dumps({"elements": found}, ensure_ascii=False)


@contextmanager
def serve(service: ModelService | None = None) -> Iterator[ModelService]:
    """Run the stand-in on a free port while the block runs."""
    service = service or ModelService()
    server = _Server(service)
    service.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, service: ModelService) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.service = service


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, *_: object) -> None: ...

    def handle(self) -> None:
        # A client that is killed in the middle of a request is part of these tests.
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def do_GET(self) -> None:
        models = {"object": "list", "data": [_model("loop-1")]}
        self._raw(200, json.dumps(models).encode(), {})

    def do_POST(self) -> None:
        body = _received(self)
        if body is None:
            return
        service = self.server.service
        number = service.enter(body)
        try:
            time.sleep(service.latency)
            self._answer(body, _as_fault(body, service.fault(number)))
        finally:
            service.leave()

    def _answer(self, body: dict[str, Any], fault: Fault) -> None:
        time.sleep(fault.seconds)
        if fault.status == 0:
            self.close_connection = True
            if fault.reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif fault.drip:
            self._drip(_content(body, fault), fault)
        else:
            self._raw(fault.status, _content(body, fault), fault.headers, cut=fault.cut)

    def _drip(self, raw: bytes, fault: Fault) -> None:
        head = f"HTTP/1.1 {fault.status} OK\r\nContent-Type: application/json\r\n"
        head_bytes = f"{head}Content-Length: {len(raw)}\r\n\r\n".encode()
        at_once, slowly = (b"", head_bytes + raw) if fault.drip_head else (head_bytes, raw)
        self.wfile.write(at_once)
        for byte in slowly:
            self.wfile.write(bytes([byte]))
            time.sleep(fault.drip)

    def _raw(self, status: int, raw: bytes, headers: dict[str, str], *, cut: bool = False) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw[: len(raw) // 2] if cut else raw)
        self.close_connection = self.close_connection or cut


def _received(handler: BaseHTTPRequestHandler) -> dict[str, Any] | None:
    """The body of a request, None where the client was killed while it sent it."""
    length = int(handler.headers["Content-Length"])
    raw = handler.rfile.read(length)
    body: dict[str, Any] | None = json.loads(raw) if len(raw) == length else None
    return body


def _as_fault(body: dict[str, Any], fault: Fault | str | None) -> Fault:
    if isinstance(fault, Fault):
        return fault
    if fault is None:
        return Fault(200, change={})
    return Fault(200, body=json.dumps(completion(body["model"], fault)))


def _content(body: dict[str, Any], fault: Fault) -> bytes:
    if fault.body is not None:
        return fault.body.encode()
    if fault.change is not None:
        answer = completion(body["model"], elements(body["messages"][-1]["content"]))
        answer["choices"][0] |= fault.change
        return json.dumps(answer).encode()
    error = {"message": "внутрішні подробиці", "type": "x", "param": None, "code": fault.code}
    return json.dumps({"error": error}).encode()


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1, "owned_by": "loop"}


def completion(model: str, content: str) -> dict[str, Any]:
    """A chat completion as a provider sends it."""
    message = {"role": "assistant", "content": content, "refusal": None}
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": model,
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 300, "completion_tokens": 20, "total_tokens": 320},
    }
