"""Strict JSON schemas: what the engine's reply becomes under them, and which are refused."""

import json
from typing import Any

import openai
import pytest
from openai import OpenAI

from engine.chat.schema import ReplyShape, shape_of
from engine.errors import ApiError
from engine.wire import JsonObject
from tests.engine.server import BASE, conversation

pytestmark = pytest.mark.xdist_group("engine")  # one engine and one trained model for all

REPLY: JsonObject = {
    "elements": [
        {"type": "ACTOR", "quote": "суд", "attributes": {"role": "authority"}},
        {
            "type": "DEADLINE",
            "quote": "10 днів",
            "attributes": {"kind": "latest", "value": 10, "unit": "calendar_day"},
        },
    ]
}
NULLABLE = {"type": ["string", "null"]}


def closed(properties: dict[str, Any]) -> JsonObject:
    """An object schema as strict mode wants it."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def reply_of(element: Any) -> JsonObject:
    """A schema of the whole reply."""
    return closed({"elements": {"type": "array", "items": element}})


def kind(name: str, attributes: dict[str, Any]) -> JsonObject:
    """A schema of one type of element."""
    return closed({"type": {"const": name}, "quote": {"type": "string"}, "attributes": closed(attributes)})


def under(schema: JsonObject, *, strict: bool = True) -> Any:
    """The reply above under a schema."""
    result = ReplyShape("reply", schema, strict).apply(REPLY)
    assert isinstance(result, dict)
    return result["elements"]


def test_required_attributes_are_filled_and_unknown_ones_left_out() -> None:
    element = closed(
        {
            "type": {"type": "string"},
            "quote": {"type": "string"},
            "attributes": closed({"role": NULLABLE, "note": NULLABLE}),
        }
    )
    assert [e["attributes"] for e in under(reply_of(element))] == [
        {"role": "authority", "note": None},
        {"role": None, "note": None},
    ]


def test_types_outside_the_enumeration_are_left_out() -> None:
    element = closed({"quote": {"type": "string"}, "type": {"enum": ["ACTOR", "RIGHT"]}})
    assert under(reply_of(element)) == [{"quote": "суд", "type": "ACTOR"}]


def test_each_element_finds_its_alternative_through_references() -> None:
    schema = reply_of({"anyOf": [{"$ref": "#/$defs/actor"}, {"$ref": "#/$defs/deadline"}]})
    schema["$defs"] = {
        "actor": kind("ACTOR", {"role": {"enum": ["authority", "bearer"]}}),
        "deadline": kind("DEADLINE", {"value": {"type": ["number", "null"]}, "from_event": NULLABLE}),
    }
    assert [e["attributes"] for e in under(schema)] == [
        {"role": "authority"},
        {"value": 10, "from_event": None},
    ]


def test_a_number_is_written_as_text_where_text_is_asked_for() -> None:
    element = kind("DEADLINE", {"value": {"type": "string"}, "kind": {"type": "string"}})
    assert under(reply_of(element))[0]["attributes"] == {"value": "10", "kind": "latest"}


def test_among_alternatives_the_one_that_loses_least_is_taken() -> None:
    poor, rich = (
        closed({"unit": NULLABLE}),
        closed({"kind": NULLABLE, "value": {"type": ["number", "null"]}, "unit": NULLABLE}),
    )
    element = closed({"type": {"type": "string"}, "attributes": {"anyOf": [poor, rich]}})
    assert under(reply_of(element))[1]["attributes"] == {
        "kind": "latest",
        "value": 10,
        "unit": "calendar_day",
    }


@pytest.mark.parametrize(
    "schema",
    [
        closed({"answer": {"type": "string"}}),
        reply_of(closed({"type": {"type": "string"}, "confidence": {"type": "number"}})),
        reply_of({"type": "string"}),
        closed({"elements": {"type": "array", "items": {"$ref": "#/$defs/nowhere"}}}),
    ],
)
def test_schemas_no_reply_can_satisfy_are_refused(schema: JsonObject) -> None:
    with pytest.raises(ApiError) as caught:
        ReplyShape("reply", schema, strict=True)
    assert (caught.value.status, caught.value.code) == (400, "unsatisfiable_schema")


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "array"}, "root must be an object"),
        ({"type": "наказ"}, "Invalid schema"),
        ({"type": "object", "properties": {}, "required": []}, "additionalProperties"),
        ({**closed({"elements": {"type": "array"}}), "required": []}, "required"),
        ({"type": "object", "$defs": {"x": {"$ref": "https://example.org/s.json"}}}, "leaves the schema"),
    ],
)
def test_schemas_outside_strict_mode_are_refused(schema: JsonObject, words: str) -> None:
    with pytest.raises(ApiError, match=words):
        ReplyShape("reply", schema, strict=True)


def test_a_schema_nested_without_end_is_refused(client: OpenAI) -> None:
    schema: JsonObject = {"type": "object"}
    for _ in range(300):
        schema = {"type": "object", "properties": {"elements": schema}}
    with pytest.raises(ApiError) as caught:
        shape_of("reply", json.dumps(schema), False)
    assert caught.value.status == 400


def test_keywords_beyond_strict_mode_are_honoured_too() -> None:
    short = {"type": "string", "maxLength": 3}
    element = {"type": "object", "properties": {"quote": short}, "not": {"required": ["confidence"]}}
    assert [e["quote"] for e in under(reply_of(element), strict=False)] == ["суд"]
    away = {"type": "object", "properties": {"quote": {"not": {"$ref": "https://example.org/s.json"}}}}
    with pytest.raises(ApiError):
        under(reply_of(away), strict=False)


def test_a_loose_schema_need_not_be_closed() -> None:
    schema: JsonObject = {
        "type": "object",
        "properties": {"elements": {"type": "array"}},
        "required": ["elements"],
    }
    assert ReplyShape("reply", schema, strict=False).apply(REPLY) == REPLY


def test_the_client_gets_what_its_schema_says_or_an_error(client: OpenAI) -> None:
    def ask(schema: JsonObject) -> str | None:
        reply = client.chat.completions.create(
            model=BASE,
            messages=conversation("Суд зобов'язаний розглянути заяву протягом п'яти днів."),
            response_format={
                "type": "json_schema",
                "json_schema": {"name": "norms", "strict": True, "schema": schema},
            },
        )
        return reply.choices[0].message.content

    only_norms = reply_of(closed({"type": {"enum": ["OBLIGATION"]}}))
    assert ask(only_norms) == '{"elements": [{"type": "OBLIGATION"}]}'
    with pytest.raises(openai.BadRequestError) as caught:
        ask(closed({"answer": {"type": "string"}}))
    assert (caught.value.param, caught.value.code) == ("response_format", "unsatisfiable_schema")
