"""Cuts and completes a value until it satisfies a JSON schema."""

from collections.abc import Iterator
from dataclasses import dataclass

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.exceptions import Unresolvable

from engine.elements import JsonValue
from engine.wire import JsonObject

_MAX_DEPTH = 32
_DROPPED_ITEM = 10
_FILLERS: tuple[JsonValue, ...] = (None, "", [], {})
_TYPES: dict[str, tuple[type, ...]] = {
    "null": (type(None),),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
}
_UNDERSTOOD = {
    "type",
    "enum",
    "const",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "anyOf",
    "$ref",
    "$defs",
    "definitions",
}
_WORDS = {"$schema", "$id", "$comment", "title", "description", "default", "examples", "format", "deprecated"}


class MisfitError(Exception):
    """No cutting or completing makes the value satisfy the schema."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """A value that satisfies its schema, and how much was cut or filled in on the way."""

    value: JsonValue
    loss: int


class Fitter:
    """Fits values to one schema.

    Keywords of strict mode are understood here, which is what makes a reply of many elements cheap; where a
    schema has others, every list item and every result also passes a full validator.
    """

    def __init__(self, schema: JsonObject) -> None:
        self._schema = schema
        self._plain = all(part.keys() <= _UNDERSTOOD | _WORDS for part in subschemas(schema))
        self._validator = Draft202012Validator(schema, registry=Registry())

    def fit(self, value: JsonValue) -> JsonValue:
        """The value under the schema, without list items that have no place in it. Raises `MisfitError`."""
        fitted = self._fit(value, self._schema, 0).value
        if not self._valid(fitted, self._schema):
            raise MisfitError
        return fitted

    def _valid(self, value: JsonValue, schema: JsonValue) -> bool:
        if self._plain or not isinstance(schema, dict):
            return True
        try:
            return self._validator.evolve(schema=schema).is_valid(value)
        except Unresolvable:
            return False

    def _fit(self, value: JsonValue, schema: JsonValue, depth: int) -> _Fit:
        if depth > _MAX_DEPTH or schema is False:
            raise MisfitError
        if not isinstance(schema, dict):
            return _Fit(value, 0)
        reference = schema.get("$ref")
        if isinstance(reference, str):
            return self._fit(value, self._resolve(reference), depth + 1)
        options = schema.get("anyOf", schema.get("oneOf"))
        if isinstance(options, list):
            return self._best(value, options, depth + 1)
        return self._fit_here(value, schema, depth)

    def _fit_here(self, value: JsonValue, schema: JsonObject, depth: int) -> _Fit:
        fit = _as_asked(value, schema)
        if not _matches(fit.value, schema):
            raise MisfitError
        if isinstance(value, dict):
            return self._fit_object(value, schema, depth)
        if isinstance(value, list):
            return self._fit_list(value, schema, depth)
        if not self._valid(fit.value, schema):
            raise MisfitError
        return fit

    def _best(self, value: JsonValue, options: list[JsonValue], depth: int) -> _Fit:
        best: _Fit | None = None
        for option in options:
            fit = self._try(value, option, depth)
            if fit and (best is None or fit.loss < best.loss):
                best = fit
                if not fit.loss:
                    break
        if best is None:
            raise MisfitError
        return best

    def _try(self, value: JsonValue, schema: JsonValue, depth: int) -> _Fit | None:
        try:
            fit = self._fit(value, schema, depth)
        except MisfitError:
            return None
        return fit if self._valid(fit.value, schema) else None

    def _fit_object(self, value: JsonObject, schema: JsonObject, depth: int) -> _Fit:
        properties, required = schema.get("properties"), schema.get("required")
        known = properties if isinstance(properties, dict) else {}
        others = schema.get("additionalProperties", True)
        fitted: JsonObject = {}
        loss = 0
        for key in dict.fromkeys([*value, *(required if isinstance(required, list) else [])]):
            name = str(key)
            part = known.get(name, others)
            if part is False:
                loss += value.get(name) is not None
                continue
            fit = self._fit(value[name], part, depth + 1) if name in value else self._fill(part, depth + 1)
            fitted[name] = fit.value
            loss += fit.loss
        order = [*(key for key in known if key in fitted), *(key for key in fitted if key not in known)]
        return _Fit({key: fitted[key] for key in order}, loss)

    def _fit_list(self, value: list[JsonValue], schema: JsonObject, depth: int) -> _Fit:
        tried = [self._try(item, schema.get("items", True), depth + 1) for item in value]
        kept = [fit for fit in tried if fit]
        limit = schema.get("maxItems")
        if isinstance(limit, int):
            kept = kept[:limit]
        loss = sum(fit.loss for fit in kept) + _DROPPED_ITEM * (len(value) - len(kept))
        return _Fit([fit.value for fit in kept], loss)

    def _fill(self, schema: JsonValue, depth: int) -> _Fit:
        for filler in _FILLERS:
            fit = self._try(filler, schema, depth)
            if fit:
                return _Fit(fit.value, 1)
        raise MisfitError

    def _resolve(self, reference: str) -> JsonValue:
        part: JsonValue = self._schema
        for step in filter(None, reference.removeprefix("#").split("/")):
            name = step.replace("~1", "/").replace("~0", "~")
            if not isinstance(part, dict) or name not in part:
                raise MisfitError
            part = part[name]
        return part


def subschemas(schema: JsonValue) -> Iterator[JsonObject]:
    """A schema and every schema inside it."""
    if not isinstance(schema, dict):
        return
    yield schema
    for name in ("properties", "$defs", "definitions"):
        named = schema.get(name)
        for part in named.values() if isinstance(named, dict) else ():
            yield from subschemas(part)
    for name in ("anyOf", "oneOf", "allOf", "prefixItems"):
        listed = schema.get(name)
        for part in listed if isinstance(listed, list) else ():
            yield from subschemas(part)
    for name in ("items", "additionalProperties"):
        yield from subschemas(schema.get(name))


def _as_asked(value: JsonValue, schema: JsonObject) -> _Fit:
    kinds = _kinds(schema)
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and {*kinds} <= {"string", "null"}
        and kinds
    ):
        return _Fit(str(value), 1)
    if value is None and kinds == ["string"] and "enum" not in schema:
        return _Fit("", 1)
    return _Fit(value, 0)


def _matches(value: JsonValue, schema: JsonObject) -> bool:
    kinds = _kinds(schema)
    if kinds and not any(_is(value, kind) for kind in kinds):
        return False
    allowed = schema.get("enum", [schema["const"]] if "const" in schema else None)
    return not isinstance(allowed, list) or any(type(value) is type(one) and value == one for one in allowed)


def _is(value: JsonValue, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _TYPES.get(kind, ()))


def _kinds(schema: JsonObject) -> list[str]:
    kinds = schema.get("type", [])
    return [str(kind) for kind in kinds] if isinstance(kinds, list) else [str(kinds)]
