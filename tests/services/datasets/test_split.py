"""Acts on sides: no act on two, near the ratios, the same each time, and stable when acts are added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.datasets.errors import BadRatiosError
from services.datasets.split import SPLITS, assign


def _shares(sizes: dict[str, int], sides: dict[str, str]) -> dict[str, float]:
    total = sum(sizes.values())
    return {name: sum(n for act, n in sizes.items() if sides[act] == name) / total for name in SPLITS}


@given(
    sizes=st.dictionaries(st.text(min_size=1, max_size=8), st.integers(1, 60), min_size=3, max_size=60),
    seed=st.integers(0, 10**6),
)
def test_every_act_has_one_side_and_no_side_is_empty(sizes: dict[str, int], seed: int) -> None:
    sides = assign(sizes, seed=seed)
    assert set(sides) == set(sizes)
    assert set(sides.values()) == set(SPLITS)


@given(seed=st.integers(0, 10**6))
def test_shares_are_near_the_ratios(seed: int) -> None:
    sizes = {f"акт {i}": 1 + i % 7 for i in range(60)}
    shares = _shares(sizes, assign(sizes, seed=seed))
    assert shares["train"] == pytest.approx(0.8, abs=0.05)
    assert shares["validation"] == pytest.approx(0.1, abs=0.04)
    assert shares["test"] == pytest.approx(0.1, abs=0.04)


def test_the_order_of_acts_does_not_matter() -> None:
    sizes = {f"акт {i}": 1 + i % 5 for i in range(30)}
    assert assign(sizes, seed=7) == assign(dict(reversed(sizes.items())), seed=7)


def test_another_seed_tests_on_other_acts() -> None:
    sizes = dict.fromkeys((f"акт {i}" for i in range(30)), 3)
    tested = [{act for act, side in assign(sizes, seed=s).items() if side == "test"} for s in (1, 2)]
    assert tested[0] != tested[1]


def test_new_acts_leave_the_old_ones_where_they_were() -> None:
    old = {f"акт {i}": 3 for i in range(40)}
    before, after = assign(old, seed=7), assign({**old, **{f"новий {i}": 3 for i in range(4)}}, seed=7)
    moved = [act for act in old if before[act] != after[act]]
    assert len(moved) <= 2
    assert not any({before[act], after[act]} == {"test", "validation"} for act in moved)


@pytest.mark.parametrize(("acts", "expected"), [(1, {"train"}), (2, {"train", "test"})])
def test_with_fewer_than_three_acts_training_comes_first(acts: int, expected: set[str]) -> None:
    assert set(assign({f"акт {i}": 4 for i in range(acts)}, seed=7).values()) == expected


@given(
    sizes=st.dictionaries(st.integers(), st.integers(1, 12), min_size=30, max_size=80),
    seed=st.integers(0, 999),
)
def test_from_thirty_acts_on_six_are_tested_on(sizes: dict[int, int], seed: int) -> None:
    """Fewer could not show that one model is better than another."""
    sides = assign({f"акт {act}": size for act, size in sizes.items()}, seed=seed)
    if sorted(sizes.values())[5] <= sum(sizes.values()) / 40:
        assert list(sides.values()).count("test") >= 6


def test_one_giant_act_is_trained_on() -> None:
    sides = assign({"кодекс": 500, "закон": 6, "постанова": 5, "наказ": 4}, seed=7)
    assert sides["кодекс"] == "train"


@pytest.mark.parametrize("ratios", [(0, 50, 50), (80, -10, 30)])
def test_shares_that_cannot_be_used_are_refused(ratios: tuple[int, int, int]) -> None:
    with pytest.raises(BadRatiosError) as raised:
        assign({"акт": 3}, seed=7, ratios=ratios)
    assert raised.value.data == {"ratios": list(ratios)}


def test_a_share_of_nothing_gives_an_empty_side() -> None:
    sides = assign({f"акт {i}": 2 for i in range(20)}, seed=7, ratios=(90, 10, 0))
    assert set(sides.values()) == {"train", "validation"}
