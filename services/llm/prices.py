"""Prices, from a data file with a date and a source; Setup may override single figures."""

import json
import time
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from services.db import SessionLocal
from services.db.models import Preference

_FILE = Path(__file__).parent / "data" / "prices.json"
OVERRIDES = "prices"


@dataclass(frozen=True)
class Price:
    """USD per million tokens of one model; `training` is None where it cannot be fine-tuned."""

    model: str
    input: float
    cached: float
    output: float
    training: float | None
    shutdown: date | None
    as_of: date
    source: str


def price(model: str, *, batch: bool = False) -> Price | None:
    """The price of calling `model` (a fine-tuned `ft:` model at its own rate), or None if unknown.

    `batch`: through the batch service, at its share of the price or, where the file has one, its own.
    """
    table = _table()
    tuned = model.startswith("ft:")
    base = model.split(":")[1] if tuned and model.count(":") else model
    base = table["aliases"].get(base, base)
    row = {**table["models"].get(base, {}), **_overrides().get(base, {})}
    names = [("tuned_" if tuned else "") + name for name in ("input", "cached", "output")]
    if any(row.get(name) is None for name in names):
        return None
    share = float(table["batch_share"]) if batch else 1.0
    own = [row.get(f"batch_{name}") if batch else None for name in names]
    into, cached, out = (
        float(row[name]) * share if special is None else float(special)
        for name, special in zip(names, own, strict=True)
    )
    ends = date.fromisoformat(row["shutdown"]) if row.get("shutdown") else None
    training = None if row.get("training") is None else float(row["training"])
    return Price(
        model, into, cached, out, training, ends, date.fromisoformat(table["as_of"]), table["source"]
    )


def cost_micro(
    model: str, prompt: int, completion: int, cached: int = 0, *, batch: bool = False
) -> int | None:
    """The price of one call in millionths of a dollar, or None if the model's price is unknown."""
    known = price(model, batch=batch)
    if known is None:
        return None
    fresh = max(0, prompt - cached)
    return round(fresh * known.input + cached * known.cached + completion * known.output)


def forget() -> None:
    """Read Setup's own figures anew at the next question."""
    _read_overrides.cache_clear()


def priced_models() -> list[str]:
    """Every model of the price file, in its order."""
    return list(_table()["models"])


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return table


def _overrides() -> dict[str, Any]:
    """Setup's own figures; read at most once in five seconds, since every call is priced."""
    return _read_overrides(int(time.monotonic() // 5))


@lru_cache(maxsize=1)
def _read_overrides(_moment: int) -> dict[str, Any]:
    with SessionLocal.reading() as session:
        row = session.get(Preference, OVERRIDES)
        return dict(row.value) if row else {}
