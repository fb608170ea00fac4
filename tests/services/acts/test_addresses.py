import pytest

from services.acts.addresses import Addresses, address
from services.acts.structure import parse
from tests.services.acts.excerpts import excerpt, sample


@pytest.mark.parametrize(
    ("act", "phrase", "where"),
    [
        ("2939-17", "Запит на інформацію - це прохання", "ст. 19 ч. 1"),
        ("2341-14", "Службовими особами також визнаються посадові особи іноземних держав", "ст. 18 ч. 4"),
        (
            "80731-10",
            "Перебування в громадських будинках, спорудах, громадському транспорті",
            "ст. 44-3 ч. 2",
        ),
        ("1306-2001-п", "посвідчення водія на право керування", "Правила розд. 2 п. 2.1 пп. «а»"),
        ("64_2022", "ввести в дію план запровадження", "п. 4 пп. 1"),
        ("1236-2020-п", "не більше 7 гривень з урахуванням", "п. 41-4 абз. 3"),
        ("z0281-25", "доброзичливе ставлення до оточуючих", "Кодекс розд. II п. 1 абз. 2"),
        ("2939-17", "Цей Закон визначає порядок здійснення", "преамбула"),
    ],
)
def test_the_address_of_a_phrase(act: str, phrase: str, where: str) -> None:
    text = sample(act)
    assert address(parse(text), text.index(phrase)) == where


def test_the_only_paragraph_of_an_article_needs_no_part() -> None:
    text = "Стаття 1. А\nОдна норма.\nСтаття 2. Б\nПерша норма.\nДруга норма."
    addresses = Addresses(parse(text))
    assert [addresses.of(text.index(phrase)) for phrase in ("Одна", "Перша", "Друга")] == [
        "ст. 1",
        "ст. 2 ч. 1",
        "ст. 2 ч. 2",
    ]


def test_points_of_the_tax_code() -> None:
    text = excerpt("2755-17_72-73")
    assert address(parse(text), text.index("що міститься в податкових")) == "ст. 72 п. 72.1 пп. 72.1.1.1"


def test_final_provisions_annexes_and_notes() -> None:
    text = (
        "Стаття 1. А\nТекст.\nПримітка. 1. Раз.\n2. Два.\nПРИКІНЦЕВІ ПОЛОЖЕННЯ\n1. Закон діє.\n"
        "Додаток 2\nдо Закону\nПЕРЕЛІК\n1. Пункт."
    )
    addresses = Addresses(parse(text))
    assert addresses.of(text.index("Два")) == "ст. 1 прим. п. 2"
    assert addresses.of(text.index("Закон діє")) == "Прикінцеві положення п. 1"
    assert addresses.of(text.index("Пункт")) == "додаток 2 п. 1"


def test_documents_of_one_name_and_annexes_of_one_number_are_told_apart() -> None:
    text = (
        "Міністерство наказує:\n1. Затвердити порядки.\n"
        "ЗАТВЕРДЖЕНО\nНаказ № 5\nПОРЯДОК\nведення обліку\n1. Облік.\n"
        "Додаток 1\nдо Порядку\nФОРМА\n1. Графа обліку.\n"
        "ЗАТВЕРДЖЕНО\nНаказ № 5\nПОРЯДОК\nподання звітів\n1. Звіт.\n"
        "Додаток 1\nдо Порядку\nФОРМА\n1. Графа звіту."
    )
    addresses = Addresses(parse(text))
    phrases = ("Облік", "Графа обліку", "Звіт", "Графа звіту")
    assert [addresses.of(text.index(phrase)) for phrase in phrases] == [
        "Порядок ведення п. 1",
        "Порядок ведення додаток 1 п. 1",
        "Порядок подання п. 1",
        "Порядок подання додаток 1 п. 1",
    ]


def test_a_point_says_the_number_of_the_point_it_is_in() -> None:
    text = "ЗАТВЕРДЖЕНО\nНаказ № 5\nПРАВИЛА\nповедінки\n2. Обов'язки:\n2.4. Працівник діє:\nа) чесно."
    assert address(parse(text), text.index("чесно")) == "Правила п. 2.4 пп. «а»"


def test_a_title_block_has_no_address() -> None:
    text = sample("2939-17")
    assert address(parse(text), 0) == ""
    assert address([], 5) == ""
