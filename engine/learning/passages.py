"""Training passages read once for all models, and the folds they fall into."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.elements import Element, Span, place
from engine.learning.crf import features_of
from engine.learning.features import token_features
from engine.nlp.document import Document, read
from engine.nlp.rules.all import find_spans


@dataclass(frozen=True)
class Example:
    """One training passage: its text, the context the model is told, and the elements a reply names."""

    text: str
    context: str
    elements: list[Element]


@dataclass
class Passage:
    """A passage read once for all models."""

    document: Document
    gold: list[Span]
    rules: list[Span]
    group: str

    @cached_property
    def rows(self) -> Any:
        """Token features in the sequence model's form."""
        return features_of(token_features(self.document, self.rules))

    @property
    def tokens(self) -> int:
        """Number of tokens."""
        return len(self.document.tokens)

    def gold_of(self, kind: str) -> list[Span]:
        """Gold spans of one type."""
        return [span for span in self.gold if span.type == kind]

    def rules_of(self, kind: str) -> list[Span]:
        """Rule spans of one type."""
        return [span for span in self.rules if span.type == kind]


def prepare(examples: Sequence[Example]) -> list[Passage]:
    """Passages in the examples' order; elements whose quote is not in the text are left out."""
    return [_passage(number, example) for number, example in enumerate(examples)]


def _passage(number: int, example: Example) -> Passage:
    document = read(example.text, example.context)
    placed = place([(e["type"], e["quote"]) for e in example.elements], example.text)
    gold = sorted({span for span in placed if span and _has_words(document, span)})
    return Passage(document, gold, find_spans(document), example.context or f"#{number}")


def _has_words(document: Document, span: Span) -> bool:
    """Whether a token of the document stands in the span: editorial notes have none."""
    index = document.token_at(span.start)
    return index < len(document.tokens) and document.tokens[index].start < span.end


def folds(passages: Sequence[Passage], count: int, seed: int) -> list[list[int]]:
    """Indices of passages in `count` parts; passages with one context (one act) stay together.

    With fewer contexts than parts every passage stands alone.
    """
    groups: dict[str, list[int]] = {}
    for index, passage in enumerate(passages):
        groups.setdefault(passage.group, []).append(index)
    units = list(groups.values()) if len(groups) >= count else [[index] for index in range(len(passages))]
    random.Random(seed).shuffle(units)
    parts: list[list[int]] = [[] for _ in range(min(count, max(len(units), 1)))]
    for unit in sorted(units, key=len, reverse=True):
        min(parts, key=len).extend(unit)
    return [sorted(part) for part in parts if part]
