"""Spans of one type as labels of tokens (O, B, I) and back."""

from engine.elements import Span
from engine.nlp.document import Document

OUTSIDE, BEGIN, INSIDE = "O", "B", "I"


def encode(document: Document, spans: list[Span]) -> list[str]:
    """Labels of a passage's tokens; of spans that overlap the outermost, earliest one counts."""
    labels = [OUTSIDE] * len(document.tokens)
    taken = 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        first = document.token_at(span.start)
        last = document.token_at(span.end - 1) + 1 if span.end > span.start else first
        if first < taken or first >= len(labels):
            continue
        labels[first:last] = [BEGIN] + [INSIDE] * (min(last, len(labels)) - first - 1)
        taken = last
    return labels


def decode(document: Document, labels: list[str], kind: str) -> list[Span]:
    """Spans of the labels; an inside without a beginning starts one."""
    spans: list[Span] = []
    first: int | None = None
    for index, label in enumerate([*labels, OUTSIDE]):
        if first is not None and label != INSIDE:
            spans.append(Span(document.tokens[first].start, document.tokens[index - 1].end, kind))
            first = None
        if label == BEGIN or (label == INSIDE and first is None):
            first = index
    return spans
