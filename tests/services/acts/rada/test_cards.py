"""Cards as the service sends them, with all their variety."""

import json
from datetime import date as Day  # noqa: N812
from typing import Any

import pytest

from services.acts.rada.cards import Edition, read_card
from services.acts.rada.errors import UnreadableReplyError
from tests.standins.rada_service import RECORDED, law_card


def test_the_recorded_card() -> None:
    card = read_card((RECORDED / "card-36-2026-п.json").read_bytes())
    assert (card.number, card.act_type, card.body) == ("36-2026-п", "Постанова", "Кабінет Міністрів України")
    assert (card.adopted, card.current, card.status) == (Day(2026, 1, 14), Day(2026, 1, 14), 5)
    assert card.editions == (Edition(Day(2026, 1, 14)),)
    assert card.title.startswith("Про внесення змін до переліку платних послуг")


def test_editions_know_their_acts_and_the_future_ones_are_told_apart() -> None:
    card = read_card(json.dumps(law_card()).encode())
    assert [edition.day.year for edition in card.editions] == [2007, 2012, 2026, 2027]
    assert card.editions[3].amended_by == ("4718-20", "4719-20")
    assert [card.is_future(edition) for edition in card.editions] == [False, False, False, True]
    assert card.edition("2012-02-23") == Edition(Day(2012, 2, 23), ("4441-17",))
    assert card.edition("2012-02-24") is None


@pytest.mark.parametrize(
    ("types", "act_type"),
    [(1, "Закон"), ("21|1|124", "Кодекс"), ("216", "Конституція"), (None, "Закон"), ("999", "Закон")],
)
def test_types_come_as_a_number_or_as_several(types: Any, act_type: str) -> None:
    assert read_card(json.dumps(law_card() | {"types": types}).encode()).act_type == act_type


@pytest.mark.parametrize("value", [30000101, 0, None, "", "20260230", "soon", 2026])
def test_a_day_that_is_not_fixed_is_none(value: Any) -> None:
    card = read_card(json.dumps(law_card() | {"datred": value, "orgdat": value}).encode())
    assert (card.current, card.adopted) == (None, None)


@pytest.mark.parametrize(
    "data", [b"", b"<html>", b"[]", b'{"result":"err"}', b'{"nreg":"","nazva":""}', b"[" * 99_999, b"null"]
)
def test_what_is_no_card_is_not_taken_for_one(data: bytes) -> None:
    with pytest.raises(UnreadableReplyError):
        read_card(data)
