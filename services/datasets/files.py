"""Training files from outside: checked line by line, then kept as a dataset version like any other."""

import json
from collections.abc import Iterator
from typing import Any

from services.datasets import duplicates, store
from services.datasets.builder import Plan
from services.datasets.checks import RowFault
from services.datasets.errors import FileRowsError
from services.datasets.rows import Message, Row
from services.datasets.split import Split
from services.datasets.views import DatasetView
from services.db import SessionLocal
from services.extraction import alignment, schema

_SHOWN = 20
_ROLES = ("system", "user", "assistant")


class _FaultError(Exception):
    """What is wrong with a line."""


def import_jsonl(name: str, training: bytes, validation: bytes = b"") -> DatasetView:
    """Keep files of the training format as a version; one that holds these very rows is returned instead.

    Raises FileRowsError naming the first faulty rows (`file`, `row` from 1, `reason`).
    """
    faults: list[RowFault] = []
    made = [*_read("train", training, faults), *_read("validation", validation, faults)]
    if faults or not made:
        shown = [{"file": f.split, "row": f.row, "reason": f.reason} for f in faults[:_SHOWN]]
        raise FileRowsError(rows=shown, faults=len(faults))
    with SessionLocal.reading() as session:
        old = store.with_training(session, made)
        if old is not None:
            return store.view(old, reused=True)
    twins = list(duplicates.twins([row.text for row in made]))
    return store.keep(Plan(made, 0, twins), name, seed=0, limit=None)


def _read(split: Split, content: bytes, faults: list[RowFault]) -> Iterator[Row]:
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield _row(split, line)
        except _FaultError as fault:
            faults.append(RowFault(split, number, str(fault)))


def _row(split: Split, line: bytes) -> Row:
    messages = _messages(line)
    text = next((m["content"] for m in reversed(messages) if m["role"] == "user"), None)
    if text is None:
        raise _FaultError("no_user_message")
    if messages[-1]["role"] != "assistant":
        raise _FaultError("no_answer")
    reply = schema.parse_reply(messages[-1]["content"])
    if reply.outcome != "ok" or reply.dropped:
        raise _FaultError("answer_not_elements")
    return Row(split, None, "", "", text, "", messages, list(_elements(reply.elements, text)))


def _messages(line: bytes) -> list[Message]:
    try:
        found: Any = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise _FaultError("not_utf8") from None
    except (ValueError, RecursionError):
        raise _FaultError("not_json") from None
    messages = found.get("messages") if isinstance(found, dict) else None
    if not isinstance(messages, list) or not messages or not all(map(_is_message, messages)):
        raise _FaultError("no_messages")
    return [{"role": m["role"], "content": m["content"]} for m in messages]


def _is_message(message: Any) -> bool:
    return (
        isinstance(message, dict)
        and message.get("role") in _ROLES
        and isinstance(message.get("content"), str)
    )


def _elements(found: tuple[schema.Element, ...], text: str) -> Iterator[dict[str, Any]]:
    matches = alignment.locate([element.quote for element in found], text)
    for element, match in zip(found, matches, strict=True):
        if match is None:
            raise _FaultError("quote_not_found")
        quote = text[match.start : match.end]
        yield {**element.as_dict(), "quote": quote, "start": match.start, "end": match.end}
