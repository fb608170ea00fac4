"""Real passages with their elements, as training examples."""

import json
from functools import cache
from pathlib import Path

from engine.elements import Element
from engine.learning.passages import Example

_SAMPLE = Path(__file__).parents[1] / "data" / "gold_sample.jsonl"


@cache
def examples() -> tuple[Example, ...]:
    """The sample's passages in its order."""
    lines = _SAMPLE.read_text(encoding="utf-8").splitlines()
    return tuple(_example(json.loads(line)) for line in lines)


def _example(row: dict[str, object]) -> Example:
    elements = row["elements"]
    assert isinstance(elements, list)
    marked: list[Element] = [
        {"type": e["type"], "quote": e["quote"], "attributes": e["attributes"]} for e in elements
    ]
    return Example(str(row["text"]), str(row["act_title"]), marked)
