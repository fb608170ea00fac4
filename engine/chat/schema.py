"""Schemas a caller may ask the reply to follow, and those that are refused."""

import json
from collections.abc import Iterator
from functools import lru_cache

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from engine.chat.fitting import Fitter, MisfitError, subschemas
from engine.elements import JsonValue
from engine.errors import ApiError, invalid
from engine.wire import JsonObject

_PARAM = "response_format"
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


class ReplyShape:
    """A schema for the reply, known to be one the engine can satisfy."""

    def __init__(self, name: str, schema: JsonObject, strict: bool) -> None:
        """Raises `ApiError` 400 for a schema that is none, leaves itself, is not strict, or fits no reply."""
        _check(name, schema, strict)
        self._fitter = Fitter(schema)
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
            return self._fitter.fit(reply)
        except MisfitError:
            raise invalid(
                "The reply cannot be made to satisfy the schema.", _PARAM, "unsatisfiable_schema"
            ) from None

    def _takes(self, kind: str) -> bool:
        element: JsonObject = {"type": kind, "quote": "…", "attributes": _SAMPLES.get(kind, {})}
        try:
            fitted = self._fitter.fit({"elements": [element]})
        except MisfitError:
            return False
        return isinstance(fitted, dict) and bool(fitted.get("elements"))


@lru_cache(maxsize=64)
def shape_of(name: str, schema_text: str, strict: bool) -> ReplyShape:
    """The shape of a schema given as JSON text; the same one comes with every call of a run."""
    try:
        return ReplyShape(name, json.loads(schema_text), strict)
    except RecursionError:
        raise _wrong(name, "it is nested too deeply.") from None


def _check(name: str, schema: JsonObject, strict: bool) -> None:
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise _wrong(name, error.message) from None
    if schema.get("type") != "object":
        raise _wrong(name, "the root must be an object.")
    for part in subschemas(schema):
        if not str(part.get("$ref", "#")).startswith("#"):
            raise _wrong(name, "'$ref' leaves the schema.")
        if strict and "properties" in part:
            _check_strict(name, part)


def _check_strict(name: str, part: JsonObject) -> None:
    properties, required = part["properties"], part.get("required")
    if part.get("additionalProperties") is not False:
        raise _wrong(name, "'additionalProperties' is required to be supplied and to be false.")
    keys = {str(key) for key in required} if isinstance(required, list) else set()
    if isinstance(properties, dict) and properties.keys() - keys:
        raise _wrong(
            name,
            "'required' is required to be supplied and to be an array including every key in properties.",
        )


def _wrong(name: str, reason: str) -> ApiError:
    return invalid(f"Invalid schema for response_format '{name}': {reason}", _PARAM, "invalid_json_schema")


def _names(schema: JsonObject) -> Iterator[str]:
    for part in subschemas(schema):
        values = part.get("enum")
        for value in [*(values if isinstance(values, list) else []), part.get("const")]:
            if isinstance(value, str):
                yield value
