"""What a model answered, understood or named."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from services.extraction import schema

DUTY = {
    "type": "OBLIGATION",
    "quote": "Постачальник зобов'язаний повідомити споживача",
    "attributes": {"bearer": "Постачальник", "action": "повідомити споживача"},
}
NO_DEADLINE = dict.fromkeys(("kind", "value", "unit", "from_event"))
ACTOR = {"type": "ACTOR", "quote": "Постачальник", "attributes": {"role": "bearer"}}


def wire(*elements: object) -> str:
    return json.dumps({"elements": elements}, ensure_ascii=False)


def strict_schema() -> dict:
    return schema.response_format()["json_schema"]["schema"]


def objects(node: object) -> list[dict]:
    """Every object schema anywhere in a schema."""
    if isinstance(node, list):
        return [found for item in node for found in objects(item)]
    if not isinstance(node, dict):
        return []
    own = [node] if "properties" in node else []
    return own + [found for item in node.values() for found in objects(item)]


def test_eleven_types_in_three_families() -> None:
    assert {
        family: {code for code, kind in schema.TYPES.items() if kind.family == family}
        for family in ("norm", "part", "structure")
    } == {
        "norm": {"OBLIGATION", "RIGHT", "COMPETENCE", "PROHIBITION", "SANCTION"},
        "part": {"ACTOR", "CONDITION", "DEADLINE"},
        "structure": {"DEFINITION", "REFERENCE", "CHANGE"},
    }


def test_strict_mode_rules_hold_for_every_object_of_the_schema() -> None:
    found = objects(strict_schema())
    assert len(found) == 1 + 2 * 11 + 1  # root, element and attributes of each type, one penalty
    for item in found:
        assert item["additionalProperties"] is False
        assert item["required"] == list(item["properties"])


def test_alternatives_are_told_apart_by_their_first_key() -> None:
    alternatives = strict_schema()["properties"]["elements"]["items"]["anyOf"]
    firsts = [next(iter(item["properties"].items())) for item in alternatives]
    assert [name for name, _ in firsts] == ["type"] * 11
    assert [value["enum"] for _, value in firsts] == [[code] for code in schema.CODES]


def test_only_keywords_that_strict_mode_documents() -> None:
    def keywords(node: object) -> set[str]:
        if isinstance(node, list):
            return set().union(*map(keywords, node)) if node else set()
        if not isinstance(node, dict):
            return set()
        inner = {k: v for k, v in node.items() if k != "properties"}
        values = [*inner.values(), *node.get("properties", {}).values()]
        return {*node, *set().union(*map(keywords, values))} if values else set(node)

    allowed = {"type", "properties", "required", "additionalProperties", "items", "anyOf", "enum"}
    assert keywords(strict_schema()) == allowed


def test_schema_accepts_a_reply_with_every_attribute_absent_and_no_reply_with_a_stranger() -> None:
    check = Draft202012Validator(strict_schema())
    bare = [
        {"type": code, "quote": "слово", "attributes": {a.name: None for a in kind.attributes}}
        for code, kind in schema.TYPES.items()
    ]
    assert check.is_valid({"elements": bare})
    assert not check.is_valid({"elements": [{**ACTOR, "attributes": {"role": "suddenly"}}]})
    assert not check.is_valid({"elements": [{**ACTOR, "type": "PERSON"}]})
    assert not check.is_valid({"elements": [{**DUTY, "attributes": {"bearer": None}}]})


def test_whole_reply() -> None:
    reply = schema.parse_reply(wire(DUTY, ACTOR), "stop")
    assert reply.outcome == "ok"
    assert [e.as_dict() for e in reply.elements] == [DUTY, ACTOR]
    assert (dict(reply.dropped), reply.corrected) == ({}, 0)


def test_no_elements_is_an_answer() -> None:
    assert schema.parse_reply(wire()) == schema.Reply("ok")


@pytest.mark.parametrize(
    "content",
    [
        f"```json\n{wire(ACTOR)}\n```",
        f"Ось елементи:\n{wire(ACTOR)}\nЗвертайтеся ще.",
        json.dumps([ACTOR], ensure_ascii=False),
        wire({**ACTOR, "type": " actor "}),
        wire(ACTOR).replace("]}", ",]}"),
        json.dumps(ACTOR, ensure_ascii=False),
        f'<think>\nСхоже на {{"elements": []}}, але ні.\n</think>\n{wire(ACTOR)}',
    ],
    ids=["fence", "words around", "bare list", "lower case", "comma after the last", "bare item", "thought"],
)
def test_habits_of_models_without_strict_mode(content: str) -> None:
    reply = schema.parse_reply(content)
    assert reply.outcome == "ok"
    assert [e.as_dict() for e in reply.elements] == [ACTOR]


def test_line_break_left_raw_inside_a_quote() -> None:
    reply = schema.parse_reply('{"elements": [{"type": "ACTOR", "quote": "Кабінет\nМіністрів"}]}')
    assert reply.elements[0].quote == "Кабінет\nМіністрів"


@pytest.mark.parametrize("cut", range(1, len(json.dumps(ACTOR, ensure_ascii=False)) + 3))
def test_reply_cut_anywhere_keeps_what_came_whole(cut: int) -> None:
    whole = wire(DUTY, ACTOR)
    reply = schema.parse_reply(whole[:-cut])
    assert reply.outcome == "cut_off"
    assert [e.as_dict() for e in reply.elements] == [DUTY, ACTOR][: 2 if cut <= 2 else 1]


def test_length_limit_is_a_cut_even_when_the_json_looks_whole() -> None:
    reply = schema.parse_reply(wire(ACTOR), "length")
    assert (reply.outcome, len(reply.elements)) == ("cut_off", 1)
    assert schema.parse_reply("", "length").outcome == "cut_off"


@pytest.mark.parametrize(
    "content", ["", "Не можу цього зробити.", '{"elements" []}', "[" * 100_000 + "]" * 100_000]
)
def test_not_json_is_malformed(content: str) -> None:
    assert schema.parse_reply(content) == schema.Reply("malformed")


def test_one_broken_element_in_the_middle_keeps_those_before_it() -> None:
    broken = wire(DUTY, ACTOR).replace('"type": "ACTOR",', '"type": "ACTOR"')
    reply = schema.parse_reply(broken)
    assert (reply.outcome, [e.type for e in reply.elements]) == ("malformed", ["OBLIGATION"])


@pytest.mark.parametrize(
    "content", ['{"result": []}', "{}", '{"elements": "немає"}', wire({"kind": "ACTOR"}), wire(1)]
)
def test_json_of_another_shape_is_wrong_schema(content: str) -> None:
    reply = schema.parse_reply(content)
    assert (reply.outcome, reply.elements) == ("wrong_schema", ())


def test_refusal_and_filter() -> None:
    assert schema.parse_reply(None, "stop", "Вибачте, я не можу.").outcome == "refusal"
    assert schema.parse_reply(wire(ACTOR), "content_filter") == schema.Reply("refusal")


def test_unusable_elements_are_dropped_and_counted() -> None:
    reply = schema.parse_reply(
        wire(ACTOR, {**ACTOR, "type": "PERSON"}, {**ACTOR, "quote": "  "}, {**ACTOR, "quote": 5}, "ACTOR")
    )
    assert (reply.outcome, len(reply.elements)) == ("partly_usable", 1)
    assert dict(reply.dropped) == {"unknown_type": 1, "no_quote": 2, "not_an_object": 1}


@pytest.mark.parametrize(
    ("code", "raw", "attributes", "corrected"),
    [
        ("RIGHT", {"bearer": " Споживач "}, {"bearer": "Споживач", "action": None}, 0),
        ("RIGHT", {"bearer": "", "action": ["а"]}, {"bearer": None, "action": None}, 1),
        ("RIGHT", {"subject": "Споживач"}, {"bearer": None, "action": None}, 1),
        ("RIGHT", "Споживач", {"bearer": None, "action": None}, 1),
        ("ACTOR", {"role": "Bearer"}, {"role": "bearer"}, 0),
        ("ACTOR", {"role": "boss"}, {"role": None}, 1),
        (
            "DEADLINE",
            {"kind": "latest", "value": "30", "unit": "calendar_day", "from_event": None},
            {"kind": "latest", "value": 30, "unit": "calendar_day", "from_event": None},
            0,
        ),
        ("DEADLINE", {"value": "1,5"}, {"kind": None, "value": 1.5, "unit": None, "from_event": None}, 0),
        (
            "DEADLINE",
            {"value": "тридцять"},
            {"kind": None, "value": None, "unit": None, "from_event": None},
            1,
        ),
        ("DEADLINE", {"value": True}, {"kind": None, "value": None, "unit": None, "from_event": None}, 1),
        (
            "SANCTION",
            {"penalties": [{"kind": "штраф", "min": 50.0, "max": "сто"}, "арешт"]},
            {"penalties": [{"kind": "штраф", "min": 50, "max": None, "unit": None}]},
            2,
        ),
    ],
)
def test_attributes_are_made_to_fit(code: str, raw: object, attributes: dict, corrected: int) -> None:
    assert schema.normalise(code, raw) == (attributes, corrected)


def test_numbers_no_database_takes_become_none() -> None:
    reply = schema.parse_reply(
        '{"elements":[{"type":"DEADLINE","quote":"строк","attributes":{"value":1e999}}]}'
    )
    assert (reply.elements[0].attributes["value"], reply.corrected) == (None, 1)


def test_characters_no_database_takes_are_left_out() -> None:
    reply = schema.parse_reply(
        '{"elements":[{"type":"ACTOR","quote":"Ор\\u0000ган\\ud83d","attributes":{}}]}'
    )
    assert reply.elements[0].quote == "Орган"


KEYS = st.sampled_from(["elements", "type", "quote", "attributes", "penalties", "value"])
json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text() | st.sampled_from(schema.CODES),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["elements", "type", "quote", "attributes", "penalties", "value"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(json_values, st.integers(0, 40))
def test_no_reply_raises_and_what_is_kept_fits_the_schema(value: object, cut: int) -> None:
    text = json.dumps(value)
    reply = schema.parse_reply(text[: len(text) - cut])
    kept = {"elements": [e.as_dict() for e in reply.elements]}
    assert Draft202012Validator(strict_schema()).is_valid(kept)
