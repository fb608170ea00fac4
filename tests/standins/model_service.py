"""A loopback model: an OpenAI-compatible chat endpoint whose answers and faults a test decides."""

import json
import re
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
    """An answer that is none: an HTTP status with headers, or a dropped connection (status 0)."""

    status: int
    code: str = ""
    headers: dict[str, str] = field(default_factory=dict)


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
    server = _Server(("127.0.0.1", 0), _handler(service))
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


def _handler(service: ModelService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_: object) -> None: ...

        def do_GET(self) -> None:
            self._json(200, {"object": "list", "data": [_model("loop-1")]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            number = service.enter(body)
            try:
                time.sleep(service.latency)
                self._answer(body, service.fault(number))
            except BrokenPipeError:
                pass  # the caller was killed, as some tests want it
            finally:
                service.leave()

        def _answer(self, body: dict[str, Any], fault: Fault | str | None) -> None:
            if isinstance(fault, Fault):
                if fault.status == 0:
                    self.close_connection = True
                    return
                error = {"message": "внутрішні подробиці", "type": "x", "param": None, "code": fault.code}
                self._json(fault.status, {"error": error}, fault.headers)
                return
            content = fault if fault is not None else elements(body["messages"][-1]["content"])
            self._json(200, _completion(body["model"], content))

        def _json(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
            raw = json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

    return Handler


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1, "owned_by": "loop"}


def _completion(model: str, content: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": content, "refusal": None}
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": model,
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 300, "completion_tokens": 20, "total_tokens": 320},
    }
