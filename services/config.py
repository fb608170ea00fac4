"""Settings: one table of fields, read from the environment, then `.env`, then the defaults.

`settings` always answers with the present values: a changed `.env` is noticed at the next access,
so that pages and long-running processes see what Setup saved without a restart.
"""

import os
import re
import stat
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from dotenv import dotenv_values

from services.errors import AppError

ROOT = Path(__file__).resolve().parent.parent
EMBEDDED_MODEL = "norma-base-1"
OPENAI_URL = "https://api.openai.com/v1"

Provider = Literal["embedded", "openai", "custom"]
Value = str | bool | int | float | Path


class ConfigError(AppError):
    """A value that cannot be used. `field` names it, `value` is shown only where it is no secret.

    `kind` says what the value should be (`address`, `key`, `name`), or that it is missing (`empty`).
    """

    code = "config_invalid"


class EnvFileError(AppError):
    """`.env` could not be written (`path`); nothing was changed."""

    code = "env_not_writable"


class LockedError(AppError):
    """The environment sets this field, so `.env` cannot change it (`field`)."""

    code = "config_locked"


@dataclass(frozen=True)
class Field:
    """One setting: its name in the environment, its kind, its default and what it is for."""

    name: str
    kind: type
    default: Value
    help: str
    secret: bool = False


FIELDS: tuple[Field, ...] = (
    Field("OPENAI_API_KEY", str, "", "Key of the model provider; empty: the embedded engine.", secret=True),
    Field(
        "OPENAI_BASE_URL",
        str,
        "",
        "Address of an OpenAI-compatible provider; empty: OpenAI, or the engine.",
    ),
    Field(
        "OPENAI_MODEL",
        str,
        "",
        "Model used until another is made active; empty: the provider's own.",
    ),
    Field("WANDB_ENABLED", bool, True, "Track runs and traces; without a key they wait on this computer."),
    Field("WANDB_API_KEY", str, "", "Weights & Biases key.", secret=True),
    Field("WANDB_PROJECT", str, "norma", "Weights & Biases project."),
    Field("WANDB_ENTITY", str, "", "Weights & Biases user or team; empty: the key's own."),
    Field("WANDB_BASE_URL", str, "", "Address of a Weights & Biases server of your own."),
    Field("WANDB_TEXTS", bool, True, "Send texts of acts in traces; false: counts, timings and ids only."),
    Field("DATABASE_URL", str, "", "Database; empty: SQLite in DATA_DIR.", secret=True),
    Field("DB_AUTO_UPGRADE", bool, False, "Upgrade a PostgreSQL database at start (SQLite always does)."),
    Field("DATA_DIR", Path, ROOT / "data", "Where everything that is not code lives."),
    Field("EXTRACTION_CONCURRENCY", int, 4, "Model calls at once."),
    Field("MODEL_TIMEOUT", int, 120, "Seconds a model may take for an answer."),
    Field("RADA_BASE_URL", str, "https://data.rada.gov.ua", "Address of the Rada's open data."),
    Field("UI_LANGUAGE", str, "uk", "Language of the interface until the user chooses: uk or en."),
)
BY_NAME = {field.name: field for field in FIELDS}
_KEY_OF = {"OPENAI_BASE_URL": "OPENAI_API_KEY", "WANDB_BASE_URL": "WANDB_API_KEY"}
_KINDS = {
    "OPENAI_BASE_URL": "address",
    "WANDB_BASE_URL": "address",
    "OPENAI_API_KEY": "key",
    "WANDB_API_KEY": "key",
    "WANDB_PROJECT": "name",
    "WANDB_ENTITY": "name",
}
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


@dataclass(frozen=True)
class Settings:
    """Checked values of every field; attributes carry the environment's names."""

    values: Mapping[str, Value]
    locked: frozenset[str]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __repr__(self) -> str:
        shown = {n: "***" if BY_NAME[n].secret and v else v for n, v in self.values.items()}
        return f"Settings({shown})"

    @property
    def provider(self) -> Provider:
        """Which kind of provider answers: neither key nor address means the embedded engine."""
        if self.values["OPENAI_BASE_URL"]:
            return "custom"
        return "openai" if self.values["OPENAI_API_KEY"] else "embedded"

    @property
    def database_url(self) -> str:
        """The SQLAlchemy address of the database."""
        return str(self.values["DATABASE_URL"]) or f"sqlite:///{self.data_dir / 'norma.db'}"

    @property
    def data_dir(self) -> Path:
        """DATA_DIR as an absolute path."""
        return cast(Path, self.values["DATA_DIR"])


def env_file() -> Path:
    """Where `.env` stands (`NORMA_ENV_FILE` moves it, for tests and for several installations)."""
    return Path(os.environ.get("NORMA_ENV_FILE") or ROOT / ".env")


def load() -> Settings:
    """Read every field anew. Raises ConfigError naming the first field that cannot be used."""
    stored = _stored()
    locked = frozenset(f.name for f in FIELDS if os.environ.get(f.name))
    raw = {f.name: os.environ.get(f.name) or stored.get(f.name) or None for f in FIELDS}
    return Settings({f.name: _parse(f, raw[f.name]) for f in FIELDS}, locked)


