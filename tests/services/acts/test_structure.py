"""Structure of acts: real texts and excerpts, expectations readable at a glance."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.acts import references
from services.acts.structure import KINDS, parse
from tests.services.acts.excerpts import excerpt, sample, shape, unit_at


def test_parts_points_and_paragraphs_of_an_article() -> None:
    text = """Стаття 19. Оформлення запитів на інформацію
1. Запит на інформацію - це прохання особи.
2. Запит може бути:
1) індивідуальним;
2) колективним:
від групи;
від об'єднання.
3. Запит подається в робочий час.
Відмова не допускається."""
    assert shape(text) == [
        "article 19 «Оформлення запитів на інформацію»",
        "  part 1",
        "  part 2",
        "    point 1",
        "    point 2",
        "      indent 1",
        "      indent 2",
        "      indent 3",
        "  part 3",
        "    indent 1",
        "    indent 2",
    ]


def test_unnumbered_paragraphs_are_parts_and_sanctions_belong_to_their_disposition() -> None:
    text = """Стаття 44-3. Порушення правил щодо карантину людей
Порушення правил щодо карантину людей, інших вимог законодавства, -
тягне за собою накладення штрафу на громадян від однієї до двох тисяч.
Перебування в громадських будинках без засобів захисту -
тягне за собою накладення штрафу від десяти до п’ятнадцяти.
Примітка. Положення цієї статті не застосовуються до дітей.
{Кодекс доповнено статтею 44-3 згідно із Законом № 530-IX від 17.03.2020}"""
    assert shape(text, "indent") == [
        "article 44-3 «Порушення правил щодо карантину людей»",
        "  part 1",
        "  part 2",
        "  note",
    ]


def test_a_paragraph_after_a_list_is_a_new_part_but_one_inside_it_is_not() -> None:
    text = """Стаття 24. Види стягнень
За правопорушення застосовуються:
1) попередження;
2) штраф.
Штраф сплачується в національній валюті.
3) арешт.
Законами може бути встановлено й інші види стягнень."""
    assert shape(text, "indent") == [
        "article 24 «Види стягнень»",
        "  part 1",
        "    point 1",
        "    point 2",
        "    point 3",
        "  part 2",
    ]


def test_an_article_of_the_constitution_begins_in_its_heading() -> None:
    units = parse(sample("254к_96-вр"))
    article = unit_at(units, ("article", "10"))
    assert article.title == ""
    first, second = [unit for unit in units if unit.parent is article and unit.kind == "part"][:2]
    assert first.start == article.start
    assert second.number == "2"


def test_books_sections_chapters_and_paragraphs_of_the_civil_code() -> None:
    text = sample("435-15")
    units = parse(text)
    article = unit_at(units, ("article", "1200"))
    assert [(unit.kind, unit.number) for unit in article.chain()] == [
        ("book", "5"),
        ("section", "III"),
        ("subsection", "2"),
        ("chapter", "82"),
        ("paragraph_unit", "2"),
        ("article", "1200"),
    ]
    assert sum(unit.kind == "book" for unit in units) == 6
    assert sum(unit.kind == "article" for unit in units) > 1_300


def test_general_and_special_part_of_the_criminal_code_and_its_notes() -> None:
    units = parse(sample("2341-14"))
    assert [unit.number for unit in units if unit.kind == "book"] == ["загальна", "особлива"]
    note = next(u for u in units if u.kind == "note" and u.parent == unit_at(units, ("article", "185")))
    assert [unit.number for unit in units if unit.parent is note and unit.kind == "point"][:3] == [
        "1",
        "2",
        "3",
    ]


def test_headings_typed_with_latin_letters_are_headings() -> None:
    text = "Cтаття 5. Перша\nТекст.\nРoзділ ІІ\nНАЗВА\nСтаття 6. Друга\nТекст."
    assert shape(text, "part") == ["article 5 «Перша»", "section II «НАЗВА»", "  article 6 «Друга»"]


@pytest.mark.parametrize(
    "heading",
    ["Стаття 5 Назва", "СТАТТЯ 5. Назва", "С т а т т я 5. Назва", "Ст. 5. Назва", "Стаття 5*. Назва"],
)
def test_a_heading_of_an_article_in_other_spellings(heading: str) -> None:
    assert shape(f"{heading}\n1. Норма перша.\n2. Норма друга.") == [
        "article 5 «Назва»",
        "  part 1",
        "  part 2",
    ]


def test_sections_and_chapters_without_a_full_stop_after_their_number() -> None:
    text = "Розділ II Права споживачів\nГлава 3 Захист прав\nСтаття 5. Назва\n1. Норма."
    assert shape(text)[:3] == [
        "section II «Права споживачів»",
        "  chapter 3 «Захист прав»",
        "    article 5 «Назва»",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Стаття 5 Закону України гарантує право на захист",
        "Стаття 6 Кримінального процесуального кодексу України",
        "Ст. 7 Конституції",
    ],
)
def test_a_sentence_about_an_article_is_no_heading(sentence: str) -> None:
    assert all(unit.kind != "article" for unit in parse(f"Вступ до норми.\n{sentence}\n1. Норма."))


def test_an_index_printed_with_spaces_is_an_index() -> None:
    assert shape("Стаття 19 - 1. Назва\n1. Текст.\n1 - 1. Ще текст.") == [
        "article 19-1 «Назва»",
        "  part 1",
        "  part 1-1",
    ]
    assert shape("Розділ XIII - 1.\nОБМЕЖУВАЛЬНІ ЗАХОДИ\nСтаття 91-1. Заходи\nТекст.", "part") == [
        "section XIII-1 «ОБМЕЖУВАЛЬНІ ЗАХОДИ»",
        "  article 91-1 «Заходи»",
    ]


def test_excluded_units_keep_their_place_and_their_number() -> None:
    text = """Стаття 15. Відповідальність
