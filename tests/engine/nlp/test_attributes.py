"""Attributes by rule: what the schema asks of each type, on wording of real acts."""

import pytest

from engine.elements import JsonValue
from engine.nlp.attributes.numbers import all_numbers, first_number
from engine.tagging import base_tagger


def attributes(text: str, kind: str) -> dict[str, JsonValue]:
    return next(e["attributes"] for e in base_tagger().tag(text) if e["type"] == kind)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("тридцяти", 30),
        ("ста сорока п'яти", 145),
        ("двадцять першого", 21),
        ("дев'яти", 9),
        ("двох тисяч п'ятисот", 2500),
        ("п'ятиденний", 5),
        ("2,5", 2.5),
        ("шістдесят", 60),
    ],
)
def test_numerals_in_any_case_are_numbers(words: str, number: float) -> None:
    assert first_number(words.split()) == number


def test_neighbouring_numbers_stay_apart() -> None:
    assert all_numbers(["від", "сімдесяти", "до", "ста", "сорока"]) == [70, 140]


@pytest.mark.parametrize(
    ("limit", "kind", "value", "unit", "event"),
    [
        (
            "протягом п'яти робочих днів з дня отримання запиту",
            "latest",
            5,
            "working_day",
            "отримання запиту",
        ),
        ("не пізніше 48 годин з моменту надходження заяви", "latest", 48, "hour", "надходження заяви"),
        ("протягом шести місяців після реєстрації товариства", "latest", 6, "month", "реєстрації товариства"),
        ("раз на 3 роки", "exact", 3, "year", None),
        ("не пізніше двох тижнів", "latest", 14, "calendar_day", None),
    ],
)
def test_a_limit_has_kind_amount_and_event(
    limit: str, kind: str, value: int, unit: str, event: str | None
) -> None:
    found = attributes(f"Розпорядник повідомляє заявника {limit}.", "DEADLINE")
    assert found == {"kind": kind, "value": value, "unit": unit, "from_event": event}


def test_penalties_carry_numbers_and_units() -> None:
    text = (
        "Порушення правил -\nтягне за собою накладення штрафу від сімдесяти до ста сорока п’яти"
        " неоподатковуваних мінімумів доходів громадян або арешт на строк до семи діб."
    )
    assert attributes(text, "SANCTION")["penalties"] == [
        {"kind": "штраф", "min": 70, "max": 145, "unit": "неоподатковуваний мінімум доходів громадян"},
        {"kind": "арешт", "min": None, "max": 7, "unit": "calendar_day"},
    ]


def test_the_disposition_of_an_offence_is_told_from_a_ban() -> None:
    offence = "Порушення правил -\nтягне за собою накладення штрафу."
    assert attributes(offence, "PROHIBITION")["form"] == "offence"
    assert attributes("Порушення правил забороняється.", "PROHIBITION")["form"] == "norm"


def test_a_reference_names_its_act_and_place() -> None:
    text = "Діє відповідно до підпункту 2 пункту 4 частини десятої статті 19-1 Закону України «Про освіту»."
    assert attributes(text, "REFERENCE") == {
        "target_act": "Закону України «Про освіту»",
        "article": "19-1",
        "part": "10",
        "point": "4",
        "subpoint": "2",
        "indent": None,
    }


def test_this_article_is_the_article_of_the_heading() -> None:
    text = "Стаття 30. Збори\n3. Питання, передбачені частиною другою цієї статті, розглядаються зборами."
    found = attributes(text, "REFERENCE")
    assert (found["target_act"], found["article"], found["part"]) == ("self", "30", "2")


def test_an_alias_has_term_and_meaning() -> None:
    found = attributes("Наказ видає підрозділ внутрішнього аудиту (далі - Підрозділ).", "DEFINITION")
    assert found == {"term": "Підрозділ", "meaning": "підрозділ внутрішнього аудиту"}


def test_an_exception_is_told_from_a_condition() -> None:
    assert attributes("Дані надаються, крім випадків, визначених законом.", "CONDITION") == {
        "polarity": "exception"
    }
    assert attributes("У разі потреби, рада скликає збори.", "CONDITION") == {"polarity": "if"}


def test_a_change_says_what_it_does_and_from_when() -> None:
    assert attributes("Цей Закон набирає чинності з 1 січня 2011 року.", "CHANGE") == {
        "op": "enters_force",
        "effective": "з 1 січня 2011 року",
    }
    assert attributes("Затвердити Порядок, що додається.", "CHANGE")["op"] == "approve"


def test_an_items_bearer_stands_in_its_lead_in() -> None:
    text = "1. Керівник Підрозділу повинен:\nдавати доручення працівникам;\n"
    items = [e for e in base_tagger().tag(text) if e["type"] == "OBLIGATION"]
    assert [item["attributes"]["bearer"] for item in items] == ["Керівник Підрозділу"] * 2
    assert items[1]["attributes"]["action"] == "давати доручення працівникам"


def test_roles_follow_what_the_norm_makes_of_an_actor() -> None:
    text = "Заявник зобов'язаний подати документи до Кабінету Міністрів України."
    roles = {e["quote"]: e["attributes"]["role"] for e in base_tagger().tag(text) if e["type"] == "ACTOR"}
    assert roles == {"Заявник": "bearer", "Кабінету Міністрів України": "authority"}