def save(changes: Mapping[str, Value]) -> Settings:
    """Write changed fields to `.env` (mode 600, in one step) and return the new settings.

    A new address clears the key unless a new key comes with it: a key must never reach another host.
    Raises ConfigError, LockedError or EnvFileError; then nothing is written.
    """
    before = load()
    changes = dict(changes)
    for address, key in _KEY_OF.items():
        moved = address in changes and changes[address] != before.values[address]
        if moved and key not in changes and key not in before.locked:
            changes[key] = ""
    texts = {name: _text(value) for name, value in changes.items()}
    for name, text in texts.items():
        if name in before.locked and text != _text(before.values[name]):
            raise LockedError(field=name)
        _parse(BY_NAME[name], text or None)
    _write({name: text for name, text in texts.items() if name not in before.locked})
    return load()


def check(name: str, value: Value) -> None:
    """Raise ConfigError if a field cannot take this value; an empty one stands for the default."""
    _parse(BY_NAME[name], _text(value) or None)


def _stored() -> dict[str, str | None]:
    path = env_file()
    try:
        return dict(dotenv_values(path, interpolate=False, encoding="utf-8-sig")) if path.is_file() else {}
    except (OSError, UnicodeDecodeError) as problem:
        raise ConfigError(field=".env", value=type(problem).__name__) from problem


def _text(value: Value) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value).strip()


def _parse(field: Field, text: str | None) -> Value:
    if text is None:
        return field.default
    try:
        value = _convert(field, text.strip())
        check = _CHECKS.get(field.name)
        return check(value) if check else value
    except ValueError:
        shown = "***" if field.secret else text
        raise ConfigError(field=field.name, value=shown, kind=_KINDS.get(field.name, "")) from None


def _convert(field: Field, text: str) -> Value:
    if field.kind is bool:
        if text.lower() not in _TRUE | _FALSE:
            raise ValueError
        return text.lower() in _TRUE
    if field.kind is Path:
        return (ROOT / Path(text).expanduser()).resolve()
    if field.kind is int:
        return int(text)
    if any(ord(c) < 32 or c == "\x7f" for c in text):
        raise ValueError
    return text


def _url(value: Value) -> Value:
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", str(value)):
        raise ValueError
    return str(value).rstrip("/")


def _database(value: Value) -> Value:
    if not re.match(r"(sqlite:///|postgresql(\+psycopg)?://)", str(value)):
        raise ValueError
    return value


def _between(low: int, high: int) -> Callable[[Value], Value]:
    def check(value: Value) -> Value:
        if not low <= cast(int, value) <= high:
            raise ValueError
        return value

    return check


def _ascii(value: Value) -> Value:
    """Keys travel in an HTTP header: a letter that looks Latin and is not would fail there, unexplained."""
    if not str(value).isascii() or " " in str(value):
        raise ValueError
    return value


def _project(value: Value) -> Value:
    if not re.fullmatch(r"[\w.-]{1,128}", str(value)):
        raise ValueError
    return value


def _language(value: Value) -> Value:
    if value not in ("uk", "en"):
        raise ValueError
    return value


_CHECKS: dict[str, Callable[[Value], Value]] = {
    "OPENAI_API_KEY": _ascii,
    "WANDB_API_KEY": _ascii,
    "OPENAI_BASE_URL": _url,
    "WANDB_BASE_URL": _url,
    "RADA_BASE_URL": _url,
    "DATABASE_URL": _database,
    "WANDB_PROJECT": _project,
    "WANDB_ENTITY": _project,
    "EXTRACTION_CONCURRENCY": _between(1, 64),
    "MODEL_TIMEOUT": _between(5, 3600),
    "UI_LANGUAGE": _language,
}


def _write(texts: Mapping[str, str]) -> None:
    path = env_file()
    if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
        raise EnvFileError(path=str(path))
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
    kept = [line for line in lines if line.split("=", 1)[0].removeprefix("export ").strip() not in texts]
    new = [f"{name}={_quoted(text)}" for name, text in texts.items() if text]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".env-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join([*kept, *new]) + "\n")
        Path(temporary).chmod(0o600)
        Path(temporary).replace(path)
    except OSError as problem:
        raise EnvFileError(path=str(path)) from problem


def _quoted(text: str) -> str:
    if re.fullmatch(r"[\w./:@%+,?&=-]+", text):
        return text
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


class _Live:
    """The settings of this moment; reads `.env` again only when it or the environment changed."""

    def __init__(self) -> None:
        self._stamp: object = None
        self._now: Settings | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._current(), name)

    def __repr__(self) -> str:
        return repr(self._current())

    def _current(self) -> Settings:
        path = env_file()
        try:
            mark = path.stat()
            stamp: object = (str(path), mark.st_mtime_ns, mark.st_size, _environment())
        except OSError:
            stamp = (str(path), None, _environment())
        if self._now is None or stamp != self._stamp:
            self._now, self._stamp = load(), stamp
        return self._now


def _environment() -> tuple[str | None, ...]:
    return tuple(os.environ.get(field.name) for field in FIELDS)


settings = cast(Settings, _Live())
