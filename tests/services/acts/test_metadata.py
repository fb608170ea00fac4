from datetime import date

import pytest

from services.acts.metadata import ActCard, guess, identifier
from tests.services.acts.excerpts import excerpt, sample


@pytest.mark.parametrize(
    ("act", "title", "number", "act_type", "adopted", "body"),
    [
        (
            "2939-17",
            "Про доступ до публічної інформації",
            "2939-17",
            "Закон",
            date(2011, 1, 13),
            "Верховна Рада України",
        ),
        (
            "2341-14",
            "Кримінальний кодекс України",
            "2341-14",
            "Кодекс",
            date(2001, 4, 5),
            "Верховна Рада України",
        ),
        (
            "132_94-вр",
            "Кодекс України про надра",
            "132/94-вр",
            "Кодекс",
            date(1994, 7, 27),
            "Верховна Рада України",
        ),
        (
            "322-08",
            "Кодекс законів про працю України",
            "322-08",
            "Кодекс",
            date(1971, 12, 10),
            "Верховна Рада УРСР",
        ),
        (
            "1306-2001-п",
            "Про Правила дорожнього руху",
            "1306-2001-п",
            "Постанова",
            date(2001, 10, 10),
            "Кабінет Міністрів України",
        ),
        (
            "64_2022",
            "Про введення воєнного стану в Україні",
            "64/2022",
            "Указ",
            date(2022, 2, 24),
            "Президент України",
        ),
        (
            "z0281-25",
            "Про затвердження Кодексу етичної поведінки працівників Міністерства цифрової "
            "трансформації України",
            "z0281-25",
            "Наказ",
            date(2025, 2, 7),
            "Міністерство цифрової трансформації України",
        ),
    ],
)
def test_what_an_act_says_of_itself(
    act: str, title: str, number: str, act_type: str, adopted: date, body: str
) -> None:
    assert guess(sample(act)) == ActCard(title, number, act_type, adopted, body)


def test_a_law_signed_in_one_line() -> None:
    card = guess(excerpt("amending"))
    assert (card.number, card.date) == ("1617-17", date(2009, 7, 24))


def test_a_title_wrapped_onto_several_lines_is_one_title() -> None:
    assert guess(sample("v0050500-03")).title == (
        "Про схвалення Кодексу професійної етики внутрішніх аудиторів банківських установ та Змін до "
        "Методичних вказівок щодо застосування стандартів внутрішнього аудиту в комерційних банках України"
    )


def test_the_decree_that_enacts_a_decision_is_not_its_number() -> None:
    card = guess(sample("n0002525-26"))
    assert (card.number, card.act_type, card.date) == ("", "Рішення", date(2026, 1, 17))


@pytest.mark.parametrize("text", ["", "Стаття 1. Сфера дії\nТекст закону.", "№ 99-99-99 від 45.13.2020", "{"])
def test_a_text_that_says_nothing_of_itself(text: str) -> None:
    assert guess(text).title == ""


@pytest.mark.parametrize(
    ("printed", "act_type", "adopted", "number"),
    [
        ("2939-VI", "Закон", date(2011, 1, 13), "2939-17"),
        ("2341-III", "Кодекс", date(2001, 4, 5), "2341-14"),
        ("322-VIII", "Кодекс", date(1971, 12, 10), "322-08"),
        ("586-VIII", "Закон", date(2015, 7, 2), "586-19"),
        ("2073-ІХ", "Закон", date(2022, 2, 17), "2073-20"),
        ("254к/96-ВР", "Конституція", date(1996, 6, 28), "254к/96-вр"),
        ("64/2022", "Указ", date(2022, 2, 24), "64/2022"),
    ],
)
def test_printed_numbers_become_the_identifiers_of_the_rada(
    printed: str, act_type: str, adopted: date, number: str
) -> None:
    assert identifier(printed, act_type, adopted) == number


def test_numbers_of_the_government_and_of_the_national_bank() -> None:
    day = date(2022, 4, 15)
    assert identifier("448", "Постанова", day, "Кабінет Міністрів України") == "448-2022-п"
    assert identifier("291", "Постанова", date(1999, 3, 1), "Кабінет Міністрів України") == "291-99-п"
    assert identifier("336", "Розпорядження", day, "Кабінет Міністрів України") == "336-2022-р"
    assert (
        identifier("50", "Постанова", date(2003, 2, 12), "Правління Національного банку України")
        == "v0050500-03"
    )
