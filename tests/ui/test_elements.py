"""Element types and their facts in words."""

import pytest
from streamlit import material_icon_names

from services.extraction import schema
from ui.elements import ATTRIBUTES, FAMILIES, TYPES, VALUES, attribute_value, status_badge, summary
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
        ("DEADLINE", {"kind": "min", "value": 1.5, "unit": "year"}, "Не менше: 1,5 років"),
        ("OBLIGATION", {"bearer": "керівник органу", "action": "повідомити"}, "Хто: керівник органу"),
        ("OBLIGATION", {"bearer": None, "action": "повідомити"}, ""),
        ("ACTOR", {"role": "authority"}, "Владний суб’єкт"),
        ("CONDITION", {"polarity": "exception"}, "Виняток"),
        ("CONDITION", {"polarity": "if"}, ""),
        ("REFERENCE", {"target_act": "self", "article": "23", "part": None}, "Вказує на: цей акт, ст. 23"),
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


def test_values_the_model_may_give_have_words() -> None:
    for name, values in VALUES.items():
        assert name in ATTRIBUTES
        for value in values:
            assert attribute_value(UK, name, value) != value


def test_a_badge_is_icon_word_and_colour() -> None:
    badge = status_badge(UK, "gold")
    assert (badge.label, badge.icon, badge.tone) == ("Підтверджено", "check_circle", "good")
    assert status_badge(UK, "unheard_of").label == "unheard_of"
