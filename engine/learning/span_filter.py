"""Spans of one type proposed by rules and by the sequence model, weighed by a linear model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.elements import JsonValue, Span
from engine.learning.linear import LinearModel, fit_linear
from engine.learning.passages import Passage
from engine.nlp.document import Document

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)
_STRENGTH = 0.3


@dataclass(frozen=True, slots=True)
class FilterModel:
    """Keeps proposals from a probability on; of overlapping ones the likelier."""

    linear: LinearModel
    threshold: float

    def spans(self, document: Document, rules: list[Span], proposed: list[Span], kind: str) -> list[Span]:
        """Spans of the type; `rules` are all rule spans, `proposed` the sequence model's."""
        return keep(weigh(self.linear, document, rules, proposed, kind), self.threshold)

    def to_json(self) -> dict[str, JsonValue]:
        """The model as JSON."""
        return {"linear": self.linear.to_json(), "threshold": self.threshold}

    @classmethod
    def from_json(cls, data: Mapping[str, JsonValue]) -> "FilterModel":
        """The model `to_json` wrote."""
        linear, threshold = data["linear"], data["threshold"]
        if not (isinstance(linear, dict) and isinstance(threshold, float)):
            raise TypeError("filter model")
        return cls(LinearModel.from_json(linear), threshold)


def weigh(
    linear: LinearModel, document: Document, rules: list[Span], proposed: list[Span], kind: str
) -> list[tuple[float, Span]]:
    """Every proposal with its probability."""
    candidates = _candidates(rules, proposed, kind)
    return [(linear.probability(_features(document, span, rules, proposed)), span) for span in candidates]


def keep(weighed: Sequence[tuple[float, Span]], threshold: float) -> list[Span]:
    """The likeliest spans that do not overlap."""
    found: list[Span] = []
    for probability, span in sorted(weighed, key=lambda item: (-item[0], item[1])):
        if probability >= threshold and all(span.end <= s.start or s.end <= span.start for s in found):
            found.append(span)
    return sorted(found)


def fit_filter(
    passages: Sequence[Passage], proposed: Sequence[list[Span]], kind: str, threshold: float
) -> FilterModel:
    """Learn from passages with proposals of a sequence model that did not see them."""
    rows: list[list[str]] = []
    labels: list[bool] = []
    for passage, spans in zip(passages, proposed, strict=True):
        gold = set(passage.gold_of(kind))
        for span in _candidates(passage.rules, spans, kind):
            rows.append(_features(passage.document, span, passage.rules, spans))
            labels.append(span in gold)
    return FilterModel(fit_linear(rows, labels, _STRENGTH), threshold)


def _candidates(rules: list[Span], proposed: list[Span], kind: str) -> list[Span]:
    return sorted({span for span in rules if span.type == kind} | set(proposed))


def _features(document: Document, span: Span, rules: list[Span], proposed: list[Span]) -> list[str]:
    first, last = document.token_at(span.start), document.token_at(span.end - 1)
    by_rule, by_model = span in rules, span in proposed
    opening = [document.words[i].lemma for i in range(first, min(first + 3, last + 1))]
    around = sorted(
        {rule.type for rule in rules if rule.start <= span.start < rule.end and rule.type != span.type}
    )
    sentence = document.sentence_of[first]
    row = [
        f"by={by_rule}/{by_model}",
        f"touch={_touches(span, rules, span.type)}/{_touches(span, proposed, span.type)}",
        f"open1={opening[0]}",
        f"open2={' '.join(opening[:2])}",
        f"length={min((last - first + 1) // 2, 12)}",
        f"relative={document.relative[first]}",
        f"bracket={document.brackets[first]}",
        f"starts={sentence >= 0 and document.sentences[sentence].first == first}",
        f"before={_before(document, first - 1)}",
        f"after={_after(document, last + 1)}",
        f"last={document.words[last].lemma}",
    ]
    return row + [f"in={kind}" for kind in around]


def _touches(span: Span, others: list[Span], kind: str) -> bool:
    return any(o.type == kind and o != span and o.start < span.end and span.start < o.end for o in others)


def _before(document: Document, index: int) -> str:
    return document.tokens[index].norm if index >= 0 and not document.tokens[index].is_word else "word"


def _after(document: Document, index: int) -> str:
    if index >= len(document.tokens):
        return "end"
    token = document.tokens[index]
    return (
        token.text
        if not token.is_word
        else ("verb" if document.words[index].finite else document.words[index].pos)
    )
