"""Strict JSON schemas: the engine's answer, cut and completed until it satisfies the schema it was given."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from referencing import Registry

from engine.elements import JsonValue
from engine.errors import invalid
from engine.wire import JsonObject

_PARAM = "response_format"
_MAX_DEPTH = 32
_DROPPED_ITEM = 10
_FILLERS: tuple[JsonValue, ...] = (None, "", [], {})
_SAMPLES: dict[str, JsonObject] = {
    "OBLIGATION": {"bearer": "…", "action": "…"},
    "RIGHT": {"bearer": "…", "action": "…"},
    "COMPETENCE": {"bearer": "…", "action": "…"},
    "PROHIBITION": {"bearer": "…", "action": "…", "form": "norm"},
    "SANCTION": {"penalties": []},
    "ACTOR": {"role": "bearer"},
    "CONDITION": {"polarity": "if"},
    "DEADLINE": {"kind": "latest", "value": 1, "unit": "month", "from_event": "…"},
    "DEFINITION": {"term": "…", "meaning": "…"},
    "REFERENCE": {"target_act": "self", "article": "1"},
    "CHANGE": {"op": "insert", "effective": "…"},
}


class MisfitError(Exception):
    """A value that no cutting or completing makes satisfy its schema."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A value that satisfies its schema, and how much was cut or filled in on the way."""

    value: JsonValue
    loss: int


class ReplyShape:
    """A schema a caller asks for. Building one refuses schemas no reply can satisfy with 400."""

    def __init__(self, name: str, schema: JsonObject, strict: bool) -> None:
        self._schema = schema
        self._check(name, strict)
        self._validator = Draft202012Validator(schema, registry=Registry())
        if not any(self._takes(kind) for kind in sorted({*_SAMPLES, *_names(schema)})):
            raise invalid(
                f"Schema '{name}' cannot be satisfied: this model answers with an object whose 'elements' is"
                " a list of objects with the keys 'type', 'quote' and 'attributes'.",
                _PARAM,
                "unsatisfiable_schema",
            )

    def apply(self, reply: JsonObject) -> JsonValue:
        """The reply under the schema; elements the schema has no place for are left out."""
        try:
            value = self._fit(reply, self._schema, 0).value
            if self._valid(value, self._schema):
                return value
        except MisfitError:
            pass
        raise invalid("The reply cannot be made to satisfy the schema.", _PARAM, "unsatisfiable_schema")

    def _check(self, name: str, strict: bool) -> None:
        try:
            Draft202012Validator.check_schema(self._schema)
        except SchemaError as error:
            raise invalid(f"Invalid schema for response_format '{name}': {error.message}", _PARAM) from None
        if self._schema.get("type") != "object":
            raise invalid(f"Invalid schema for response_format '{name}': the root must be an object.", _PARAM)
        for part in _parts(self._schema):
            reference = part.get("$ref")
            if isinstance(reference, str) and not reference.startswith("#"):
                raise invalid(
                    f"Invalid schema for response_format '{name}': '$ref' leaves the schema.", _PARAM
                )
            if strict and "properties" in part:
                _check_strict(name, part)

    def _takes(self, kind: str) -> bool:
        sample: JsonObject = {
            "elements": [{"type": kind, "quote": "…", "attributes": _SAMPLES.get(kind, {})}]
        }
        try:
            fitted = self._fit(sample, self._schema, 0).value
        except MisfitError:
            return False
        return isinstance(fitted, dict) and bool(fitted.get("elements"))

    def _fit(self, value: JsonValue, schema: JsonValue, depth: int) -> Fit:
        if depth > _MAX_DEPTH:
            raise MisfitError
        if not isinstance(schema, dict):
            if schema is False:
                raise MisfitError
            return Fit(value, 0)
        reference = schema.get("$ref")
        if isinstance(reference, str):
            return self._fit(value, self._resolve(reference), depth + 1)
        options = schema.get("anyOf", schema.get("oneOf"))
        if isinstance(options, list):
            return self._best(value, options, depth + 1)
        if isinstance(value, dict) and _allows(schema, "object"):
            return self._fit_object(value, schema, depth)
        if isinstance(value, list) and _allows(schema, "array"):
            return self._fit_list(value, schema, depth)
        fit = _fit_scalar(value, schema)
        if not self._valid(fit.value, schema):
            raise MisfitError
        return fit

    def _valid(self, value: JsonValue, schema: JsonValue) -> bool:
        return not isinstance(schema, dict) or self._validator.evolve(schema=schema).is_valid(value)

    def _best(self, value: JsonValue, options: list[JsonValue], depth: int) -> Fit:
        fits: list[Fit] = []
        for option in options:
            try:
                fits.append(self._fit(value, option, depth))
            except MisfitError:
                continue
        if not fits:
            raise MisfitError
        return min(fits, key=lambda fit: fit.loss)

    def _fit_object(self, value: JsonObject, schema: JsonObject, depth: int) -> Fit:
        properties = schema.get("properties")
        known = properties if isinstance(properties, dict) else {}
        others = schema.get("additionalProperties", True)
        required = schema.get("required")
        fitted: JsonObject = {}
        loss = 0
        for key in [*value, *(required if isinstance(required, list) else [])]:
            if not isinstance(key, str) or key in fitted:
                continue
            part = known.get(key, others)
            if part is False:
                loss += value[key] is not None
                continue
            fit = self._fit(value[key], part, depth + 1) if key in value else self._fill(part, depth + 1)
            fitted[key] = fit.value
            loss += fit.loss
        return Fit({key: fitted[key] for key in sorted(fitted, key=_order_of(known))}, loss)

    def _fit_list(self, value: list[JsonValue], schema: JsonObject, depth: int) -> Fit:
        items: list[JsonValue] = []
        part, loss = schema.get("items", True), 0
        for item in value:
            fit = self._fit_item(item, part, depth + 1)
            if fit is None:
                loss += _DROPPED_ITEM
                continue
            items.append(fit.value)
            loss += fit.loss
        limit = schema.get("maxItems")
        if isinstance(limit, int) and len(items) > limit:
            loss += _DROPPED_ITEM * (len(items) - limit)
            items = items[:limit]
        return Fit(items, loss)

    def _fit_item(self, item: JsonValue, schema: JsonValue, depth: int) -> Fit | None:
        try:
            fit = self._fit(item, schema, depth)
        except MisfitError:
            return None
        return fit if self._valid(fit.value, schema) else None

    def _fill(self, schema: JsonValue, depth: int) -> Fit:
        for filler in _FILLERS:
            try:
                return Fit(self._fit(filler, schema, depth).value, 1)
            except MisfitError:
                continue
        raise MisfitError

    def _resolve(self, reference: str) -> JsonValue:
        part: JsonValue = self._schema
        for step in reference.removeprefix("#").strip("/").split("/"):
            name = step.replace("~1", "/").replace("~0", "~")
            if not name:
                continue
            if not isinstance(part, dict) or name not in part:
                raise MisfitError
            part = part[name]
        return part