Військовослужбовці несуть відповідальність.
{Частину другу статті 15 виключено на підставі Закону № 586-VI від 24.09.2008}
При порушенні правил вони відповідають на загальних підставах.
{Статтю 16 виключено на підставі Закону № 2342-III від 05.04.2001}
{Стаття 17. Статтю 17 виключено на підставі Закону № 2342-III від 05.04.2001}
Стаття 18. Далі
Текст."""
    assert shape(text) == [
        "article 15 «Відповідальність»",
        "  part 1",
        "  part 2",
        "  part 3",
        "article 16",
        "article 17",
        "article 18 «Далі»",
        "  part 1",
    ]


def test_a_part_excluded_without_its_number_keeps_its_turn_and_one_brought_back_takes_it() -> None:
    text = """Стаття 49. Кредитні операції
Перша норма.
{Частину статті 49 виключено на підставі Закону № 3024-VI від 15.02.2011}
Третя норма.
Стаття 122-2. Вимоги
Перша норма.
{Частину другу статті 122-2 виключено на підставі Закону № 3785-12 від 23.12.93}
Друга норма.
{У статтю 122-2 включено частину другу згідно із Законом № 54-IX від 11.09.2019}"""
    units = parse(text)
    third, second = (
        unit_at(units, ("article", "49"), ("part", "3")),
        unit_at(units, ("article", "122-2"), ("part", "2")),
    )
    assert text[third.start : third.end] == "Третя норма."
    assert text[second.start :].startswith("Друга норма.")


def test_an_approved_document_is_a_second_document_with_its_own_numbering() -> None:
    assert shape(sample("448-2022-п"), "indent") == [
        "preamble",
        "point 1",
        "point 2",
        "annex «ПОРЯДОК застосування цивільними особами вогнепальної зброї під час участі у відсічі та "
        "стримуванні збройної агресії Російської Федерації та/або інших держав проти України у період дії "
        "воєнного стану»",
        *[f"  point {number}" for number in range(1, 7)],
    ]


def test_points_of_several_levels_in_rules_and_in_an_article_of_the_tax_code() -> None:
    units = parse(sample("1306-2001-п"))
    point = unit_at(units, ("section", "2"), ("point", "2.1"))
    assert [unit.number for unit in units if unit.parent is point and unit.kind == "subpoint"][:3] == [
        "а",
        "б",
        "в",
    ]
    assert shape(excerpt("2755-17_72-73"), "indent") == [
        "article 72 «Збір податкової інформації»",
        "  point 72.1",
        "    subpoint 72.1.1",
        "      subpoint 72.1.1.1",
        "      subpoint 72.1.1.2",
        "    subpoint 72.1.2",
        "      subpoint 72.1.2.5",
        "    subpoint 72.1.3",
        "article 73 «Отримання податкової інформації органами державної податкової служби»",
        "  point 73.1",
        "  point 73.2",
        "  point 73.3",
        "    subpoint 1",
        "    subpoint 2",
    ]


def test_a_point_whose_number_looks_like_a_date_is_a_point_and_a_date_is_none() -> None:
    text = """Стаття 14. Визначення понять
