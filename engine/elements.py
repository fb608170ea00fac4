"""What the engine finds: elements (type, quote, attributes) and spans in a passage.

An element's quote is an exact slice of the passage; its attributes are those of the message it was learned
from or, for the types the rules know, those of the extraction schema.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypedDict

JsonValue: TypeAlias = "str | int | float | bool | list[JsonValue] | dict[str, JsonValue] | None"


class Element(TypedDict):
    """One legal element of a passage, as a model's reply writes it."""

    type: str
    quote: str
    attributes: dict[str, JsonValue]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets of an element in its passage."""

    start: int
    end: int
    type: str


def reading_order(spans: Iterable[Span]) -> list[Span]:
    """Spans by start, the longer first among those that start together; duplicates removed."""
    return sorted(set(spans), key=lambda s: (s.start, -s.end, s.type))


def place(quotes: Sequence[tuple[str, str]], text: str) -> list[Span | None]:
    """Spans of (type, quote) pairs given in reading order; None where the text has no such quote.

    A quote is looked for from the start of the one before it, and only then from the top, at word edges
    first: replies written by hand are not always in order.
    """
    spans: list[Span | None] = []
    taken: set[Span] = set()
    cursor = 0
    for kind, quote in quotes:
        span = _first_free(kind, quote, text, cursor, taken) or _first_free(kind, quote, text, 0, taken)
        spans.append(span)
        if span:
            taken.add(span)
            cursor = span.start
    return spans


def _first_free(kind: str, quote: str, text: str, cursor: int, taken: set[Span]) -> Span | None:
    loose: Span | None = None
    start = text.find(quote, cursor) if quote else -1
    while start >= 0:
        span = Span(start, start + len(quote), kind)
        if span not in taken:
            if _at_word_edges(text, span):
                return span
            loose = loose or span
        start = text.find(quote, start + 1)
    return loose


def _at_word_edges(text: str, span: Span) -> bool:
    before = text[span.start - 1 : span.start]
    after = text[span.end : span.end + 1]
    return not (before.isalnum() and text[span.start].isalnum()) and not (
        after.isalnum() and text[span.end - 1].isalnum()
    )
