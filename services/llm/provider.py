"""Which provider answers, as the settings say."""

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from services.config import EMBEDDED_MODEL, OPENAI_URL, Provider, settings
from services.llm.errors import ProviderDownError

OPENAI_DEFAULT_MODEL = "gpt-4.1-mini-2025-04-14"


@dataclass(frozen=True)
class ProviderInfo:
    """A provider. `url` names it in the database: the embedded engine's port changes, its name does not."""

    kind: Provider
    url: str
    host: str
    default_model: str

    @property
    def embedded(self) -> bool:
        """True for the engine on this computer: free, and no text leaves the building."""
        return self.kind == "embedded"


def current() -> ProviderInfo:
    """The provider of this moment's settings."""
    kind = settings.provider
    if kind == "embedded":
        return ProviderInfo(kind, "embedded", "127.0.0.1", settings.OPENAI_MODEL or EMBEDDED_MODEL)
    url = settings.OPENAI_BASE_URL or OPENAI_URL
    fallback = OPENAI_DEFAULT_MODEL if kind == "openai" else ""
    return ProviderInfo(kind, url, host_of(url), settings.OPENAI_MODEL or fallback)


def host_of(url: str) -> str:
    """The host an address names, with its port, without user or password."""
    return urlsplit(url).netloc.rpartition("@")[2]


def engine_dir() -> Path:
    """Where the embedded engine keeps its files, models and address."""
    return settings.data_dir / "engine"


def address(info: ProviderInfo) -> str:
    """The base_url to call. Raises ProviderDownError while the embedded engine has not yet said its port."""
    if not info.embedded:
        return info.url
    try:
        said = json.loads((engine_dir() / "engine.json").read_text(encoding="utf-8"))
        return f"http://127.0.0.1:{int(said['port'])}/v1"
    except (OSError, ValueError, KeyError, TypeError):
        raise ProviderDownError(host=info.host, embedded=True) from None
