"""Pairs worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.matching import Span, iou, pairs

spans = st.tuples(st.sampled_from(["RIGHT", "ACTOR"]), st.integers(0, 12), st.integers(0, 12)).map(
    lambda s: (s[0], min(s[1:]), max(s[1:]))
)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((0, 10), (0, 10), 1.0),
        ((0, 10), (5, 10), 0.5),
        ((0, 10), (5, 15), 1 / 3),
        ((0, 10), (10, 20), 0.0),
        ((0, 3), (8, 9), 0.0),
        ((4, 4), (4, 4), 0.0),
    ],
)
def test_intersection_over_union(a: tuple[int, int], b: tuple[int, int], expected: float) -> None:
    assert iou(("ACTOR", *a), ("ACTOR", *b)) == pytest.approx(expected)


def test_exact_asks_for_type_and_both_ends() -> None:
    gold = [("RIGHT", 0, 10), ("ACTOR", 0, 4), ("ACTOR", 6, 9)]
    predicted = [("RIGHT", 0, 10), ("RIGHT", 0, 4), ("ACTOR", 6, 8)]
    assert pairs(gold, predicted, "exact") == [(("RIGHT", 0, 10), ("RIGHT", 0, 10))]


def test_half_is_enough_and_less_is_not() -> None:
    assert pairs([("RIGHT", 0, 10)], [("RIGHT", 0, 5)], "iou") == [(("RIGHT", 0, 10), ("RIGHT", 0, 5))]
    assert pairs([("RIGHT", 0, 10)], [("RIGHT", 0, 4)], "iou") == []
    assert pairs([("RIGHT", 0, 10)], [("COMPETENCE", 0, 10)], "iou") == []


def test_best_overlap_goes_first_whatever_the_order() -> None:
    # By order of the text the first prediction would take the only gold span (0.6) from the better (0.9).
    gold = [("RIGHT", 0, 10)]
    predicted = [("RIGHT", 0, 6), ("RIGHT", 1, 10)]
    assert pairs(gold, predicted, "iou") == [(("RIGHT", 0, 10), ("RIGHT", 1, 10))]


def test_one_long_prediction_pairs_once() -> None:
    gold = [("RIGHT", 0, 10), ("RIGHT", 10, 20)]
    assert len(pairs(gold, [("RIGHT", 0, 20)], "iou")) == 1


@given(st.lists(spans, max_size=8), st.lists(spans, max_size=8))
def test_one_to_one_and_never_fewer_than_exact(gold: list[Span], predicted: list[Span]) -> None:
    loose, exact = pairs(gold, predicted, "iou"), pairs(gold, predicted, "exact")
    for found in (loose, exact):
        assert len({g for g, _ in found}) == len({p for _, p in found}) == len(found)
        assert all(g in gold and p in predicted and g[0] == p[0] for g, p in found)
    assert {pair for pair in exact if pair[0][1] < pair[0][2]} <= set(loose)
    assert loose == pairs(gold[::-1], predicted[::-1], "iou")
