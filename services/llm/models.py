"""What models a provider offers."""

import time
from functools import lru_cache

import openai

from services.llm import client as clients
from services.llm import provider as providers
from services.llm.errors import LlmError, translate

# A page waits for this; a model's answer may take minutes, a list may not.
_SECONDS = 5.0


def available(info: providers.ProviderInfo | None = None) -> list[str]:
    """Names of the provider's models, sorted; asked at most once a minute. Raises LlmError."""
    info = info or providers.current()
    return list(_list(info, providers.address(info), int(time.monotonic() // 60)))


@lru_cache(maxsize=4)
def _list(info: providers.ProviderInfo, _address: str, _minute: int) -> tuple[str, ...]:
    return tuple(check(info))


def check(info: providers.ProviderInfo) -> list[str]:
    """Ask now, through the real client: the plain test that address and key work. Raises LlmError."""
    try:
        asked = clients.connect(info).with_options(timeout=_SECONDS)
        return sorted(model.id for model in asked.models.list())
    except (openai.OpenAIError, LlmError) as problem:
        raise translate(problem, host=info.host, embedded=info.embedded) from None
