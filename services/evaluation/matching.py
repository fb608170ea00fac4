"""Pairing what a model found with gold, one to one."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

Span = tuple[str, int, int]
"""Type, start and end (half-open, code points of the passage or act)."""

MatchRule = Literal["exact", "iou"]
LEAST_IOU = 0.5


def iou(a: Span, b: Span) -> float:
    """Intersection over union of two spans' characters, 0 to 1; two empty spans have 0."""
    shared = min(a[2], b[2]) - max(a[1], b[1])
    return max(shared, 0) / union if (union := max(a[2], b[2]) - min(a[1], b[1])) else 0.0


def pairs(gold: Iterable[Span], predicted: Iterable[Span], match: MatchRule) -> list[tuple[Span, Span]]:
    """Pairs (gold, predicted) of one passage: each span once, inside a type, the best overlaps first.

    `exact` asks for the same offsets, `iou` for an overlap of at least a half. The same type and offsets
    given twice are one span.
    """
    if match == "exact":
        return [(span, span) for span in sorted(set(gold) & set(predicted))]
    ranked = sorted(_overlaps(set(gold), set(predicted)), key=lambda found: (-found[0], found[1], found[2]))
    used_gold: set[Span] = set()
    used_predicted: set[Span] = set()
    paired: list[tuple[Span, Span]] = []
    for _, wanted, given in ranked:
        if wanted not in used_gold and given not in used_predicted:
            used_gold.add(wanted)
            used_predicted.add(given)
            paired.append((wanted, given))
    return sorted(paired)


def _overlaps(gold: set[Span], predicted: set[Span]) -> list[tuple[float, Span, Span]]:
    by_type: dict[str, list[Span]] = defaultdict(list)
    for span in predicted:
        by_type[span[0]].append(span)
    found = ((iou(wanted, given), wanted, given) for wanted in gold for given in by_type[wanted[0]])
    return [overlap for overlap in found if overlap[0] >= LEAST_IOU]
