"""The official client, one per address and key, for every provider alike."""

import threading
from functools import lru_cache

import openai

from services.config import settings
from services.llm import provider as providers

_TIMEOUT = openai.Timeout(120.0, connect=5.0)
_lock = threading.Lock()


def connect(info: providers.ProviderInfo | None = None) -> openai.OpenAI:
    """A client that never retries by itself: retrying, and paying, is decided by the caller.

    Raises ProviderDownError while the embedded engine is not there.
    """
    info = info or providers.current()
    key = "embedded" if info.embedded else settings.OPENAI_API_KEY or "none"
    with _lock:
        return _client(providers.address(info), key)


@lru_cache(maxsize=8)
def _client(address: str, key: str) -> openai.OpenAI:
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
