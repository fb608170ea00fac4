"""Precision, recall and F1 of extracted elements, by type and over all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from services.evaluation.matching import MatchRule, Span, pairs

Spans = Iterable[Span]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many elements were `found` of those in `gold`, and how many were `predicted`.

    A ratio with nothing below its line is None: a model that says nothing has no precision.
    """

    found: int = 0
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.found + other.found, self.gold + other.gold, self.predicted + other.predicted)

    @property
    def precision(self) -> float | None:
        """Share of what was predicted that is right."""
        return self.found / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Share of gold that was found."""
        return self.found / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        return 2 * self.found / (self.gold + self.predicted) if self.gold + self.predicted else None


@dataclass(frozen=True)
class Scores:
    """Counts over all types (`micro`) and `by_type`, for every type in gold or predicted, sorted."""

    match: MatchRule
    micro: Counts = Counts()
    by_type: dict[str, Counts] = field(default_factory=dict)


def score(
    gold: Spans | Iterable[Spans], predicted: Spans | Iterable[Spans], match: MatchRule = "exact"
) -> Scores:
    """Compare `predicted` with `gold`: the spans `(type, start, end)` of one passage, or such a
    collection for each of several passages, in the same order and number (else `ValueError`).

    `match`: `exact`, the same type and offsets; `iou`, the same type and an overlap of at least a half,
    one to one by falling overlap. The same span given twice in a passage counts once.
    """
    wanted, given = _passages(gold, predicted)
    found: Counter[str] = Counter()
    in_gold: Counter[str] = Counter()
    in_predicted: Counter[str] = Counter()
    for want, give in zip(wanted, given, strict=True):
        found.update(span[0] for span, _ in pairs(want, give, match))
        in_gold.update(span[0] for span in want)
        in_predicted.update(span[0] for span in give)
    types = sorted(in_gold | in_predicted)
    by_type = {t: Counts(found[t], in_gold[t], in_predicted[t]) for t in types}
    return Scores(match, sum(by_type.values(), Counts()), by_type)


def _passages(
    gold: Spans | Iterable[Spans], predicted: Spans | Iterable[Spans]
) -> tuple[Sequence[set[Span]], Sequence[set[Span]]]:
    wanted, given = list(gold), list(predicted)
    if _is_one_passage(wanted) or _is_one_passage(given):
        return [set(cast(list[Span], wanted))], [set(cast(list[Span], given))]
    if len(wanted) != len(given):
        raise ValueError(f"{len(wanted)} passages of gold, {len(given)} predicted")
    return [set(cast(Spans, spans)) for spans in wanted], [set(cast(Spans, spans)) for spans in given]


def _is_one_passage(items: Sequence[object]) -> bool:
    first = items[0] if items else None
    return isinstance(first, tuple) and len(first) == 3 and isinstance(first[0], str)
