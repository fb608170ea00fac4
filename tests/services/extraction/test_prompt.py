"""What a model is sent, and the answer it is taught."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from services.extraction import prompt, schema

ROOT = Path(__file__).parents[3]
TEXT = "Стаття 5. Права споживача\n1. Споживач має право на інформацію протягом 10 днів."


@dataclass
class Piece:
    text: str
    context: str = ""


def test_last_message_is_the_passage_and_nothing_else() -> None:
    sent = prompt.messages(Piece(TEXT, "Закон України «Про захист прав споживачів»"))
    assert [m["role"] for m in sent] == ["system", "user"]
    assert sent[-1]["content"] == TEXT


def test_context_stands_in_the_system_message_after_what_never_changes() -> None:
    bare = prompt.messages(Piece(TEXT))[0]["content"]
    placed = prompt.messages(Piece(TEXT, "Глава 2. Права громадян\n"))[0]["content"]
    assert placed.startswith(bare)
    assert placed.endswith("Глава 2. Права громадян")
    assert prompt.messages(Piece("Інший текст", " \n"))[0]["content"] == bare


def test_system_message_names_every_type_attribute_and_choice() -> None:
    system = prompt.messages(Piece(TEXT))[0]["content"]
    for code, kind in schema.TYPES.items():
        line = next(line for line in system.splitlines() if line.startswith(f"- {code}: "))
        for attribute in kind.attributes:
            assert attribute.name in line
            assert all(word in line for word in attribute.choices)
            assert all(field.name in line for field in attribute.fields)


def test_same_words_in_another_process_so_that_stored_answers_stay_valid() -> None:
    code = (
        "from types import SimpleNamespace as N; from services.extraction.prompt import messages;"
        "print(messages(N(text='', context=''))[0]['content'])"
    )
    run = [sys.executable, "-X", "utf8", "-c", code]
    other = subprocess.run(run, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout
    assert other.strip() == prompt.messages(Piece(TEXT))[0]["content"]


def test_taught_answer_is_the_answer_the_schema_asks_for() -> None:
    taught = prompt.reply(
        [
            {"type": "RIGHT", "quote": "Споживач має право", "attributes": {"bearer": "Споживач"}},
            {
                "type": "DEADLINE",
                "quote": "протягом 10 днів",
                "attributes": {"kind": "latest", "value": 10.0},
            },
            {"type": "ACTOR", "quote": "Споживач", "attributes": None},
        ]
    )
    strict = schema.response_format()["json_schema"]["schema"]
    Draft202012Validator(strict).validate(json.loads(taught))
    read = schema.parse_reply(taught)
    assert (read.outcome, read.corrected) == ("ok", 0)
    assert [e.quote for e in read.elements] == ["Споживач має право", "протягом 10 днів", "Споживач"]
    assert read.elements[1].attributes["value"] == 10


def test_taught_answer_keeps_ukrainian_letters_and_wastes_no_tokens() -> None:
    taught = prompt.reply(
        [{"type": "ACTOR", "quote": 'Об\'єднання "Мрія"', "attributes": {"role": "bearer"}}]
    )
    assert taught == (
        '{"elements":[{"type":"ACTOR","quote":"Об\'єднання \\"Мрія\\"","attributes":{"role":"bearer"}}]}'
    )
    assert prompt.reply([]) == '{"elements":[]}'


def test_unknown_type_is_never_taught() -> None:
    with pytest.raises(KeyError):
        prompt.reply([{"type": "PERSON", "quote": "Споживач", "attributes": {}}])
