"""How well sequence models do on passages: loss and accuracy per token, exact F1 of spans."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.elements import Span
from engine.learning.crf import CHANCE, CrfModel
from engine.learning.labels import OUTSIDE, encode
from engine.learning.passages import Passage


@dataclass(frozen=True, slots=True)
class Figures:
    """Loss in nats per token and the share of tokens with the right label."""

    loss: float
    accuracy: float


def untrained(passages: Sequence[Passage], kind: str) -> Figures:
    """Figures of a model that knows nothing yet and marks nothing."""
    tokens = max(sum(p.tokens for p in passages), 1)
    outside = sum(encode(p.document, p.gold_of(kind)).count(OUTSIDE) for p in passages)
    return Figures(CHANCE, outside / tokens)


def measure(model: CrfModel, passages: Sequence[Passage], kind: str) -> Figures:
    """Figures of one type's model on passages."""
    loss, right, tokens = 0.0, 0, 0
    for passage in passages:
        labels = encode(passage.document, passage.gold_of(kind))
        if not labels:
            continue
        loss += model.loss(passage.rows, labels)
        right += sum(a == b for a, b in zip(model.labels(passage.rows), labels, strict=True))
        tokens += len(labels)
    return Figures(loss / max(tokens, 1), right / max(tokens, 1))


def mean(figures: Sequence[Figures]) -> Figures:
    """The mean over types (or over parts of about one size)."""
    count = max(len(figures), 1)
    return Figures(sum(f.loss for f in figures) / count, sum(f.accuracy for f in figures) / count)


def f1(gold: Sequence[list[Span]], predicted: Sequence[list[Span]]) -> float:
    """Exact F1 of spans over passages; 0 where there are none."""
    right = sum(len(set(g) & set(p)) for g, p in zip(gold, predicted, strict=True))
    total = sum(len(set(g)) for g in gold) + sum(len(set(p)) for p in predicted)
    return 2 * right / total if total else 0.0
