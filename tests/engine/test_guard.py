"""What the engine refuses before any route sees it, and how errors look."""

import contextlib
import http.client
import itertools
import json
import urllib.error
import urllib.request
from typing import Any

import openai
import pytest
from openai import OpenAI

from tests.engine.server import BASE, EngineServer, conversation

pytestmark = pytest.mark.xdist_group("engine")  # one engine and one trained model for all


def call(
    server: EngineServer, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, Any], dict[str, str]]:
    """A raw request: status, JSON and headers of the answer."""
    url = f"http://127.0.0.1:{server.address['port']}{path}"
    request = urllib.request.Request(url, body, headers, method=method)
    try:
        with urllib.request.urlopen(request) as reply:  # noqa: S310 - our own loopback server
            return reply.status, json.load(reply), dict(reply.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error), dict(error.headers)


@pytest.mark.parametrize("host", ["norma.example", "127.0.0.1.example", "", "[::2]:80"])
def test_a_foreign_host_is_refused(server: EngineServer, host: str) -> None:
    status, body, _ = call(server, "/v1/models", Host=host)
    assert (status, body["error"]["code"]) == (403, "foreign_request")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8501", "[::1]:80"])
def test_loopback_names_are_served(server: EngineServer, host: str) -> None:
    assert call(server, "/v1/models", Host=host)[0] == 200


def test_a_page_of_another_site_is_refused(server: EngineServer) -> None:
    status, body, _ = call(server, "/v1/fine_tuning/jobs", "POST", b"{}", Origin="https://evil.example")
    assert (status, body["error"]["code"]) == (403, "foreign_request")
    assert call(server, "/v1/models", Origin="null")[0] == 403
    status, _, headers = call(server, "/v1/models", Origin="http://localhost:8501")
    assert status == 200
    assert not [name for name in headers if name.lower().startswith("access-control")]


def test_any_key_is_accepted(server: EngineServer) -> None:
    assert call(server, "/v1/models")[0] == 200
    assert call(server, "/v1/models", Authorization="Bearer зламано".encode().decode("latin-1"))[0] == 200


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/v1/embeddings", "POST", 404), ("/", "GET", 404), ("/v1/chat/completions", "GET", 405)],
)
def test_wrong_routes_answer_in_the_providers_shape(
    server: EngineServer, path: str, method: str, status: int
) -> None:
    found, body, _ = call(server, path, method)
    assert found == status
    assert set(body["error"]) == {"message", "type", "param", "code"}
    assert body["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[]", b"[" * 100_000, b'{"model": 5, "messages": 6}'])
def test_a_body_that_is_no_request_is_a_bad_request(server: EngineServer, body: bytes) -> None:
    status, answer, _ = call(server, "/v1/chat/completions", "POST", body)
    assert (status, answer["error"]["type"]) == (400, "invalid_request_error")


def test_a_body_over_the_bound_is_refused(client: OpenAI) -> None:
    with pytest.raises(openai.APIStatusError) as caught:
        client.chat.completions.create(model=BASE, messages=conversation("слово" * 2_000_000))
    assert (caught.value.status_code, caught.value.code) == (413, "request_too_large")


def test_a_body_without_a_length_is_cut_off_at_the_bound(server: EngineServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.address["port"], timeout=10)
    with contextlib.closing(connection):
        connection.request(
            "POST",
            "/v1/chat/completions",
            itertools.chain([b'{"model": "'], itertools.repeat(b"x" * 1024, 4 * 1024 + 1)),
            {"Transfer-Encoding": "chunked"},
            encode_chunked=True,
        )
        assert connection.getresponse().status == 413


def test_a_broken_upload_is_a_bad_request(server: EngineServer) -> None:
    form = {"Content-Type": "multipart/form-data; boundary=x"}
    status, answer, _ = call(server, "/v1/files", "POST", b"--x\r\nbroken", **form)
    assert (status, answer["error"]["type"]) == (400, "invalid_request_error")


@pytest.mark.parametrize("query", ["limit=0", "limit=abc", "limit=1000000", "limit=²"])
def test_page_sizes_are_checked(server: EngineServer, query: str) -> None:
    status, answer, _ = call(server, f"/v1/fine_tuning/jobs?{urllib.request.quote(query, '=')}")
    assert (status, answer["error"]["param"]) == (400, "limit")
