"""The official client, one per address and key, for every provider alike."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import openai

from services.config import settings
from services.llm import provider as providers

_TIMEOUT = openai.Timeout(120.0, connect=5.0)
_clients: dict[tuple[str, str], openai.OpenAI] = {}
_lock = threading.Lock()


def connect(info: providers.ProviderInfo | None = None) -> openai.OpenAI:
    """A client that never retries by itself: retrying, and paying, is decided by the caller.

    Raises ProviderDownError while the embedded engine is not there.
    """
    info = info or providers.current()
    key = "embedded" if info.embedded else settings.OPENAI_API_KEY or "none"
    address = providers.address(info)
    with _lock:
        if (address, key) not in _clients:
            _clients[address, key] = _create(address, key)
        return _clients[address, key]


@contextmanager
def temporary(address: str, key: str, seconds: float) -> Iterator[openai.OpenAI]:
    """A client for one test of an address and a key that are not stored yet."""
    client = _create(address, key)
    try:
        yield client.with_options(timeout=openai.Timeout(seconds, connect=5.0))
    finally:
        client.close()


def close() -> None:
    """Close every connection; the next `connect` opens new ones."""
    with _lock:
        for client in _clients.values():
            client.close()
        _clients.clear()


def _create(address: str, key: str) -> openai.OpenAI:
    return openai.OpenAI(
        base_url=address,
        api_key=key,
        max_retries=0,
        timeout=_TIMEOUT,
        http_client=openai.DefaultHttpxClient(
            limits=openai.DEFAULT_CONNECTION_LIMITS, follow_redirects=False, trust_env=not _loopback(address)
        ),
    )


def _loopback(address: str) -> bool:
    return address.startswith(("http://127.0.0.1", "http://localhost", "http://[::1]"))
