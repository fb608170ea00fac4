"""The eleven kinds of legal element, as data.

Everything that must know the types reads them from here: the prompt, the JSON schema a provider is
held to, the check of what a model answered, the forms an analyst edits, the exports.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from services.extraction import reply_json

Scalar = str | int | float | None
AttributeValue = Scalar | list[dict[str, Scalar]]
Attributes = dict[str, AttributeValue]
JsonSchema = dict[str, object]

Family = Literal["norm", "part", "structure"]
AttributeKind = Literal["text", "choice", "number", "records"]
Outcome = Literal["ok", "malformed", "cut_off", "wrong_schema", "refusal"]

VERSION = 1


@dataclass(frozen=True)
class Attribute:
    """One attribute of a type; every attribute may be absent (`None`).

    `choices` belongs to kind `choice`; `fields` to kind `records`, a list of flat objects.
    """

    name: str
    kind: AttributeKind = "text"
    choices: tuple[str, ...] = ()
    fields: tuple["Attribute", ...] = ()


@dataclass(frozen=True)
class ElementType:
    """A kind of element: `family` groups norms, their parts, and what structures a text."""

    code: str
    family: Family
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class Element:
    """An element as a model states it: no offsets, they are computed from the quote."""

    type: str
    quote: str
    attributes: Attributes

    def as_dict(self) -> dict[str, object]:
        """The element as it goes over the wire."""
        return {"type": self.type, "quote": self.quote, "attributes": self.attributes}


@dataclass(frozen=True)
class Reply:
    """What a model's reply amounts to.

    `ok`: the whole reply was understood. `cut_off` and `malformed`: `elements` holds those that came
    whole before the break. `wrong_schema`: JSON, but no list of usable elements. `refusal`: the model
    or its provider's filter declined. `dropped` counts discarded items by reason (`unknown_type`,
    `no_quote`, `not_an_object`); `corrected` counts attribute values that did not fit their kind.
    """

    outcome: Outcome
    elements: tuple[Element, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    corrected: int = 0


_UNITS = ("calendar_day", "working_day", "hour", "month", "year")
_BEARER_AND_ACTION = (Attribute("bearer"), Attribute("action"))
_PENALTY = (Attribute("kind"), Attribute("min", "number"), Attribute("max", "number"), Attribute("unit"))


def _choice(name: str, *choices: str) -> Attribute:
    return Attribute(name, "choice", choices)


TYPES: Mapping[str, ElementType] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            ElementType("OBLIGATION", "norm", _BEARER_AND_ACTION),
            ElementType("RIGHT", "norm", _BEARER_AND_ACTION),
            ElementType("COMPETENCE", "norm", _BEARER_AND_ACTION),
            ElementType("PROHIBITION", "norm", (*_BEARER_AND_ACTION, _choice("form", "norm", "offence"))),
            ElementType("SANCTION", "norm", (Attribute("penalties", "records", fields=_PENALTY),)),
            ElementType("ACTOR", "part", (_choice("role", "bearer", "counterparty", "authority"),)),
            ElementType("CONDITION", "part", (_choice("polarity", "if", "exception"),)),
            ElementType(
                "DEADLINE",
                "part",
                (
                    _choice("kind", "latest", "max", "until", "exact", "min"),
                    Attribute("value", "number"),
                    _choice("unit", *_UNITS),
                    Attribute("from_event"),
                ),
            ),
            ElementType("DEFINITION", "structure", (Attribute("term"), Attribute("meaning"))),
            ElementType(
                "REFERENCE",
                "structure",
                tuple(map(Attribute, ("target_act", "article", "part", "point", "subpoint", "indent"))),
            ),
            ElementType(
                "CHANGE",
                "structure",
                (
                    _choice(
                        "op",
                        "insert",
                        "replace",
                        "restate",
                        "renumber",
                        "delete",
                        "repeal",
                        "approve",
                        "enters_force",
                        "expires",
                    ),
                    Attribute("effective"),
                ),
            ),
        )
    }
)
CODES = tuple(TYPES)


def response_format() -> dict[str, object]:
    """The `response_format` argument of a chat completion: a strict JSON schema.

    Kept inside the subset OpenAI documents for strict mode, fine-tuned models included: an object at
    the root, every property required, `additionalProperties` false, absence as null, no length or
    range keywords. The alternatives of `anyOf` are told apart by their first key, a `type` of one value.
    """
    element = {"anyOf": [_element_schema(kind) for kind in TYPES.values()]}
    root = _object({"elements": {"type": "array", "items": element}})
    return {"type": "json_schema", "json_schema": {"name": "legal_elements", "strict": True, "schema": root}}


def _element_schema(kind: ElementType) -> JsonSchema:
    return _object(
        {
            "type": {"type": "string", "enum": [kind.code]},
            "quote": {"type": "string"},
            "attributes": _object({a.name: _attribute_schema(a) for a in kind.attributes}),
        }
    )


def _attribute_schema(attribute: Attribute) -> JsonSchema:
    match attribute.kind:
        case "choice":
            return {"type": ["string", "null"], "enum": [*attribute.choices, None]}
        case "number":
            return {"type": ["number", "null"]}
        case "records":
            item = _object({field.name: _attribute_schema(field) for field in attribute.fields})
            return {"type": ["array", "null"], "items": item}
        case _:
            return {"type": ["string", "null"]}


def _object(properties: JsonSchema) -> JsonSchema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def parse_reply(content: str | None, finish_reason: str | None = None, refusal: str | None = None) -> Reply:
    """Turn a chat completion's message into elements, or into a named outcome; never raises.

    `content`, `refusal` and `finish_reason` are those of the completion's first choice. A code fence or
    words around the JSON, a bare list instead of the object, types in lower case and missing attributes
    are tolerated: models without strict mode do all of it.
    """
    if refusal or finish_reason == "content_filter":
        return Reply("refusal")
    read = reply_json.read(content or "")
    if read.items is None:
        return Reply("cut_off" if finish_reason == "length" else read.state)
    elements, dropped, corrected = _elements(read.items)
    outcome: Outcome = read.state
    if finish_reason == "length":
        outcome = "cut_off"
    elif outcome == "ok" and read.items and not elements:
        outcome = "wrong_schema"
    return Reply(outcome, tuple(elements), dropped, corrected)


def _elements(items: list[object]) -> tuple[list[Element], dict[str, int], int]:
    elements: list[Element] = []
    dropped: dict[str, int] = {}
    corrected = 0
    for item in items:
        reason = _unusable(item)
        if reason or not isinstance(item, dict):
            dropped[reason] = dropped.get(reason, 0) + 1
            continue
        code = item["type"].strip().upper()
        attributes, repaired = normalise(code, item.get("attributes"))
        elements.append(Element(code, clean(item["quote"]), attributes))
        corrected += repaired
    return elements, dropped, corrected


def _unusable(item: object) -> str:
    if not isinstance(item, dict):
        return "not_an_object"
    code, quote = item.get("type"), item.get("quote")
    if not isinstance(code, str) or code.strip().upper() not in TYPES:
        return "unknown_type"
    return "" if isinstance(quote, str) and clean(quote) else "no_quote"


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
