"""The engine's models as taggers: the base model (rules alone)
and fine-tuned ones (rules and learned models).
"""

from pathlib import Path
from typing import Protocol

from engine.elements import Element, Span, reading_order
from engine.nlp.attributes.all import attributes_of
from engine.nlp.document import Document, read
from engine.nlp.rules.all import find_spans


class Tagger(Protocol):
    """Finds the elements of a passage."""

    def tag(self, text: str, context: str = "") -> list[Element]:
        """Elements in reading order; each quote is an exact slice of `text`. `context` may name the act."""
        ...


class RuleTagger:
    """norma-base-1: rules of Ukrainian legal drafting, no training."""

    def tag(self, text: str, context: str = "") -> list[Element]:
        """Elements the rules find."""
        document = read(text, context)
        return elements_of(document, find_spans(document))


def elements_of(document: Document, spans: list[Span]) -> list[Element]:
    """Elements with quotes and attributes for spans of a document."""
    ordered = reading_order(spans)
    return [
        {"type": span.type, "quote": document.text[span.start : span.end], "attributes": attributes}
        for span, attributes in zip(ordered, attributes_of(document, ordered), strict=True)
    ]


def base_tagger() -> Tagger:
    """The base model; cheap to make, its dictionary is loaded once a process."""
    return RuleTagger()


def load_tagger(folder: Path) -> Tagger:
    """A fine-tuned model saved by `engine.learning.train.train`; `ModelError` when the folder holds none."""
    from engine.learning.model import load

    return load(folder)