@lru_cache(maxsize=64)
def shape_of(name: str, schema_text: str, strict: bool) -> ReplyShape:
    """The shape of a schema given as JSON text; the same one comes with every call of a run."""
    return ReplyShape(name, json.loads(schema_text), strict)


def _allows(schema: JsonObject, kind: str) -> bool:
    kinds = schema.get("type", kind)
    return kind == kinds or (isinstance(kinds, list) and kind in kinds)


def _fit_scalar(value: JsonValue, schema: JsonObject) -> Fit:
    kinds = schema.get("type")
    allowed = kinds if isinstance(kinds, list) else [kinds]
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and allowed in (["string"], ["string", "null"])
    ):
        return Fit(str(value), 1)
    if value is None and allowed == ["string"] and "enum" not in schema:
        return Fit("", 1)
    return Fit(value, 0)


def _order_of(known: JsonObject) -> "_Order":
    return _Order({key: place for place, key in enumerate(known)})


@dataclass(frozen=True, slots=True)
class _Order:
    """Keys of the schema first, in its order, as strict mode answers; others after them."""

    places: dict[str, int]

    def __call__(self, key: str) -> int:
        return self.places.get(key, len(self.places))


def _check_strict(name: str, part: JsonObject) -> None:
    properties, required = part["properties"], part.get("required")
    if part.get("additionalProperties") is not False:
        raise invalid(
            f"Invalid schema for response_format '{name}': 'additionalProperties' is required to be supplied"
            " and to be false.",
            _PARAM,
        )
    if isinstance(properties, dict) and (
        not isinstance(required, list) or set(properties) - {str(r) for r in required}
    ):
        raise invalid(
            f"Invalid schema for response_format '{name}': 'required' is required to be supplied and to"
            " include every key in properties.",
            _PARAM,
        )


def _parts(schema: JsonValue) -> Iterator[JsonObject]:
    stack = [schema]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            yield part
            stack.extend(part.values())
        elif isinstance(part, list):
            stack.extend(part)


def _names(schema: JsonObject) -> Iterator[str]:
    for part in _parts(schema):
        values = part.get("enum")
        for value in [*(values if isinstance(values, list) else []), part.get("const")]:
            if isinstance(value, str):
                yield value
