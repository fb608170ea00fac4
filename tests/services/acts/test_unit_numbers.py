import pytest

from services.acts.folding import fold, fold_case
from services.acts.unit_numbers import normal, ordinal, roman, sort_key


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("першої", 1),
        ("третя", 3),
        ("п’ятою", 5),
        ("сьомому", 7),
        ("дев'ятнадцятого", 19),
        ("двадцять першої", 21),
        ("сорокового", 40),
        ("сто двадцять третім", 123),
        ("перше", 1),
    ],
)
def test_ordinals_in_words_in_any_case(words: str, number: int) -> None:
    assert ordinal(fold_case(words)) == number


@pytest.mark.parametrize("words", ["перший-ліпший", "двадцять", "вперше", ""])
def test_what_is_no_ordinal(words: str) -> None:
    assert ordinal(words) is None


def test_roman_numbers() -> None:
    assert [roman(fold(text)) for text in ("IV", "ІX", "XIX", "XL")] == [4, 9, 19, 40]
    assert roman("IIX") is None
    assert roman("") is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("19 - 1", "19-1"),
        ("14.1.106.", "14.1.106"),
        ("ІХ", "IX"),
        ("III-А", "III-А"),
        ('"Б"', "б"),
        ("двадцять першої", "21"),
    ],
)
def test_one_spelling_of_a_number(written: str, number: str) -> None:
    assert normal(fold(written)) == number


def test_numbers_stand_in_the_order_of_the_act() -> None:
    assert sort_key("9") < sort_key("10") < sort_key("10-1") < sort_key("11")
    assert sort_key("IV") < sort_key("IX") < sort_key("X-1")
    assert sort_key("а") < sort_key("ґ") < sort_key("д")
    assert sort_key("загальна") == ()
