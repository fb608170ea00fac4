"""The official client, one per address and key, for every provider alike."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import openai

from services.config import settings
from services.llm import deadlines, limits
from services.llm import provider as providers

_CONNECT_SECONDS = 5.0
_clients: dict[tuple[str, str, float], openai.OpenAI] = {}
_lock = threading.Lock()


def connect(info: providers.ProviderInfo | None = None) -> openai.OpenAI:
    """A client that never retries by itself: retrying, and paying, is decided by the caller.

    Raises ProviderDownError while the embedded engine is not there.
    """
    info = info or providers.current()
    key = "embedded" if info.embedded else settings.OPENAI_API_KEY or "none"
    which = providers.address(info), key, limits.of(info).timeout_seconds
    with _lock:
        if which not in _clients:
            _clients[which] = _create(*which)
        return _clients[which]


@contextmanager
def temporary(address: str, key: str, seconds: float) -> Iterator[openai.OpenAI]:
    """A client for one test of an address and a key that are not stored yet."""
    client = _create(address, key, seconds)
    try:
        yield client
    finally:
        client.close()


def close() -> None:
    """Close every connection; the next `connect` opens new ones."""
    with _lock:
        for client in _clients.values():
            client.close()
        _clients.clear()


def _create(address: str, key: str, seconds: float) -> openai.OpenAI:
    return openai.OpenAI(
        base_url=address,
        api_key=key,
        max_retries=0,
        timeout=openai.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS)),
        http_client=deadlines.bound(
            openai.DefaultHttpxClient(
                limits=openai.DEFAULT_CONNECTION_LIMITS,
                follow_redirects=False,
                trust_env=not _loopback(address),
            )
        ),
    )


def _loopback(address: str) -> bool:
    return address.startswith(("http://127.0.0.1", "http://localhost", "http://[::1]"))
