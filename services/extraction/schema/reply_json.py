"""Reading the JSON of a model's reply, whole or broken."""

import json
import re
from dataclasses import dataclass
from typing import Literal

_LIST = re.compile(r'"elements"\s*:\s*\[')
_THOUGHT = re.compile(r"^\s*<(think|thinking|thought|reasoning)>.*?</\1>", re.DOTALL)
_FENCE = re.compile(r"^\s*```[a-zA-Z]*\s*\n(.*?)(?:\n\s*```\s*)?$", re.DOTALL)
_GAP = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(strict=False)  # models leave line breaks raw inside strings


@dataclass(frozen=True)
class Read:
    """`items` is what the list held, as far as it could be read; `None` where there is no list."""

    state: Literal["ok", "malformed", "cut_off", "wrong_schema"]
    items: list[object] | None = None


def read(content: str) -> Read:
    """The list of elements in `content`; of a broken reply, the items that came whole."""
    content = _THOUGHT.sub("", content, count=1)
    fenced = _FENCE.match(content)
    text = (fenced.group(1) if fenced else content).strip()
    start = min((i for i in (text.find("{"), text.find("[")) if i >= 0), default=-1)
    if start < 0:
        return Read("malformed")
    try:
        value, _ = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return _salvage(text[start:])
    return _listed(value)


def _listed(value: object) -> Read:
    items = value.get("elements") if isinstance(value, dict) else value
    if isinstance(value, dict) and {"type", "quote"} <= value.keys():
        items = [value]  # a list of one, without the list
    return Read("ok", items) if isinstance(items, list) else Read("wrong_schema")


def _salvage(text: str) -> Read:
    opening = _LIST.search(text)
    if opening is None and not text.startswith("["):
        return Read("cut_off" if _open(text) else "malformed")
    at = opening.end() if opening else 1
    items: list[object] = []
    while True:
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        try:
            item, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return Read(_end(text[at:]), items)
        items.append(item)


def _end(rest: str) -> Literal["ok", "malformed", "cut_off"]:
    """How a list ended whose next item could not be read: `rest` starts at that item."""
    if rest.startswith("]"):
        return "ok" if "}" in rest else "cut_off"
    return "cut_off" if _open(rest) else "malformed"


def _open(text: str) -> bool:
    """Whether `text` ends inside a string, an object or a list: the mark of a reply cut short."""
    depth, quoted, escaped = 0, False, False
    for char in text:
        if quoted:
            quoted = escaped or char != '"'
            escaped = char == "\\" and not escaped
        elif char == '"':
            quoted = True
        else:
            depth += (char in "{[") - (char in "}]")
    return quoted or depth > 0 or not text.strip()
