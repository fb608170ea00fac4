"""Which passages a dataset takes, and on which side they come to stand."""

from collections import Counter

from services.datasets import builder
from services.datasets.rows import content_hash
from services.datasets.split import RATIOS
from tests.sample_data import gold_text
from tests.services.datasets.test_duplicates import FORMULA, OTHER

_WORDS = ("орган", "суд", "громадянин", "власник", "комісія", "рішення", "запит", "заява", "строк", "реєстр")


def _text(act: int, number: int) -> str:
    """Every text of its own words."""
    words = [
        _WORDS[(act * 5 + number * 7 + i * (act + 2)) % len(_WORDS)] + str(act * number + i)
        for i in range(20)
    ]
    return f"Стаття {number}. Суб'єкт зобов'язаний {' '.join(words)}"


def _gold(acts: int, each: int) -> list:  # type: ignore[type-arg]
    return [gold_text(f"Закон {a}", n, _text(a, n)) for a in range(acts) for n in range(1, each + 1)]


def test_no_act_stands_on_two_sides() -> None:
    plan = builder.plan(_gold(20, 5), limit=None, seed=7, ratios=RATIOS)
    sides = {(row.act_label, row.split) for row in plan.rows}
    assert len(sides) == 20
    assert Counter(row.split for row in plan.rows) == {"train": 80, "validation": 10, "test": 10}


def test_the_same_passages_give_the_same_rows_in_whatever_order_they_come() -> None:
    gold = _gold(12, 4)
    one = builder.plan(gold, limit=30, seed=7, ratios=RATIOS)
    two = builder.plan(gold[::-1], limit=30, seed=7, ratios=RATIOS)
    assert content_hash(one.rows) == content_hash(two.rows)


def test_a_limit_takes_acts_in_turn_and_a_larger_one_only_adds() -> None:
    gold = _gold(12, 4)
    small, large = builder.choose(gold, 12, 7), builder.choose(gold, 20, 7)
    assert len({text.act_label for text in small}) == 12
    assert {(t.act_label, t.start) for t in small} < {(t.act_label, t.start) for t in large}


def test_two_editions_of_an_act_stand_on_one_side() -> None:
    gold = _gold(10, 3)
    gold += [gold_text("Закон 4", n, _text(99, n)) for n in range(50, 53)]
    plan = builder.plan(gold, limit=None, seed=3, ratios=RATIOS)
    assert len({row.split for row in plan.rows if row.act_label == "Закон 4"}) == 1


def test_a_text_that_two_acts_share_stands_on_one_side() -> None:
    gold = _gold(30, 3)
    for seed in range(12):
        shared = [gold_text("Закон 3", 90, OTHER), gold_text("Закон 21", 90, OTHER)]
        plan = builder.plan([*gold, *shared], limit=None, seed=seed, ratios=RATIOS)
        assert len({row.split for row in plan.rows if row.text == OTHER}) == 1


def test_a_formula_in_every_act_is_tested_on_nowhere_and_trained_on() -> None:
    gold = _gold(20, 4)
    gold += [gold_text(f"Закон {a}", 99, FORMULA) for a in range(20)]
    plan = builder.plan(gold, limit=None, seed=7, ratios=RATIOS)
    assert {row.split for row in plan.rows if row.text == FORMULA} == {"train"}
    assert plan.left_out > 0
    assert {row.split for row in plan.rows} == {"train", "validation", "test"}


def test_rows_teach_the_elements_in_the_order_of_the_text() -> None:
    (row,) = builder.plan([gold_text("Закон", 1, _text(1, 1))], limit=None, seed=7, ratios=RATIOS).rows
    assert [m["role"] for m in row.messages] == ["system", "user", "assistant"]
    assert row.messages[1]["content"] == row.text
    assert '"quote":"зобов\'язаний' in row.messages[2]["content"]
