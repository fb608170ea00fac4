"""Making what a model or a person gave fit the attributes of a type."""

import math
from collections.abc import Mapping

from services.extraction.schema.types import TYPES, Attribute, Attributes, AttributeValue, Scalar


def normalise(code: str, raw: object) -> tuple[Attributes, int]:
    """The attributes of type `code`, complete and in order, and how many given values did not fit.

    What does not fit its kind becomes `None`; keys the type does not have are left out; both count.
    """
    given = raw if isinstance(raw, dict) else {}
    fields = TYPES[code].attributes
    unfit = 0 if isinstance(raw, dict) or raw is None else 1
    attributes, wrong = _record(fields, given)
    return attributes, unfit + wrong


def _record(fields: tuple[Attribute, ...], given: Mapping[object, object]) -> tuple[Attributes, int]:
    values: Attributes = {}
    wrong = sum(key not in {f.name for f in fields} for key in given)
    for spec in fields:
        raw = given.get(spec.name)
        if spec.kind == "records":
            values[spec.name], bad = _records(spec, raw)
            wrong += bad
        else:
            values[spec.name] = _scalar(spec, raw)
            wrong += raw not in (None, "") and values[spec.name] is None
    return values, wrong


def _records(field: Attribute, raw: object) -> tuple[AttributeValue, int]:
    if not isinstance(raw, list):
        return None, int(raw is not None)
    records: list[dict[str, Scalar]] = []
    wrong = 0
    for item in raw:
        if not isinstance(item, dict):
            wrong += 1
            continue
        values = {f.name: _scalar(f, item.get(f.name)) for f in field.fields}
        wrong += sum(item.get(name) not in (None, "") and value is None for name, value in values.items())
        records.append(values)
    return records, wrong


def _scalar(field: Attribute, raw: object) -> Scalar:
    if field.kind == "number":
        return _number(raw)
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return None
    text = clean(str(raw))
    if field.kind == "choice":
        return text.lower() if text.lower() in field.choices else None
    return text or None


def _number(raw: object) -> int | float | None:
    if isinstance(raw, str):
        raw = raw.strip().replace(",", ".")
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return None
    try:
        value = float(raw)
    except (ValueError, OverflowError):
        return None
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value


def clean(text: str) -> str:
    """`text` without edge white space and without what a database cannot store (NUL, lone surrogates)."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8").strip()
