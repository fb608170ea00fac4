"""The learned finder of actors: is a head an actor, and which of its possible phrases is meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.elements import JsonValue, Span
from engine.learning.actor_candidates import HeadCandidate, actor_candidates
from engine.learning.forest import Forest, fit_forest
from engine.learning.linear import LinearModel, fit_linear
from engine.learning.passages import Passage
from engine.nlp.document import Document

KIND = "ACTOR"
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
_HEAD_STRENGTH, _SPAN_STRENGTH = 0.3, 1.0


@dataclass(frozen=True, slots=True)
class Scored:
    """A head's probability of being an actor and its best phrase."""

    probability: float
    span: Span
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActorModel:
    """Models of heads (linear and trees, averaged) and of phrases; from which probability a head counts."""

    head: LinearModel
    trees: Forest
    span: LinearModel
    threshold: float

    def score(self, document: Document, rules: list[Span]) -> list[Scored]:
        """Every head of a passage with its probability and best phrase."""
        scored: list[Scored] = []
        for candidate in actor_candidates(document, rules):
            values = [self.span.probability(row) for row in candidate.span_features]
            first, last = candidate.spans[values.index(max(values))]
            span = Span(document.tokens[first].start, document.tokens[last - 1].end, KIND)
            scored.append(Scored(self._probability(candidate.features), span, candidate.key))
        return scored

    def _probability(self, features: list[str]) -> float:
        return (self.head.probability(features) + self.trees.probability(frozenset(features))) / 2

    def spans(self, document: Document, rules: list[Span]) -> list[Span]:
        """Actors of a passage."""
        return choose(self.score(document, rules), self.threshold)

    def to_json(self) -> dict[str, JsonValue]:
        """The model as JSON."""
        return {
            "head": self.head.to_json(),
            "trees": self.trees.to_json(),
            "span": self.span.to_json(),
            "threshold": self.threshold,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, JsonValue]) -> "ActorModel":
        """The model `to_json` wrote."""
        head, span, threshold = data["head"], data["span"], data["threshold"]
        if not (isinstance(head, dict) and isinstance(span, dict) and isinstance(threshold, float)):
            raise TypeError("actor model")
        trees = Forest.from_json(data["trees"])
        return cls(LinearModel.from_json(head), trees, LinearModel.from_json(span), threshold)


def choose(scored: Sequence[Scored], threshold: float) -> list[Span]:
    """The first mention of every likely name; spans do not overlap."""
    seen: set[tuple[str, ...]] = set()
    found: list[Span] = []
    for item in scored:
        free = not found or item.span.start >= found[-1].end
        if item.probability >= threshold and item.key not in seen and free:
            seen.add(item.key)
            found.append(item.span)
    return found


def fit_actors(passages: Sequence[Passage], threshold: float, seed: int) -> ActorModel:
    """Learn from passages and the actors marked in them."""
    head_rows: list[list[str]] = []
    head_labels: list[bool] = []
    span_rows: list[list[str]] = []
    span_labels: list[bool] = []
    for passage in passages:
        candidates = actor_candidates(passage.document, passage.rules)
        for candidate, best in zip(candidates, _targets(passage, candidates), strict=True):
            head_rows.append(candidate.features)
            head_labels.append(best is not None)
            if best is not None:
                span_rows.extend(candidate.span_features)
                span_labels.extend(number == best for number in range(len(candidate.spans)))
    head = fit_linear(head_rows, head_labels, _HEAD_STRENGTH)
    trees = fit_forest(head_rows, head_labels, seed)
    return ActorModel(head, trees, fit_linear(span_rows, span_labels, _SPAN_STRENGTH), threshold)


def _targets(passage: Passage, candidates: Sequence[HeadCandidate]) -> list[int | None]:
    """For every head the phrase nearest to a gold actor, None where the head names none.

    A head names a gold actor that one of its phrases equals, or whose first head it is.
    """
    gold = {(span.start, span.end) for span in passage.gold_of(KIND)}
    claimed: set[tuple[int, int]] = set()
    targets: list[int | None] = []
    tokens = passage.document.tokens
    for candidate in candidates:
        offsets = [(tokens[first].start, tokens[last - 1].end) for first, last in candidate.spans]
        exact = next((number for number, span in enumerate(offsets) if span in gold), None)
        place = tokens[candidate.head].start
        holder = next(
            (span for span in sorted(gold) if span[0] <= place < span[1] and span not in claimed), None
        )
        if exact is not None:
            claimed.add(offsets[exact])
            targets.append(exact)
        elif holder is not None:
            claimed.add(holder)
            targets.append(max(range(len(offsets)), key=lambda n: (_overlap(offsets[n], holder), -n)))
        else:
            targets.append(None)
    return targets


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))
