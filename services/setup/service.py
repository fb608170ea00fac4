"""Settings as the Setup page shows and changes them. A stored key never leaves this module."""

from collections.abc import Mapping
from dataclasses import dataclass

import openai

from services.config import (
    EMBEDDED_MODEL,
    OPENAI_URL,
    ConfigError,
    Provider,
    Settings,
    Value,
    check,
    load,
    save,
)
from services.db import SessionLocal
from services.db.models import Preference
from services.errors import AppError
from services.llm import client as clients
from services.llm import prices
from services.llm import provider as providers
from services.llm.errors import KeyRejectedError, LlmError, translate
from services.tracking import connection, outbox

_TEST_SECONDS = 10.0


class AddressError(AppError):
    """A server answers at the address (`host`), but it does not speak OpenAI's protocol there."""

    code = "provider_address"


@dataclass(frozen=True)
class Secret:
    """A key as it may be shown: whether there is one, and its last four characters."""

    is_set: bool
    tail: str


@dataclass(frozen=True)
class SetupView:
    """Everything the page shows; `locked` fields are set by the environment."""

    kind: Provider
    url: str
    key: Secret
    model: str
    tracking: bool
    texts: bool
    wandb_key: Secret
    project: str
    entity: str
    wandb_url: str
    locked: frozenset[str]
    data_dir: str


@dataclass(frozen=True)
class Tested:
    """A provider that answered: its models, and whether the chosen one is among them."""

    models: tuple[str, ...]
    model: str
    knows_model: bool


def view() -> SetupView:
    """The present settings, keys masked."""
    now = load()
    return SetupView(
        kind=now.provider,
        url=now.OPENAI_BASE_URL,
        key=_masked(now.OPENAI_API_KEY),
        model=now.OPENAI_MODEL,
        tracking=now.WANDB_ENABLED,
        texts=now.WANDB_TEXTS,
        wandb_key=_masked(now.WANDB_API_KEY),
        project=now.WANDB_PROJECT,
        entity=now.WANDB_ENTITY,
        wandb_url=now.WANDB_BASE_URL,
        locked=now.locked,
        data_dir=str(now.data_dir),
    )


def save_provider(kind: Provider, url: str, key: str, model: str) -> None:
    """Store the provider; an empty `key` keeps the stored one unless the address changes.

    Raises ConfigError, LockedError, EnvFileError.
    """
    changes: dict[str, Value] = {"OPENAI_MODEL": model.strip()}
    changes["OPENAI_BASE_URL"] = url.strip().rstrip("/") if kind == "custom" else ""
    if kind == "embedded":
        changes["OPENAI_API_KEY"] = ""
    elif key.strip():
        changes["OPENAI_API_KEY"] = key.strip()
    _check_provider(kind, changes)
    save(_changed(changes))


def test_provider(kind: Provider, url: str, key: str, model: str) -> Tested:
    """Ask the provider for its models with what was typed, without storing it.

    Raises LlmError subclasses, AddressError where another kind of server answers, and ConfigError.
    """
    now = load()
    check("OPENAI_API_KEY", key)
    info = _info(kind, url, model)
    known = now.OPENAI_API_KEY if _same_address(now, kind, url) else ""
    typed = "embedded" if kind == "embedded" else key.strip() or known
    if kind == "openai" and not typed:
        raise KeyRejectedError(host=info.host)
    try:
        with clients.temporary(providers.address(info), typed or "none", _TEST_SECONDS) as client:
            names = tuple(sorted(found.id for found in client.models.list().data))
    except openai.NotFoundError:
        raise AddressError(host=info.host) from None
    except (openai.OpenAIError, LlmError) as problem:
        raise translate(problem, host=info.host, embedded=info.embedded) from None
    except (ValueError, TypeError, AttributeError):  # the client met an answer of another protocol
        raise AddressError(host=info.host) from None
    chosen = info.default_model
    return Tested(names, chosen, not chosen or chosen in names)


def save_tracking(
    *, enabled: bool, texts: bool, key: str, project: str, entity: str, url: str, forget_key: bool = False
) -> None:
    """Store what is tracked and where; an empty `key` keeps the stored one. Raises as `save_provider`."""
    changes: dict[str, Value] = {
        "WANDB_ENABLED": enabled,
        "WANDB_TEXTS": texts,
        "WANDB_PROJECT": project.strip(),
        "WANDB_ENTITY": entity.strip(),
        "WANDB_BASE_URL": url.strip().rstrip("/"),
    }
    if key.strip() or forget_key:
        changes["WANDB_API_KEY"] = key.strip()
    save(_changed(changes))
    outbox.retry_now()


def test_tracking(key: str, url: str) -> str:
    """The name of the user or team the key belongs to. Raises TrackingError subclasses."""
    return connection.test_connection(key.strip() or None, url.strip() or None)


def price_overrides() -> dict[str, dict[str, float]]:
    """Prices set here that beat the price file, in USD per million tokens, by model."""
    with SessionLocal.reading() as session:
        row = session.get(Preference, prices.OVERRIDES)
        return {str(model): dict(row.value[model]) for model in row.value} if row else {}


def override_price(model: str, figures: Mapping[str, float] | None) -> None:
    """Set a model's prices (`input`, `cached`, `output`, `training`, `tuned_…`), or None to forget them."""
    kept = price_overrides()
    kept.pop(model, None)
    if figures is not None:
        kept[model] = dict(figures)
    with SessionLocal.begin() as session:
        session.merge(Preference(key=prices.OVERRIDES, value=kept))
    prices.forget()


def _masked(key: str) -> Secret:
    return Secret(bool(key), key[-4:] if len(key) >= 12 else "")


def _info(kind: Provider, url: str, model: str) -> providers.ProviderInfo:
    if kind == "embedded":
        return providers.ProviderInfo(kind, "embedded", "127.0.0.1", model.strip() or EMBEDDED_MODEL)
    address = url.strip().rstrip("/") if kind == "custom" else OPENAI_URL
    _check_provider(kind, {"OPENAI_BASE_URL": address if kind == "custom" else ""})
    fallback = providers.OPENAI_DEFAULT_MODEL if kind == "openai" else ""
    return providers.ProviderInfo(kind, address, providers.host_of(address), model.strip() or fallback)


def _check_provider(kind: Provider, changes: Mapping[str, Value]) -> None:
    if kind == "custom" and not changes.get("OPENAI_BASE_URL"):
        raise ConfigError(field="OPENAI_BASE_URL", value="", kind="empty")
    check("OPENAI_BASE_URL", changes.get("OPENAI_BASE_URL") or "")


def _same_address(now: Settings, kind: Provider, url: str) -> bool:
    return (url.strip().rstrip("/") if kind == "custom" else "") == str(now.OPENAI_BASE_URL)


def _changed(changes: Mapping[str, Value]) -> dict[str, Value]:
    """Without those that stay as they are: a locked field may be shown, and sent back unchanged."""
    now = load()
    return {name: value for name, value in changes.items() if value != now.values[name]}
