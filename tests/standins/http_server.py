"""A small threaded HTTP server on 127.0.0.1 that keeps what it received and can be made to fail."""

import gzip
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Request:
    """What arrived: `path` without its query, `body` decoded from chunks and gzip."""

    method: str
    path: str
    body: bytes
    headers: dict[str, str]
    base_url: str
    query: str = ""

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else {}


@dataclass(frozen=True)
class Reply:
    """What goes back; `body` is sent as JSON unless it is bytes."""

    body: Any = field(default_factory=dict)
    status: int = 200
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0
    """Seconds between two bytes of the body."""


Route = Callable[[Request], Reply | None]


class LoopbackServer:
    """Answers with the first route that has a reply. `fault` is a status to fail with, or "hang"."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self.routes = routes
        self.requests: list[Request] = []
        self.fault: int | str | None = None
        self.released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def received(self) -> str:
        """Every body that arrived, as one text to search in."""
        return "\n".join(request.body.decode("utf-8", "replace") for request in self.requests)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, request: Request) -> Reply | None:
        """The reply, or None to leave the client without one (a server that hangs)."""
        if self.fault == "hang":
            self.released.wait(120)
            return None
        if isinstance(self.fault, int):
            return Reply({"errors": [{"message": "the service is away"}]}, self.fault)
        self.requests.append(request)
        for route in self.routes:
            reply = route(request)
            if reply is not None:
                return reply
        return Reply({"error": f"no such address: {request.method} {request.path}"}, 404)


def _handler(server: LoopbackServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal of the tests."""

        def _serve(self) -> None:
            body = _body(self)
            path, _, query = self.path.partition("?")
            request = Request(self.command, path, body, dict(self.headers.items()), server.url, query)
            reply = server.answer(request)
            if reply is None:
                self.close_connection = True
                return
            content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(content)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in (content,) if not reply.drip else (content[i : i + 1] for i in range(len(content))):
                self.wfile.write(piece)
                server.released.wait(reply.drip)

        def handle(self) -> None:
            # A client that is killed in the middle of a request is part of these tests.
            try:
                super().handle()
            except ConnectionError:
                self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815

    return Handler


def _body(handler: BaseHTTPRequestHandler) -> bytes:
    if handler.headers.get("Transfer-Encoding", "").lower() == "chunked":
        raw = b"".join(_chunks(handler))
    else:
        raw = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    return gzip.decompress(raw) if handler.headers.get("Content-Encoding") == "gzip" else raw


def _chunks(handler: BaseHTTPRequestHandler) -> list[bytes]:
    chunks = []
    while size := int(handler.rfile.readline().strip() or b"0", 16):
        chunks.append(handler.rfile.read(size))
        handler.rfile.readline()
    handler.rfile.readline()
    return chunks
