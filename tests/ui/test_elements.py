"""Element types and their facts in words."""

import pytest
from streamlit import material_icon_names

from services.extraction import schema
from ui.amounts import amount, penalty
from ui.attributes import ATTRIBUTES, VALUES, attribute_value, field_label, summary
from ui.elements import FAMILIES, TYPES, status_badge
from ui.i18n import Text
from ui.styles import MASKED, icon_paths, stylesheet

UK = Text("uk")


def test_the_eleven_types_are_those_of_the_schema() -> None:
    assert set(TYPES) == set(schema.TYPES)
    assert {kind.family for kind in TYPES.values()} == set(FAMILIES)
    assert len({kind.layer for kind in TYPES.values()}) == len(TYPES)


def test_every_icon_and_colour_exists() -> None:
    known = material_icon_names.ALL_MATERIAL_ICONS
    for kind in TYPES.values():
        assert kind.icon in known
        assert kind.icon in icon_paths()
        assert f"--el-{kind.code.lower()}-fill" in stylesheet()
        assert f"--el-{kind.code.lower()}-line" in stylesheet()
    assert set(MASKED) <= set(icon_paths())


@pytest.mark.parametrize(
    ("code", "attributes", "words"),
    [
        ("DEADLINE", {"kind": "latest", "value": 5, "unit": "working_day"}, "Не пізніше: 5 робочих днів"),
        ("DEADLINE", {"kind": "max", "value": 3, "unit": "month"}, "Не довше: 3 місяці"),
        (
            "DEADLINE",
            {"kind": "latest", "value": None, "unit": None, "from_event": "невідкладно"},
            "Не пізніше",
        ),
        ("DEADLINE", {"kind": "min", "value": 1.5, "unit": "year"}, "Не менше: 1,5 року"),
        ("OBLIGATION", {"bearer": "керівник органу", "action": "повідомити"}, "Хто: керівник органу"),
        ("OBLIGATION", {"bearer": None, "action": "повідомити"}, ""),
        ("ACTOR", {"role": "authority"}, "Владний суб’єкт"),
        ("CONDITION", {"polarity": "exception"}, "Виняток"),
        ("CONDITION", {"polarity": "if"}, ""),
        ("REFERENCE", {"target_act": "self", "article": "23", "part": None}, "Вказує на: цей акт, ст. 23"),
        (
            "REFERENCE",
            {"target_act": "Податкового кодексу України", "point": "35"},
            "Вказує на: Податковий кодекс України, п. 35",
        ),
        (
            "REFERENCE",
            {"target_act": "Законом України «Про інформацію»"},
            "Вказує на: Закон України «Про інформацію»",
        ),
        (
            "SANCTION",
            {"penalties": [{"kind": "штраф", "min": 20, "max": 50, "unit": "НМДГ"}]},
            "Штраф 20–50 НМДГ",
        ),
        ("CHANGE", {"op": "restate", "effective": None}, "Викласти в новій редакції"),
    ],
)
def test_the_second_line_of_an_element(code: str, attributes: dict[str, object], words: str) -> None:
    assert summary(UK, code, attributes).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (1, "month", "1 місяць"),
        (2, "hour", "2 години"),
        (5, "year", "5 років"),
        (21, "working_day", "21 робочий день"),
        (1.5, "hour", "1,5 години"),
        (0.5, "year", "0,5 року"),
        (2.5, "calendar_day", "2,5 календарного дня"),
        (3.0, "month", "3 місяці"),
        (
            1700,
            "неоподатковуваний мінімум доходів громадян",
            "1 700 неоподатковуваних мінімумів доходів громадян",
        ),
        (0.5, "прожитковий мінімум", "0,5 прожиткового мінімуму"),
        (7, "аршин", "7 аршин"),
    ],
)
def test_amounts_take_the_form_their_number_asks_for(number: float, unit: str, words: str) -> None:
    assert amount(UK, number, unit).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (5, 8, "позбавлення волі 5–8 років"),
        (None, 2, "позбавлення волі не більше ніж 2 роки"),
        (3, None, "позбавлення волі не менше ніж 3 роки"),
        (2, 2, "позбавлення волі 2 роки"),
        (None, None, "позбавлення волі"),
    ],
)
def test_a_penalty_says_how_much_it_may_be(low: float | None, high: float | None, words: str) -> None:
    record = {"kind": "позбавлення волі", "min": low, "max": high, "unit": "year"}
    assert penalty(UK, record).replace("\u00a0", " ") == words


def test_fields_of_a_penalty_are_named_in_words() -> None:
    fields = schema.TYPES["SANCTION"].attributes[0].fields
    assert [field_label(UK, "penalties", field.name) for field in fields] == [
        "Покарання",
        "Від",
        "До",
        "Міра",
    ]


def test_values_the_model_may_give_have_words() -> None:
    for name, values in VALUES.items():
        assert name in ATTRIBUTES
        for value in values:
            assert attribute_value(UK, name, value) != value


def test_a_badge_is_icon_word_and_colour() -> None:
    badge = status_badge(UK, "gold")
    assert (badge.label, badge.icon, badge.tone) == ("Підтверджено", "check_circle", "good")
    assert status_badge(UK, "unheard_of").label == "unheard_of"