14.1. Поняття вживаються в такому значенні:
14.1.106. лізингова операція - господарська операція.
14.1.106-1. інша операція.
14.10.2020 зареєстровано."""
    assert shape(text) == [
        "article 14 «Визначення понять»",
        "  point 14.1",
        "    subpoint 14.1.106",
        "    subpoint 14.1.106-1",
        "      indent 1",
        "      indent 2",
    ]


def test_a_treaty_in_russian_has_articles_and_points_with_latin_letters() -> None:
    text = "Статья 5\nСтороны сотрудничают в областях:\na) образования;\nb) науки.\nСтатья 6\n1. Норма."
    assert shape(text, "indent") == [
        "article 5",
        "  part 1",
        "    point а",
        "    point b",
        "article 6",
        "  part 1",
    ]


def test_points_of_a_treaty_in_two_brackets() -> None:
    text = """Стаття 2
1. Співробітництво Сторін включає:
(a) обмін інформацією;
(b) обмін експертами, зокрема:
(i) науковцями;
(ii) інженерами.
2. Положення пункту 1 (b) цієї Статті не обмежують прав Сторін."""
    assert shape(text, "indent") == [
        "article 2",
        "  part 1",
        "    point а",
        "    point b",
        "      subpoint і",
        "      subpoint іі",
        "  part 2",
    ]


def test_numbers_typed_without_a_space_after_them_are_numbers() -> None:
    text = """ПОЛОЖЕННЯ
про порядок надання послуг
1.Загальні положення
1.1.Це Положення визначає порядок.
1.2.Терміни вживаються так:
а)послуга;
б)замовник.
2.Порядок надання
2.1.Послуги надаються щодня."""
    assert shape(text, "indent") == [
        "section 1 «Загальні положення»",
        "  point 1.1",
        "  point 1.2",
        "    subpoint а",
        "    subpoint б",
        "section 2 «Порядок надання»",
        "  point 2.1",
    ]


def test_a_preamble_that_ends_in_no_stop_is_no_part_of_the_title() -> None:
    text = """Про затвердження Порядку
Відповідно до статті 5 Закону України «Про освіту»
НАКАЗУЮ:
1. Затвердити Порядок."""
    assert shape(text) == ["preamble", "  indent 1", "  indent 2", "point 1"]


def test_the_signature_of_a_head_of_a_council_belongs_to_no_unit() -> None:
    text = "Рада вирішила:\n1. Затвердити Правила.\nКиївський міський голова\nВіталій КЛИЧКО"
    assert max(unit.end for unit in parse(text)) == text.index("\nКиївський")


def test_old_notes_in_round_brackets_are_no_paragraphs() -> None:
    assert shape(excerpt("270_96-вр_13-14")) == [
        "article 13 «Реклама на телебаченні і радіо»",
        "  part 1",
        "  part 2",
        "    indent 1",
        "    indent 2",
        "  part 3",
        "  part 4",
        "    indent 1",
        "    indent 2",
        "article 14 «Реклама у друкованих засобах масової інформації»",
        "  part 1",
    ]


def test_an_old_list_of_changes_in_round_brackets_is_no_paragraph() -> None:
    text = """Стаття 5. Назва
