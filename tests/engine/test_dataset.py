"""Training files: what each wrong line is told, and what a good one becomes."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.training.dataset import examine, read
from tests.engine.server import conversation

REPLY = '{"elements": [{"type": "ACTOR", "quote": "Суд", "attributes": {"role": "authority"}}]}'


def row(reply: Any = REPLY, **more: Any) -> dict[str, Any]:
    """A line whose reply is given."""
    messages = [*conversation("Суд ухвалює рішення.", "Кодекс"), {"role": "assistant", "content": reply}]
    return {"messages": messages, **more}


def problems(tmp_path: Path, content: bytes) -> list[tuple[int, str]]:
    """What is wrong with a file."""
    path = tmp_path / "train.jsonl"
    path.write_bytes(content)
    return examine(path).problems


def test_a_good_line_becomes_an_example(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_text("\ufeff" + json.dumps(row(tools=[])) + "\r\n\n" + json.dumps(row('{"elements": []}')))
    first, second = read(path)
    assert (first.text, first.context) == ("Суд ухвалює рішення.", "Кодекс")
    assert first.elements == [{"type": "ACTOR", "quote": "Суд", "attributes": {"role": "authority"}}]
    assert second.elements == []
    assert examine(path).problem_lines == 0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"{", "not JSON"),
        (b"[1]", "Invalid value"),
        (b'{"prompt": "a", "completion": "b"}', "Missing required parameter: 'messages'"),
        (b'{"messages": []}', "messages"),
        (json.dumps({"messages": conversation("Суд", "Кодекс")}).encode(), "must be from the assistant"),
        (json.dumps(row("Суд - це орган")).encode(), "reply to learn"),
        (json.dumps(row('{"elements": [{"quote": "Суд"}]}')).encode(), "elements[0].type"),
        (json.dumps(row('[{"type": "ACTOR"}]')).encode(), "reply to learn"),
        (json.dumps({"messages": [{"role": "assistant", "content": REPLY}] * 2}).encode(), "'user'"),
        (b"[" * 200_000, "not JSON"),
    ],
)
def test_a_wrong_line_is_told_what_is_wrong(tmp_path: Path, line: bytes, words: str) -> None:
    good = json.dumps(row()).encode()
    [(number, problem)] = problems(tmp_path, good + b"\n" + line + b"\n" + good)
    assert number == 2
    assert words in problem


def test_a_line_of_zeros_without_end_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    good = json.dumps(row()).encode()
    [(number, problem)] = problems(tmp_path, b"\0" * (20 << 20) + b"\n" + good)
    assert number == 1
    assert "longer than" in problem


def test_a_report_names_five_lines_and_counts_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_text("{\n" * 12)
    error = examine(path).error("training_file")
    assert error
    assert "Line 5:" in str(error["message"])
    assert "Line 6:" not in str(error["message"])
    assert "And 7 more line(s)" in str(error["message"])
