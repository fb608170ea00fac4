"""The base model on sentences of real acts: every type where a lawyer marks it, nothing where not."""

import pytest

from engine.tagging import base_tagger
from tests.engine.gold import examples


def found(text: str, context: str = "") -> list[tuple[str, str]]:
    return [(element["type"], element["quote"]) for element in base_tagger().tag(text, context)]


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        (
            "1. Працівник повинен уживати необхідних заходів відповідно до вимог, визначених цим Кодексом.",
            "OBLIGATION",
            "Працівник повинен уживати необхідних заходів відповідно до вимог, визначених цим Кодексом",
        ),
        (
            "3. Кожна дитина має право на набуття громадянства.",
            "RIGHT",
            "Кожна дитина має право на набуття громадянства",
        ),
        (
            "2. Вимоги до Довірчого списку встановлюються Кабінетом Міністрів України.",
            "COMPETENCE",
            "Вимоги до Довірчого списку встановлюються Кабінетом Міністрів України",
        ),
        (
            "4.1. Працівнику забороняється використовувати свої службові повноваження в приватних інтересах.",
            "PROHIBITION",
            "Працівнику забороняється використовувати свої службові повноваження в приватних інтересах",
        ),
        (
            "Недбале ставлення військової службової особи до військової служби -\n"
            "тягне за собою накладення штрафу або арешт з утриманням на гауптвахті на строк до семи діб.",
            "SANCTION",
            "тягне за собою накладення штрафу або арешт з утриманням на гауптвахті на строк до семи діб",
        ),
        (
            "2. Товариство виплачує дивіденди грошовими коштами, якщо інше не встановлено статутом.",
            "ACTOR",
            "Товариство",
        ),
        (
            "У разі виявлення порушення, виконавець зобов'язаний припинити роботи.",
            "CONDITION",
            "У разі виявлення порушення",
        ),
        (
            "Володілець даних протягом десяти робочих днів повідомляє суб'єкта персональних даних.",
            "DEADLINE",
            "протягом десяти робочих днів",
        ),
        (
            "Стаття 1. Визначення термінів\nпереїзд - перехрещення дороги із залізничними коліями;",
            "DEFINITION",
            "переїзд - перехрещення дороги із залізничними коліями",
        ),
        (
            "Посадова особа діє відповідно до частини першої статті 23 цього Закону.",
            "REFERENCE",
            "частини першої статті 23 цього Закону",
        ),
        (
            "4. Це рішення набирає чинності з дня його офіційного опублікування.",
            "CHANGE",
            "Це рішення набирає чинності з дня його офіційного опублікування",
        ),
    ],
)
def test_each_type_is_found_where_it_stands(text: str, kind: str, quote: str) -> None:
    assert (kind, quote) in found(text)


def test_quotes_are_exact_slices_in_reading_order_without_end_marks() -> None:
    for example in examples():
        cursor = 0
        for element in base_tagger().tag(example.text, example.context):
            quote = element["quote"]
            position = example.text.find(quote, cursor)
            assert position >= 0
            cursor = position
            assert quote == quote.strip()
            assert quote[-1] not in ";,:"


def test_a_note_in_braces_gives_nothing() -> None:
    note = (
        "{Частину першу статті 5 змінено: виконавець зобов'язаний діяти згідно із Законом № 1 від 01.01.2020}"
    )
    assert found(note) == []
    assert found(f"{note}\nКожна дитина має право на ім'я.")[0][1] == "Кожна дитина має право на ім'я"


def test_the_tail_of_a_note_cut_off_by_the_passage_gives_nothing() -> None:
    assert found("із змінами, внесеними згідно із Законом № 928 від 19.10.2022 }") == []


def test_a_list_gives_its_lead_in_and_every_item_the_same_type() -> None:
    text = (
        "Стаття 8. Права суб'єкта\n1. Суб'єкт персональних даних має право:\n"
        "1) знати про джерела збирання даних;\n2) відкликати згоду;\n"
    )
    rights = [quote for kind, quote in found(text) if kind == "RIGHT"]
    assert rights == [
        "Суб'єкт персональних даних має право",
        "знати про джерела збирання даних",
        "відкликати згоду",
    ]


def test_items_under_an_open_condition_are_conditions() -> None:
    text = "2. Повідомлення не надсилаються у разі:\n1) смерті заявника;\n2) відмови від заяви."
    conditions = [quote for kind, quote in found(text) if kind == "CONDITION"]
    assert conditions == ["смерті заявника", "відмови від заяви"]