(Із змінами, внесеними згідно із Законами
№ 6/95-ВР від 19.01.95, ВВР 1995, № 5, ст. 30
№ 35/95-ВР від 27.01.95, ВВР 1995, № 6, ст. 40)
Норма (далі
- правило).
Норма друга."""
    assert shape(text) == ["article 5 «Назва»", "  part 1", "    indent 1", "    indent 2", "  part 2"]


def test_articles_that_an_amending_law_quotes_are_not_its_own() -> None:
    assert shape(excerpt("amending"), "indent") == [
        "preamble",
        "section I «Внести зміни до таких законодавчих актів України:»",
        "  point 1",
        "    subpoint 1",
        "    subpoint 2",
        "  point 2",
        "section II «Прикінцеві положення»",
        "  point 1",
        "  point 2",
    ]


def test_a_signature_belongs_to_no_unit() -> None:
    text = excerpt("amending")
    assert max(unit.end for unit in parse(text)) == text.index("\nПрезидент України")


def test_final_provisions_after_articles() -> None:
    units = parse(sample("435-15"))
    final = next(unit for unit in units if unit.kind == "final")
    assert final.title == "ПРИКІНЦЕВІ ТА ПЕРЕХІДНІ ПОЛОЖЕННЯ"
    assert final.parent is None
    assert [u.number for u in units if u.parent is final and u.kind == "point"][:3] == ["1", "2", "3"]


def test_roman_lists_inside_an_article_are_no_sections() -> None:
    text = """Стаття 66. Форми
Регулювання здійснюється у формах:
I. Адміністративне регулювання:
1) ліцензування.
II. Індикативне регулювання."""
    assert [line for line in shape(text) if "section" in line] == []


def test_parts_that_begin_on_the_line_of_the_heading() -> None:
    text = "Стаття 5. 1. Перша.\n2. Друга.\nСтаття 6. Назва. 1. Перша.\n2. Друга."
    assert shape(text) == [
        "article 5",
        "  part 1",
        "  part 2",
        "article 6 «Назва»",
        "  part 1",
        "  part 2",
    ]


def test_a_document_without_an_act_around_it() -> None:
    assert shape("ПОРЯДОК\nобліку громадян\n1. Облік ведеться.\n2. Облік є:\n1) повним;\n2) ні.") == [
        "point 1",
        "point 2",
        "  subpoint 1",
        "  subpoint 2",
    ]


def test_a_paragraph_between_points_of_no_document_is_not_lost() -> None:
    text = "1) вимагати пояснень;\nОрган діє невідкладно.\n2. Орган має право."
    assert shape(text) == ["point 1", "indent 1", "point 2"]


def test_a_wrapped_title_is_one_title() -> None:
    text = "РОЗДІЛ II. Порядок організації\nі проведення конкурсу\n1. Організатором є МОН.\n2. Рішення."
    assert shape(text)[0] == "section II «Порядок організації і проведення конкурсу»"


@pytest.mark.parametrize(
    "text", ["", "\n \n", "Просто речення без структури.", "1.", "{", "}", "«««", "Стаття"]
)
def test_any_text_has_a_structure_or_none(text: str) -> None:
    for unit in parse(text):
        assert 0 <= unit.start < unit.end <= len(text)


PIECES = [
    "Стаття 5. Назва\n",
    "Cтаття 6-1\n",
    "Розділ II\n",
    "ЗАГАЛЬНІ ПОЛОЖЕННЯ\n",
    "I. Назва\n",
    "II. Назва\n",
    "1. Текст.\n",
    "2. Текст:\n",
    "1) пункт;\n",
    "а) підпункт;\n",
    "14.1.106. Текст.\n",
    "Норма з великої.\n",
    "норма з малої;\n",
    "Примітка. 1. Текст.\n",
    "{Частину другу статті 5 виключено}\n",
    "{незакрита\n",
    "}\n",
    "“Стаття 7. Цитата\n",
    "такого змісту:\n",
    'кінець".\n',
    "ЗАТВЕРДЖЕНО\n",
    "Додаток 2\n",
    "Голова І. ІВАНОВ\n",
    "\n",
    " ",
]


def test_the_preamble_of_a_local_council_ends_its_title() -> None:
    text = """Р І Ш Е Н Н Я
