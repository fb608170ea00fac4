"""Rows of a dataset: the chat a model is trained on, made of a passage and what people confirmed in it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.datasets.split import Split
from services.extraction import prompt
from services.review.gold import GoldText

Message = dict[str, str]


@dataclass(frozen=True)
class Row:
    """One example. `elements` in text order, offsets relative to `text`; `messages` end with the answer."""

    split: Split
    act_id: int | None
    act_label: str
    place: str
    text: str
    context: str
    messages: list[Message]
    elements: list[dict[str, Any]]


def make(gold: GoldText, split: Split) -> Row:
    """The example that teaches what was confirmed in one passage."""
    elements = sorted((_plain(e) for e in gold.elements), key=lambda e: (e["start"], -e["end"], e["type"]))
    answer = {"role": "assistant", "content": prompt.reply(elements)}
    return Row(
        split,
        gold.act_id,
        gold.act_label,
        gold.place,
        gold.text,
        gold.context,
        [*prompt.messages(gold), answer],
        elements,
    )


def _plain(element: Any) -> dict[str, Any]:
    return {
        "type": element.type,
        "start": element.start,
        "end": element.end,
        "quote": element.quote,
        "attributes": dict(element.attributes),
    }


def content_hash(rows: Iterable[Row]) -> str:
    """sha256 over split and messages of every row, in order: two datasets of one hash teach the same."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(json.dumps([row.split, row.messages], ensure_ascii=False, sort_keys=True).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def to_jsonl(conversations: Iterable[list[Message]]) -> bytes:
    """The training file format: one JSON object with `messages` a line, UTF-8 without a mark."""
    lines = (json.dumps({"messages": c}, ensure_ascii=False, separators=(",", ":")) for c in conversations)
    return "".join(f"{line}\n" for line in lines).encode()
