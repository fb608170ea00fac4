"""From a model's quotes to places in the act: offsets, address, how the quote was found."""

from dataclasses import dataclass
from typing import Any

from services.extraction.alignment import locate_any_order
from services.extraction.chunking import Passage
from services.extraction.schema import Element


@dataclass(frozen=True)
class Placed:
    """An element with its half-open code-point range in the act; None where it was not found."""

    type: str
    quote: str
    attributes: dict[str, Any]
    start: int | None
    end: int | None
    how: str


def place(elements: tuple[Element, ...], passage: Passage, text: str) -> list[Placed]:
    """Find each element's quote in the passage and map it to the act's `text`; never guess, never drop.

    The quote kept is the act's own wording; one that was not found keeps the model's.
    """
    matches = locate_any_order([element.quote for element in elements], passage.text)
    placed = []
    for element, match in zip(elements, matches, strict=True):
        attributes = dict(element.attributes)
        if match is None:
            placed.append(Placed(element.type, element.quote, attributes, None, None, "not_found"))
            continue
        start, end = to_act(passage, match.start), to_act(passage, match.end - 1) + 1
        placed.append(Placed(element.type, text[start:end], attributes, start, end, match.how))
    return placed


def to_act(passage: Passage, offset: int) -> int:
    """The act's offset of a character of `passage.text`."""
    if not passage.kept:
        return passage.start + offset
    for start, end in passage.kept:
        if offset < end - start:
            return start + offset
        offset -= end - start
    return passage.kept[-1][1]