від 15 березня 2019 року № 845-23/VII
Про затвердження Положення про порядок надання послуг
Розглянуте постійними комісіями міської ради питання потребує врегулювання, тому міська рада
В И Р І Ш И Л А :
1. Затвердити Положення.
Додаток 1
до рішення міської ради
від 15.03.2019 № 845-23/VII
П О Л О Ж Е Н Н Я
про порядок надання послуг
1.1. Це Положення визначає порядок."""
    assert shape(text, "indent") == [
        "preamble",
        "point 1",
        "annex 1 «ПОЛОЖЕННЯ про порядок надання послуг»",
        "  point 1.1",
    ]


def test_a_note_between_the_points_of_a_list_ends_before_the_next_of_them() -> None:
    text = """ІНСТРУКЦІЯ
2. Порядок обліку
2.1. Облік ведеться за групами.
Примітка. Облік може вестися інакше.
2.2. Особа повинна дотримуватись вимог.
Примітка. 1. Вимоги діють.
2. Інші не діють."""
    assert shape(text, "indent") == [
        "section 2 «Порядок обліку»",
        "  point 2.1",
        "    note",
        "  point 2.2",
        "  note",
        "    point 1",
        "    point 2",
    ]


def test_a_decision_below_the_decree_that_brings_it_into_force() -> None:
    text = """УКАЗ ПРЕЗИДЕНТА УКРАЇНИ №123/2021
Про рішення Ради національної безпеки і оборони України
Відповідно до статті 107 Конституції України постановляю:
1. Увести в дію рішення Ради національної безпеки і оборони України.
Президент України                                         В.ЗЕЛЕНСЬКИЙ
23 березня 2021 року
Введено в дію
Указом Президента України
від 23 березня 2021 року № 123/2021
РІШЕННЯ
Ради національної безпеки і оборони України
від 11 березня 2021 року
Заслухавши інформацію, Рада національної безпеки і оборони України вирішила:
1. Кабінету Міністрів України розробити план заходів.
2. Службі безпеки України забезпечити виконання пункту 1 цього рішення."""
    units = parse(text)
    assert shape(text, "indent") == [
        "preamble",
        "point 1",
        "annex «РІШЕННЯ Ради національної безпеки і оборони України від 11 березня 2021 року»",
        "  point 1",
        "  point 2",
    ]
    (reference,) = [ref for ref in references.find(text) if ref.noun == "рішення"]
    assert references.resolve(reference, units) == unit_at(units, ("annex", ""), ("point", "1"))


def test_the_texts_of_a_treaty_in_other_languages_are_documents_of_their_own() -> None:
    text = """УГОДА
