"""What a model's reply amounts to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from services.extraction.schema import reply_json
from services.extraction.schema.types import TYPES, Element
from services.extraction.schema.values import clean, normalise

Outcome = Literal["ok", "malformed", "cut_off", "wrong_schema", "partly_usable", "refusal"]


@dataclass(frozen=True)
class Reply:
    """What a model's reply amounts to.

    `ok`: the whole reply was understood. `cut_off` and `malformed`: `elements` holds those that came
    whole before the break. `wrong_schema`: JSON, but no list of usable elements. `partly_usable`: some
    items of the list are no elements. `refusal`: the model or its provider's filter declined.
    `dropped` counts discarded items by reason (`unknown_type`,
    `no_quote`, `not_an_object`); `corrected` counts attribute values that did not fit their kind.
    """

    outcome: Outcome
    elements: tuple[Element, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    corrected: int = 0


def parse_reply(content: str | None, finish_reason: str | None = None, refusal: str | None = None) -> Reply:
    """Turn a chat completion's message into elements, or into a named outcome; never raises.

    `content`, `refusal` and `finish_reason` are those of the completion's first choice. A thought before
    the answer, a code fence or words around the JSON, a bare list or item instead of the object, types in
    lower case and missing attributes are tolerated: models without strict mode do all of it.
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
    elif outcome == "ok" and dropped:
        outcome = "partly_usable" if elements else "wrong_schema"
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
