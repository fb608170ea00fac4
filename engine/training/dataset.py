"""Training files: one JSON object a line, a conversation whose last message is the reply to learn."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from pydantic import Field, JsonValue, ValidationError

from engine.chat.context import context_of, passage_of
from engine.elements import Element, place
from engine.errors import ApiError, from_validation
from engine.requests import Message, Wire
from engine.wire import JsonObject

MIN_EXAMPLES = 10
MAX_LINE_BYTES = 8 << 20
_SHOWN_PROBLEMS = 5


class RowError(Exception):
    """What is wrong with a line, in words that quote nothing of it."""


class _Row(Wire):
    messages: list[Message] = Field(min_length=2)


class _TaughtElement(Wire):
    type: str = Field(min_length=1, max_length=64)
    quote: str
    attributes: dict[str, JsonValue] = Field(default_factory=dict)


class _TaughtReply(Wire):
    elements: list[_TaughtElement]


@dataclass(frozen=True, slots=True)
class Row:
    """One example as read from a file."""

    text: str
    context: str
    elements: list[Element]

    def unplaced(self) -> int:
        """How many of its quotes do not stand in its text."""
        return place([(e["type"], e["quote"]) for e in self.elements], self.text).count(None)


@dataclass(slots=True)
class Report:
    """What a file holds; `problems` are (line, counted from 1; what is wrong)."""

    examples: int = 0
    unplaced: int = 0
    quotes: int = 0
    problem_lines: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)

    def error(self, param: str) -> JsonObject | None:
        """The job error for this file, or None when it can be trained on."""
        name = param.replace("_", " ")
        if self.problem_lines:
            return {"code": f"invalid_{param}", "message": self._format_message(name), "param": param}
        if param == "training_file" and self.examples < MIN_EXAMPLES:
            message = (
                f"Training file has {self.examples} example(s),"
                f" but must have at least {MIN_EXAMPLES} examples"
            )
            return {"code": "invalid_n_examples", "message": message, "param": param}
        if not self.examples:
            return {"code": f"invalid_{param}", "message": f"The {name} has no examples", "param": param}
        return None

    def _format_message(self, name: str) -> str:
        shown = " ".join(f"Line {line}: {problem}" for line, problem in self.problems)
        hidden = self.problem_lines - len(self.problems)
        rest = f" And {hidden} more line(s) with errors." if hidden else ""
        return f"The job failed due to a file format error in the {name}. Invalid file format. {shown}{rest}"


def examine(path: Path) -> Report:
    """Check every line of a file, in memory of one line."""
    report = Report()
    for line, row in _rows(path):
        if isinstance(row, RowError):
            report.problem_lines += 1
            if len(report.problems) < _SHOWN_PROBLEMS:
                report.problems.append((line, str(row)))
        else:
            report.examples += 1
            report.quotes += len(row.elements)
            report.unplaced += row.unplaced()
    return report


def read(path: Path) -> list[Row]:
    """The examples of a file that `examine` found good."""
    return [row for _, row in _rows(path) if isinstance(row, Row)]


def _rows(path: Path) -> Iterator[tuple[int, Row | RowError]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE_BYTES + 1):
            number += 1
            if len(line) > MAX_LINE_BYTES:
                yield number, RowError(f"the line is longer than {MAX_LINE_BYTES} bytes.")
                _skip_line(file, line)
            elif line.strip():
                yield number, _row(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)


def _skip_line(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(MAX_LINE_BYTES)


def _row(line: bytes) -> Row | RowError:
    try:
        return _parse(line)
    except RowError as error:
        return error


def _parse(line: bytes) -> Row:
    messages = _messages(line)
    if messages[-1].role != "assistant":
        raise RowError("the last message must be from the assistant.")
    try:
        text = passage_of(messages)
    except ApiError as error:
        raise RowError(error.message) from None
    return Row(text, context_of(messages), _elements(messages[-1].text()))


def _messages(line: bytes) -> list[Message]:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise RowError("the line is not UTF-8.") from None
    except (ValueError, RecursionError):
        raise RowError("the line is not JSON.") from None
    try:
        return _Row.model_validate(value).messages
    except ValidationError as error:
        raise RowError(from_validation(error).message) from None


def _elements(reply: str) -> list[Element]:
    try:
        taught = _TaughtReply.model_validate_json(reply).elements
    except ValidationError as error:
        problem = from_validation(error).message
        raise RowError(
            f'the reply to learn is not of the form {{"elements": [{{"type", "quote"}}]}}: {problem}'
        ) from None
    return [{"type": e.type, "quote": e.quote, "attributes": e.attributes} for e in taught]