між Урядом України і Урядом Республіки Болгарія
Стаття 1
Сторони співпрацюють відповідно до статті 2 цієї Угоди.
Стаття 2
Угода набирає чинності з дня підписання.
Додаток 1
до Угоди
ПЕРЕЛІК
1. Вантаж.
СОГЛАШЕНИЕ
между Правительством Украины и Правительством Республики Болгария
Статья 1
Стороны сотрудничают.
AGREEMENT
between the Government of Ukraine and the Government of Bulgaria
Article 1
Definitions
The Parties shall co-operate."""
    assert shape(text, "indent", "part") == [
        "article 1",
        "article 2",
        "annex 1 «ПЕРЕЛІК»",
        "  point 1",
        "annex «СОГЛАШЕНИЕ»",
        "  article 1",
        "annex «AGREEMENT»",
        "  article 1 «Definitions»",
    ]


def test_articles_of_a_trade_agreement_are_numbered_by_their_chapter() -> None:
    text = """ГЛАВА 2
НАЦІОНАЛЬНИЙ РЕЖИМ
Стаття 2.1: Визначення
Для цілей цієї Глави діють визначення Статті 2.10 (Плата).
Стаття 2.10 Плата
1. Сторона може діяти відповідно до підпункту 2(b) Статті 2.10 або до пункту 2.
2. Сторона:
(a) перше;
(b) друге:
(i) рівень один;
(ii) рівень два.
ДОДАТОК 2-A
ВИНЯТКИ
2. Виняток."""
    assert shape(text, "indent") == [
        "chapter 2 «НАЦІОНАЛЬНИЙ РЕЖИМ»",
        "  article 2.1 «Визначення»",
        "    part 1",
        "  article 2.10 «Плата»",
        "    part 1",
        "    part 2",
        "      point а",
        "      point b",
        "        subpoint і",
        "        subpoint іі",
        "annex 2-А «ВИНЯТКИ»",
        "  point 2",
    ]
    units = parse(text)
    led = [references.resolve(ref, units) for ref in references.find(text)]
    assert led == [
        unit_at(units, ("article", "2.10")),
        unit_at(units, ("article", "2.10"), ("point", "b")),
        unit_at(units, ("article", "2.10"), ("part", "2")),
    ]


def test_sections_of_building_norms_have_numbers_without_a_stop() -> None:
    text = """Планування і забудова територій