def test_a_condition_before_the_subject_stays_outside_the_norm() -> None:
    text = "Якщо запит неповний, розпорядник зобов'язаний повідомити заявника."
    assert ("OBLIGATION", "розпорядник зобов'язаний повідомити заявника") in found(text)


def test_two_independent_verbs_give_two_norms_and_a_series_one() -> None:
    two = "Керівник органу приймає рішення про відвід та вживає заходів для завершення справи."
    one = "Засвідчувальний орган впроваджує, підтримує та публікує Довірчий список."
    assert [quote for kind, quote in found(two) if kind == "COMPETENCE"] == [
        "Керівник органу приймає рішення про відвід",
        "вживає заходів для завершення справи",
    ]
    assert [quote for kind, quote in found(one) if kind == "COMPETENCE"] == [one[:-1]]


def test_a_heading_is_no_element() -> None:
    assert found("Стаття 36. Підстави для початку провадження, визначені статтею 5 Закону України") == []


def test_an_article_whose_text_follows_its_number_is_read() -> None:
    text = "Стаття 26. Іноземці користуються тими самими правами і свободами."
    assert ("RIGHT", "Іноземці користуються тими самими правами і свободами") in found(text)


def test_statements_of_scope_give_no_norm_but_their_references_count() -> None:
    text = "1. Цей Закон регулює відносини, визначені частиною другою статті 3 Закону України «Про надра»."
    assert found(text) == [("REFERENCE", "частиною другою статті 3 Закону України «Про надра»")]


def test_the_new_text_of_an_amendment_is_part_of_the_change_and_not_marked_again() -> None:
    text = (
        "1. Пункт 45 викласти в такій редакції:\n"
        "“45. Заявник зобов'язаний подати скаргу протягом п'яти днів”."
    )
    assert found(text) == [
        ("CHANGE", text.removeprefix("1. ").removesuffix(".")),
        ("REFERENCE", "Пункт 45"),
    ]


@pytest.mark.parametrize(
    "quote",
    [
        "абзаців першого - третього частини третьої статті 29 цього Закону",
        "статтями 30-34, 38, 39, 41-44, 53 Конституції України",
        "підпункту 1 пункту 5, пункту 8 Положення про Міністерство, затвердженого постановою"
        " Кабінету Міністрів України від 25 червня 2020 року № 614",
        "статей 5, 7 і 9 Кодексу України про адміністративні правопорушення",
        "абзацу сорок першого",
        "постанови Кабінету Міністрів України від 07 вересня 2011 року № 942 «Про перелік тем»",
    ],
)
def test_a_list_of_targets_with_its_act_is_one_reference(quote: str) -> None:
    assert [q for kind, q in found(f"Дані надаються на підставі {quote}.") if kind == "REFERENCE"] == [quote]


def test_several_acts_in_one_list_are_several_references() -> None:
    text = "На виконання Законів України «Про вищу освіту», «Про наукову експертизу» затверджується план."
    assert [quote for kind, quote in found(text) if kind == "REFERENCE"] == [
        "Законів України «Про вищу освіту»",
        "«Про наукову експертизу»",
    ]


def test_an_empty_text_gives_nothing() -> None:
    assert found("") == []
    assert found(" \n\n ") == []


def test_a_very_long_text_is_read_to_its_end() -> None:
    line = "Орган розглядає заяву протягом п'яти днів.\n"
    text = line * 2500
    elements = base_tagger().tag(text)
    assert len(text) > 100_000
    assert sum(element["type"] == "DEADLINE" for element in elements) == 2500


def test_rules_beat_half_of_the_gold_on_real_passages() -> None:
    right = total = 0
    for example in examples():
        gold = {(e["type"], e["quote"]) for e in example.elements}
        marked = {(e["type"], e["quote"]) for e in base_tagger().tag(example.text, example.context)}
        right += len(gold & marked)
        total += len(gold) + len(marked)
    assert 2 * right / total > 0.55


def test_a_bracket_that_never_closes_hides_nothing() -> None:
    text = "1. Рада (обрана на зборах скликає засідання.\n2. Кожна дитина має право на ім'я."
    assert ("RIGHT", "Кожна дитина має право на ім'я") in found(text)


def test_a_power_to_change_is_no_change() -> None:
    text = "Кабінет Міністрів України може скасувати рішення ради."
    assert ("COMPETENCE", text[:-1]) in found(text)
