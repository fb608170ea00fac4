"""Which provider still fine-tunes which model, and until when: dated facts, overruled by the provider."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from services.config import EMBEDDED_MODEL
from services.fine_tuning.targets import Target

_FILE = Path(__file__).parent / "data" / "eligibility.json"
_LONGEST_SUFFIX = 64


@dataclass(frozen=True)
class Eligibility:
    """What is known of a model at a provider.

    `tunable` is None where nothing is published; then the provider itself must say. `reason` of a False:
    `model_closed` (shut down), `model_not_tunable`, `provider_closed`.
    """

    model: str
    tunable: bool | None
    reason: str
    shutdown: date | None
    closes: date | None
    closed_to_new_since: date | None
    as_of: date
    source: str


def of(target: Target, model: str, today: date) -> Eligibility:
    """What is known today of fine-tuning `model` at `target`."""
    table, host = _table(), _host(target)
    row = table["models"].get(model, {})
    shutdown, closes = _day(row.get("shutdown")), _day(host.get("closed_to_all_from"))
    tunable, reason = _verdict(target, row, shutdown, closes, today)
    source = table["sources"].get(host.get("source", "shutdown"), "")
    return Eligibility(
        model,
        tunable,
        reason,
        shutdown,
        closes,
        _day(host.get("closed_to_new_since")),
        date.fromisoformat(table["as_of"]),
        source,
    )


def _verdict(
    target: Target, row: dict[str, Any], shutdown: date | None, closes: date | None, today: date
) -> tuple[bool | None, str]:
    if target.embedded:
        return True, ""
    if shutdown and shutdown <= today:
        return False, "model_closed"
    if row.get("tunable") is False:
        return False, "model_not_tunable"
    if closes and closes <= today:
        return False, "provider_closed"
    return (True, "") if row.get("tunable") else (None, "")


def tunable_models(target: Target, today: date) -> list[str]:
    """The models known to be open for fine-tuning at `target` today; of other providers none is known."""
    if target.embedded:
        return [EMBEDDED_MODEL]
    if not _host(target):
        return []
    return [name for name in _table()["models"] if of(target, name, today).tunable]


def suffix_length(target: Target) -> int:
    """The longest suffix a model's name may get at `target`, in characters."""
    return int(_host(target).get("suffix_length", _LONGEST_SUFFIX))


def request_shape(target: Target, hyperparameters: dict[str, Any]) -> dict[str, Any]:
    """How hyperparameters are said at `target`: as a method, or on top; with what else it must be told."""
    host = _host(target)
    shaped: dict[str, Any] = {}
    if host.get("hyperparameters_on_top"):
        shaped["hyperparameters"] = hyperparameters
    else:
        shaped["method"] = {"type": "supervised", "supervised": {"hyperparameters": hyperparameters}}
    if host.get("extra_body"):
        shaped["extra_body"] = host["extra_body"]
    return shaped


def _host(target: Target) -> dict[str, Any]:
    hosts = _table()["hosts"].items()
    return next((row for name, row in hosts if target.host.endswith(name)), {})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return table