1 СФЕРА ЗАСТОСУВАННЯ
1.1 Ці норми поширюються на планування територій.
2 НОРМАТИВНІ ПОСИЛАННЯ
У цих нормах є посилання на такі документи.
3 ЗАГАЛЬНІ ВИМОГИ
3.1 Планування повинне враховувати вимоги розділу 2 та додатка А.
Додаток А
(обов'язковий)
ПОКАЗНИКИ ЩІЛЬНОСТІ
Щільність погоджується."""
    assert shape(text, "indent") == [
        "section 1 «СФЕРА ЗАСТОСУВАННЯ»",
        "  point 1.1",
        "section 2 «НОРМАТИВНІ ПОСИЛАННЯ»",
        "section 3 «ЗАГАЛЬНІ ВИМОГИ»",
        "  point 3.1",
        "annex а «ПОКАЗНИКИ ЩІЛЬНОСТІ»",
    ]


def test_articles_without_a_stop_are_told_by_their_turn() -> None:
    text = """Стаття 1 Україна є суверенна і незалежна держава.
Стаття 2 Україна є унітарною державою.
Територія України є цілісною.
Стаття 5 Закону про громадянство діє.
Стаття 3 Конституції України діє.
Стаття 3 Людина є найвищою соціальною цінністю."""
    assert [line for line in shape(text) if line.startswith("article")] == [
        "article 1",
        "article 2",
        "article 3",
    ]
    assert shape(text)[-1] == "  part 1"


def test_a_point_of_two_levels_stands_in_no_point_of_another_number() -> None:
    text = """ПРАВИЛА
31.4.1. Гальмові системи:
1. Гальмовий шлях вимірюється.
2. Гальмовий шлях залежить від швидкості.
31.4.2. Рульове керування.
Т.в.о. директора Департаменту
полковник
В.М. Федічев"""
    assert shape(text) == ["subpoint 31.4.1", "point 1", "point 2", "subpoint 31.4.2"]


def test_an_index_that_became_a_number_of_its_own() -> None:
    text = """Стаття 19. Справи
1. Юрисдикція поширюється на справи.
Стаття 19 1. Особливості
1. Суд зобов'язаний.
Стаття 19 прим. 2. Інше
1. Суд має право.
Стаття 20 1. Частина на тому самому рядку."""
    assert [line for line in shape(text) if line.startswith("article")] == [
        "article 19 «Справи»",
        "article 19-1 «Особливості»",
        "article 19-2 «Інше»",
        "article 20",
    ]


def test_closing_provisions_whose_heading_was_lost_are_no_part_of_the_last_article() -> None:
    text = """Стаття 18. Контроль
Контроль за виконанням цього Закону покладається на органи влади.
Нагляд здійснюється прокуратурою.
1. Цей Закон набирає чинності з дня його опублікування.
2. Кабінету Міністрів України:
подати пропозиції згідно з пунктом 1 цього розділу."""
    assert shape(text, "indent") == [
        "article 18 «Контроль»",
        "  part 1",
        "  part 2",
        "final",
        "  point 1",
        "  point 2",
    ]
    units = parse(text)
    (reference,) = [ref for ref in references.find(text) if ref.scope == "self" and ref.path]
    assert references.resolve(reference, units) == unit_at(units, ("final", ""), ("point", "1"))


def test_sections_numbered_without_a_name_and_chapters_numbered_in_them() -> None:
    text = """КОДЕКС ПОВЕДІНКИ
Примітка: Цей документ був прийнятий на пленарному засіданні.
І.
1. Держави наголошують на повазі до принципів.
ІІ.
2.1. Загальні вимоги щодо приєднання
2.1.1. Оператор надає послугу.
2.1.2. Замовник має право, визначене в пункті 2.1.1 глави 2.1 розділу II цього Кодексу."""
    assert shape(text, "indent", "preamble", "note") == [
        "section I",
        "  point 1",
        "section II",
        "  chapter 2.1 «Загальні вимоги щодо приєднання»",
        "    point 2.1.1",
        "    point 2.1.2",
    ]
    (reference,) = [ref for ref in references.find(text) if ref.scope == "self"]
    assert references.resolve(reference, parse(text)) == unit_at(parse(text), ("point", "2.1.1"))


def test_new_text_ends_above_the_next_instruction_though_one_quote_closes_a_title_too() -> None:
    text = """2. Внести зміни до таких законів України:
1) у статті 7 Закону України "Про Національний банк України":
пункт 26 викласти в такій редакції:
"26) створює засвідчувальний центр відповідно до Закону України "Про електронні довірчі послуги";
доповнити пунктом 26-1 такого змісту:
"26-1) здійснює регулювання, для чого встановлює:
вимоги до надавачів";
2) у Законі України "Про електронні документи":
"Стаття 6. Підпис
1. Підпис ставить автор";
3. Цей Закон набирає чинності."""
    assert shape(text, "indent") == ["point 2", "  subpoint 1", "  subpoint 2", "point 3"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=150))
def test_units_nest_and_lie_inside_the_text(text: str) -> None:
    units = parse(text)
    seen = set()
    last_start = 0
    for unit in units:
        assert unit.kind in KINDS
        assert 0 <= unit.start < unit.end <= len(text)
        assert last_start <= unit.start
        assert not text[unit.start].isspace()
        if unit.parent is not None:
            assert id(unit.parent) in seen, "a parent stands before its children"
            assert unit.parent.start <= unit.start
            assert unit.end <= unit.parent.end
        seen.add(id(unit))
        last_start = unit.start


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_siblings_never_overlap(text: str) -> None:
    ends: dict[int, int] = {}
    for unit in parse(text):
        if unit.kind == "indent":
            continue  # the first paragraph of a unit shares its beginning with the unit's first item
        key = id(unit.parent)
        assert unit.start >= ends.get(key, 0)
        ends[key] = unit.end
