"""References: what is found, how it reads, where it leads."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.acts import references
from services.acts.references import Reference
from services.acts.structure import parse
from tests.services.acts.excerpts import sample


def found(text: str) -> list[str]:
    """The references of `text` as written."""
    return [text[ref.start : ref.end] for ref in references.find(text)]


def only(text: str) -> Reference:
    (reference,) = references.find(text)
    return reference


@pytest.mark.parametrize(
    ("text", "path", "scope"),
    [
        (
            "згідно з підпунктом “б” пункту 2 частини першої статті 10 цього Закону",
            (("article", "10"), ("part", "1"), ("point", "2"), ("subpoint", "б")),
            "self",
        ),
        ("у статті 19-1 цього Кодексу", (("article", "19-1"),), "self"),
        ("передбачених статтями 253-255 цього Кодексу", (("article", "253"),), "self"),
        ("передбачених статтями 301-1-303 цього Кодексу", (("article", "301-1"),), "self"),
        ("відповідно до пункту 3-8 цього розділу", (("section", ""), ("point", "3-8")), "self"),
        ("у пункті 11.10 цих Правил", (("point", "11.10"),), "self"),
        ("зазначеному в пункті 9.9 (“в”, “г”) цих Правил", (("point", "9.9"), ("subpoint", "в")), "self"),
        ("абзацу першого цієї частини", (("part", ""), ("indent", "1")), "self"),
        ("дев’ятнадцятої статті 110 цього Закону", (("article", "110"),), "self"),
        ("главою 13-Б цього Кодексу", (("chapter", "13-Б"),), "self"),
        (
            "пункту 2 розділу X “Прикінцеві положення” цього Закону",
            (("section", "X"), ("point", "2")),
            "self",
        ),
        ("статтею Особливої частини цього Кодексу", (("book", "особлива"),), "self"),
        (
            "порушення ст. 19 ч. 2 п. 3 цього Закону",
            (("article", "19"), ("part", "2"), ("point", "3")),
            "self",
        ),
        ("вимоги ст. 19, ч. 2 застосовуються", (("article", "19"), ("part", "2")), "bare"),
        (
            "абзацом п’ятим підпункту “а” підпункту 11 цього пункту",
            (("point", ""), ("subpoint", "11"), ("subpoint", "а"), ("indent", "5")),
            "self",
        ),
        ("згідно з додатком А", (("annex", "а"),), "bare"),
        ("перелічені у додатку I", (("annex", "I"),), "bare"),
        ("відповідно до статті 8(1)", (("article", "8"), ("part", "1")), "bare"),
        ("у пункті (b) статті 2(1)", (("article", "2"), ("part", "1"), ("point", "b")), "bare"),
        (
            "відповідно до статті 8(1)(b) цієї Директиви",
            (("article", "8"), ("part", "1"), ("subpoint", "b")),
            "self",
        ),
        ("за підпунктом 2(b) цієї статті", (("article", ""), ("point", "2"), ("subpoint", "b")), "self"),
        ("вимоги ч. 2 ст. 5 цього ж Закону", (("article", "5"), ("part", "2")), "self"),
        ("у порядку, встановленому цим Законом", (), "self"),
        ("вимоги п. 1.2. цього Положення", (("point", "1.2"),), "self"),
        (
            "згідно з підпунктом (b) пункту 1 цієї статті",
            (("article", ""), ("point", "1"), ("subpoint", "b")),
            "self",
        ),
        ("пункт 3 (а) не вважається перешкодою", (("point", "3"), ("subpoint", "а")), "bare"),
        (
            "пункту 3 примітки до статті 185 цього Кодексу",
            (("article", "185"), ("note", ""), ("point", "3")),
            "self",
        ),
        (
            "пункту 5 Прикінцевих та перехідних положень цього Закону",
            (("final", "прикінцеві"), ("point", "5")),
            "self",
        ),
        ("у другій частині цієї статті", (("article", ""), ("part", "2")), "self"),
        ("доповнено розділом XIII - 1", (("section", "XIII-1"),), "bare"),
        ("ч. 2 ст. 5", (("article", "5"), ("part", "2")), "bare"),
        ("другого речення абзацу третього пункту 4", (("point", "4"), ("indent", "3")), "bare"),
    ],
)
def test_a_chain_of_units(text: str, path: tuple[tuple[str, str], ...], scope: str) -> None:
    reference = only(text)
    assert reference.path == path
    assert reference.scope == scope
    assert reference.target_act is None


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        (
            "Відповідно до статті 5 Закону України “Про санкції” Рада вирішила",
            "статті 5 Закону України “Про санкції”",
        ),
        ("у статті 46-1 Кримінального кодексу України 1960 року, застосовується", None),
        (
            "встановлюються Кодексом адміністративного судочинства України.",
            "Кодексом адміністративного судочинства України",
        ),
        ("постановою Кабінету Міністрів України від 14 квітня 2021 р. № 409 (Офіційний", None),
        (
            "затвердженого наказом від 20.03.98\nN 114 (v0548500-98)",
            "наказом від 20.03.98\nN 114 (v0548500-98)",
        ),
        (
            'Законом України "Про внесення змін до Закону України "Про освіту"" від 1 січня 2020 року № 5-IX',
            None,
        ),
        ("гарантуються Конституцією України", "Конституцією України"),
        ("див. ст. 5 ч. 2 Закону України “Про санкції”", "ст. 5 ч. 2 Закону України “Про санкції”"),
        ("згідно з пунктом 8 Положення про Міністерство", "пунктом 8 Положення про Міністерство"),
        (
            "пункту 2 статті 6 Конвенції про захист прав людини",
            "пункту 2 статті 6 Конвенції про захист прав людини",
        ),
        ("статті 5 зазначеного Закону", "статті 5 зазначеного Закону"),
        ("пункті 3 Порядку, затвердженого", "пункті 3 Порядку"),
        ("Дотримання вимог Правил дорожнього руху обов'язкове", "Правил дорожнього руху"),
        (
            "у порядку, встановленому Кабінетом Міністрів України",
            "порядку, встановленому Кабінетом Міністрів України",
        ),
        ("Директиви 2008/68/ЄС", "Директиви 2008/68/ЄС"),
        ("згідно з Дисциплінарним статутом Збройних Сил", "Дисциплінарним статутом"),
        ("до Міжнародних медико-санітарних правил (2005 рік)", "Міжнародних медико-санітарних правил"),
    ],
)
def test_another_act(text: str, reference: str | None) -> None:
    (external,) = (ref for ref in references.find(text) if ref.scope == "external")
    assert external.target_act
    if reference is not None:
        assert text[external.start : external.end] == reference


def test_a_law_is_named_with_its_whole_title_nested_quotes_included() -> None:
    text = 'згідно із Законом України "Про внесення змін до Закону України "Про освіту"", який діє'
    assert found(text) == ['Законом України "Про внесення змін до Закону України "Про освіту""']


def test_each_title_of_a_list_of_laws_is_a_reference() -> None:
    text = "відповідно до законів України “Про оренду”, “Про концесію” та “Про державно-приватне партнерство”"
    assert [ref.split("“")[1] for ref in found(text)] == [
        "Про оренду”",
        "Про концесію”",
        "Про державно-приватне партнерство”",
    ]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        (
            "передбачені статтями 307, 310-312 та 317 цього Кодексу, караються",
            {"статтями 307": "article 307", "310-312": "article 310", "317 цього Кодексу": "article 317"},
        ),
        (
            "пунктами 1 (крім випадку ліквідації), 2-5, 7 статті 40 цього Кодексу",
            {
                "пунктами 1": "article 40 point 1",
                "2-5": "article 40 point 2",
                "7 статті 40 цього Кодексу": "article 40 point 7",
            },
        ),
        (
            "передбачених частинами другою - четвертою статті 1273",
            {"частинами другою": "article 1273 part 2", "четвертою статті 1273": "article 1273 part 4"},
        ),
        (
            "згідно з першою та другою частинами статті 5",
            {"першою": "article 5 part 1", "другою частинами статті 5": "article 5 part 2"},
        ),
        (
            "частиною першою статей 204, 209-1 цього Кодексу",
            {
                "частиною першою статей 204": "article 204 part 1",
                "209-1 цього Кодексу": "article 209-1 part 1",
            },
        ),
        (
            "статтями 5, 7 Закону України “Про освіту”",
            {"статтями 5": "article 5", "7 Закону України “Про освіту”": "article 7"},
        ),
    ],
)
def test_each_unit_of_a_list_is_a_reference(text: str, targets: dict[str, str]) -> None:
    read = {
        text[ref.start : ref.end]: " ".join(f"{kind} {number}" for kind, number in ref.path)
        for ref in references.find(text)
    }
    assert read == targets


def test_of_two_lists_the_later_members_of_the_larger_stand_for_themselves() -> None:
    text = "частинами першою і другою статей 212, 212-1 цього Кодексу"
    assert [(text[ref.start : ref.end], ref.path) for ref in references.find(text)] == [
        ("частинами першою", (("article", "212"), ("part", "1"))),
        ("другою статей 212", (("article", "212"), ("part", "2"))),
        ("212-1 цього Кодексу", (("article", "212-1"),)),
    ]


def test_the_next_item_of_an_enumeration_is_no_member_of_a_list() -> None:
    text = "1) фізичних осіб згідно з додатком 1;\n2) юридичних осіб згідно з додатком 3."
    assert found(text) == ["додатком 1", "додатком 3"]


def test_joined_chains_share_what_the_last_one_belongs_to() -> None:
    text = "пунктами 1 і 5 частини третьої та частиною четвертою статті 71 цього Кодексу"
    assert [(ref.path, ref.scope) for ref in references.find(text)] == [
        ((("article", "71"), ("part", "3"), ("point", "1")), "self"),
        ((("article", "71"), ("part", "3"), ("point", "5")), "self"),
        ((("article", "71"), ("part", "4")), "self"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Стаття 5. Права споживача\n",
        "частини земельної ділянки",
        "у розділі мови",
        "кредит 5 відсотків",
        "цього Закону",
        "(Відомості Верховної Ради України (ВВР), 2004, № 14, ст.192)",
        "стаття витрат",
        "друга частина строку",
    ],
)
def test_what_is_no_reference(text: str) -> None:
    assert references.find(text) == []


def test_a_term_defined_elsewhere_leads_to_the_law_that_defines_it() -> None:
    text = (
        "Терміни “напад” та “цивільний об’єкт” вживаються у значенні, наведеному в Законі України “Про ЗМІ”"
    )
    assert found(text) == ["“напад”", "“цивільний об’єкт”", "Законі України “Про ЗМІ”"]


def test_an_annexed_document_is_a_reference_inside_the_act() -> None:
    text = sample("448-2022-п")
    units = parse(text)
    reference = next(ref for ref in references.find(text) if ref.path == (("annex", ""),))
    unit = references.resolve(reference, units)
    assert unit is not None
    assert unit.kind == "annex"
    assert unit.title.startswith("ПОРЯДОК застосування")


def test_a_list_of_annexed_documents_is_a_reference_a_line() -> None:
    text = """2. Затвердити такі, що додаються:
Порядок формування сертифіката;
{Пункт 2 доповнено абзацом згідно з Постановою КМ № 1213 від 17.11.2021}
зразки сертифікатів.
3. Контроль.
ЗАТВЕРДЖЕНО
постановою № 1
ПОРЯДОК
формування сертифіката
1. Текст.
ЗАТВЕРДЖЕНО
постановою № 1
ЗРАЗКИ
сертифікатів
1. Текст."""
    units = parse(text)
    annexed = [ref for ref in references.find(text) if ref.path == (("annex", ""),)]
    assert [text[ref.start : ref.end] for ref in annexed] == [
        "Порядок формування сертифіката",
        "зразки сертифікатів",
    ]
    leads = [references.resolve(ref, units) for ref in annexed]
    assert [unit and unit.title for unit in leads] == [
        "ПОРЯДОК формування сертифіката",
        "ЗРАЗКИ сертифікатів",
    ]


def resolved(act: str, phrase: str) -> str | None:
    """The first line of the unit that the reference `phrase` of a sample act leads to."""
    text = sample(act)
    at = text.index(phrase)
    reference = next(ref for ref in references.find(text) if ref.start <= at < ref.end)
    unit = references.resolve(reference, parse(text))
    return None if unit is None else text[unit.start : unit.end].split("\n")[0]


@pytest.mark.parametrize(
    ("act", "phrase", "line"),
    [
        ("435-15", "статті 1285 цього Кодексу", "Стаття 1285. Управління спадщиною"),
        (
            "2341-14",
            "частини другої статті 74 цього Кодексу",
            "2. Особа, засуджена за діяння, караність якого зак",
        ),
        (
            "322-08",
            "пунктом 4 частини першої цієї статті, що доводиться",
            "4) наявність на робочому місці небезпечних",
        ),
        (
            "1306-2001-п",
            'підпунктах "а", "б" і "г" пункту 2.1 цих Правил',
            "а) посвідчення водія на право керування",
        ),
        ("2341-14", "Особливої частини цього Кодексу передбачене", "ОСОБЛИВА ЧАСТИНА"),
        ("1236-2020-п", "абзацами третім - п’ятим цього пункту", "не більше 7 гривень з урахуванням"),
        ("435-15", "абзацом третім частини другої статті 1248", "Якщо заповідач через фізичні вади не мож"),
        (
            "80731-10",
            "частині першій цієї статті, особи, на яких",
            "Військовослужбовці, військовозобов’язані",
        ),
    ],
)
def test_a_reference_leads_to_the_very_paragraph(act: str, phrase: str, line: str) -> None:
    found_line = resolved(act, phrase)
    assert found_line is not None
    assert found_line.startswith(line)


def test_self_references_of_an_approved_document_lead_into_it() -> None:
    text = """Кабінет Міністрів України постановляє:
1. Затвердити Порядок.
2. Ця постанова діє.
ЗАТВЕРДЖЕНО
постановою № 1
ПОРЯДОК
обліку
1. Облік ведеться.
2. Згідно з пунктом 1 цього Порядку.
3. Згідно з пунктом 2 цієї постанови."""
    units = parse(text)
    by_order, by_decree = references.find(text)[-2:]
    order, decree = references.resolve(by_order, units), references.resolve(by_decree, units)
    assert order is not None
    assert decree is not None
    assert text[order.start : order.end] == "1. Облік ведеться."
    assert text[decree.start : decree.end] == "2. Ця постанова діє."


def test_a_bare_reference_is_looked_for_from_the_inside_out() -> None:
    text = """Стаття 1. А
1. Перша.
2. Друга з пунктом 1 частини першої.
Стаття 2. Б
1. Третя:
1) пункт;
2) згідно з пунктом 1."""
    units = parse(text)
    *_, last = references.find(text)
    unit = references.resolve(last, units)
    assert unit is not None
    assert text[unit.start : unit.end] == "1) пункт;"


def test_closing_provisions_are_told_apart_by_name() -> None:
    text = """Розділ IX
ПРИКІНЦЕВІ ПОЛОЖЕННЯ
1. Кодекс діє.
Розділ X
ПЕРЕХІДНІ ПОЛОЖЕННЯ
1. До змін діє старе.
2. Згідно з пунктом 1 Перехідних положень цього Кодексу.
3. Згідно з пунктом 1 розділу IX “Прикінцеві положення” цього Кодексу."""
    units = parse(text)
    lines = [
        unit and text[unit.start : unit.end]
        for unit in (references.resolve(ref, units) for ref in references.find(text))
    ]
    assert lines == ["1. До змін діє старе.", "1. Кодекс діє."]


def test_what_the_act_does_not_have_and_what_is_outside_leads_nowhere() -> None:
    text = "Стаття 1. А\n1. Згідно зі статтею 77 цього Закону та статтею 1 Закону України “Про освіту”."
    assert [references.resolve(ref, parse(text)) for ref in references.find(text)] == [None, None]


@pytest.mark.parametrize(
    ("target", "number"),
    [
        ("Закону України “Про банки і банківську діяльність” (2121-14)", "2121-14"),
        ("Закону України № 2939-VI від 13 січня 2011 року", "2939-17"),
        ("Закону України “Про доступ до публічної інформації”", "2939-17"),
        ("постановою Кабінету Міністрів України від 15 квітня 2022 р. № 448", "448-2022-п"),
        ("Постанова Кабінету Міністрів України від 31 грудня 1993 р. № 1094", "1094-93-п"),
        ("розпорядженням Кабінету Міністрів України від 22.10.2008 № 1347", "1347-2008-р"),
        ("Указом Президента України від 24 лютого 2022 року № 64/2022", "64/2022"),
        ("Кримінальним процесуальним кодексом України", "4651-17"),
        ("Кримінальним кодексом України", "2341-14"),
        ("Конституцією України", "254к/96-вр"),
        ("Рішенням Конституційного Суду України", None),
        ("Цивільний кодекс Української РСР від 18 липня 1963 року", None),
        ("Закону України “Про те, чого немає”", None),
        ("Закону України “Про запобігання корупції”", "1700-18"),
        ("Указами ПВР № 4617-10 від 24.01.83", "4617-10"),
        ("Указу Президента України від 24 лютого 2022 р. № 64", "64/2022"),
        ("Рішенням Конституційного Суду України від 30 вересня 2010 року № 20-рп/2010", "v020p710-10"),
        ("зареєстрованого в Міністерстві юстиції України 21 лютого 2025 р. за № 281/43687", "z0281-25"),
        ("постанови Правління Національного банку України від 8 травня 2015 року № 315", "v0315500-15"),
        ("Постановою КМ № 161 від 22.03.2017", "161-2017-п"),
        ("Розпорядженням КМ № 500-р від 01.06.2022", "500-2022-р"),
        ("КУпАП", "80731-10"),
        ("КК України", "2341-14"),
        ("Справа № 3-135/2019(3245/19)", None),
        ("законом", None),
        ("", None),
    ],
)
def test_the_identifier_of_another_act(target: str, number: str | None) -> None:
    known = {"про доступ до публічної інформації": "2939-17"}
    assert references.identify(target, known) == number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "постановами Кабінету Міністрів України від 11 березня 2020 р. № 211 “Про запобігання” "
            "(Офіційний вісник України, 2020 р., № 23, ст. 896), від 20 травня 2020 р. № 392 “Про карантин”",
            ["211-2020-п", "392-2020-п"],
        ),
        (
            "{Пункт 3 із змінами згідно з Постановами КМ № 9 від 05.01.2021, № 230 від 22.03.2021}",
            ["9-2021-п", "230-2021-п"],
        ),
        (
            "{Із змінами, внесеними згідно з Постановами КМ\n№ 398 від 08.06.2016\n№ 555 від 21.02.2018}",
            ["398-2016-п", "555-2018-п"],
        ),
        (
            "{Із змінами, внесеними згідно з Указами ПВР\n№ 102-11 від 12.04.85, ВВР 1985, № 17, ст. 415\n"
            "№ 316-11 від 29.05.85, ВВР 1985, № 24, ст. 553}",
            ["102-11", "316-11"],
        ),
        (
            "введеного Указом Президента України “Про воєнний стан” від 24 лютого 2022 року № 64/2022",
            ["64/2022"],
        ),
        (
            "наказом Міністерства освіти від 4 жовтня 2022 року № 885. За договором № 12 сплачено.",
            [],
        ),
    ],
)
def test_a_list_of_acts_says_once_who_issued_them(text: str, numbers: list[str]) -> None:
    told = [references.identify(ref.target_act) for ref in references.find(text) if ref.target_act]
    assert [number for number in told if number] == numbers


def test_links_lead_into_the_act_or_to_another_and_the_rest_is_left_out() -> None:
    text = """Стаття 1. А
1. Перша норма.
2. Згідно з частиною першою цієї статті, статтею 5 Цивільного кодексу України та статтею 9 цього Закону.
{Частина друга статті 1 в редакції Закону № 2939-VI від 13.01.2011}"""
    inner, outer, amending = references.links(text, parse(text))
    assert (amending.unit, amending.number) == (None, "2939-17")
    assert inner.unit is not None
    assert text[inner.unit.start : inner.unit.end] == "1. Перша норма."
    assert (outer.unit, outer.number, outer.path) == (None, "435-15", (("article", "5"),))


def test_a_code_that_names_itself_means_itself() -> None:
    text = "Стаття 1. А\nПерша норма.\nСтаття 2. Б\nПравила статті 1 Цивільного кодексу України діють."
    (link,) = references.links(text, parse(text), own="435-15")
    assert link.unit is not None
    assert (link.unit.kind, link.unit.number, link.number) == ("article", "1", None)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "статті ",
                "пункту ",
                "частини першої ",
                "5",
                "-",
                ", ",
                " та ",
                "цього ",
                "Закону України ",
                "“Про ",
                "”",
                "№ ",
                "(",
                ")",
                "\n",
                "від 1 січня 2020 року ",
                "порядку, ",
                "встановленому ",
                "терміни ",
                '"а"',
                "X ",
                "двадцять ",
            ]
        ),
        max_size=30,
    ).map("".join)
    | st.text(max_size=120)
)
def test_references_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for reference in references.find(text):
        assert end <= reference.start < reference.end <= len(text)
        assert reference.end - reference.start <= 300
        assert (reference.scope == "external") == (reference.target_act is not None)
        end = reference.end


def test_a_heading_above_a_numbered_paragraph_refers_to_nothing() -> None:
    assert found("ІІ. Підрозділи\n2.8. Основними завданнями є взаємодія.") == []
    assert found("порушення вимог пункту\n5 цього Порядку") == ["пункту\n5 цього Порядку"]


def test_points_that_an_agreement_counts_within_its_article() -> None:
    text = """Стаття 2. Розробка регламентів
2.9. У випадках, коли стандарту не існує, члени повинні:
2.9.1) публікувати повідомлення;
2.9.2) повідомляти іншим членам.
2.10. Член може не вдаватися до дій, перелічених у пункті 9.
Стаття 3. Місцеві органи
3.1. Члени виконують зобов'язання, зазначене в пункті 9.2 статті 2."""
    units = parse(text)
    ends = [references.resolve(ref, units) for ref in references.find(text)]
    assert [(unit.kind, unit.number) for unit in ends if unit] == [("point", "2.9"), ("subpoint", "2.9.2")]


def test_brackets_name_the_part_of_an_article_of_a_list() -> None:
    text = "засуджених за статтями 147 (частина перша), 148-3, 192 (частини третя і четверта) цього Кодексу"
    assert [(text[ref.start : ref.end], ref.path) for ref in references.find(text)] == [
        ("статтями 147 (частина перша)", (("article", "147"), ("part", "1"))),
        ("148-3", (("article", "148-3"),)),
        ("192 (частини третя і четверта) цього Кодексу", (("article", "192"), ("part", "3"))),
    ]


def test_a_point_of_what_this_act_approves_is_not_a_point_of_the_act() -> None:
    text = """1. Затвердити зміни, що додаються.
2. Ця постанова набирає чинності з дня опублікування, крім пункту 2 змін, затверджених цією постановою.
3. Установити, що пункт 1 Порядку обліку, затвердженого пунктом 1 цієї постанови, діє до 2026 року.
ЗАТВЕРДЖЕНО
постановою Кабінету Міністрів України
від 5 березня 2024 р. № 250
ПОРЯДОК
обліку
1. Облік ведеться щодня.
ЗАТВЕРДЖЕНО
постановою Кабінету Міністрів України
від 5 березня 2024 р. № 250
ЗМІНИ,
що вносяться до постанов Кабінету Міністрів України
1. Слово виключити.
2. Пункт 4 виключити."""
    units = parse(text)
    changes, order = [
        references.resolve(ref, units) for ref in references.find(text) if ref.path[:1] == (("annex", ""),)
    ][-2:]
    assert changes and changes.number == "2" and changes.parent and changes.parent.title.startswith("ЗМІНИ")
    assert order and order.number == "1" and order.parent and order.parent.title == "ПОРЯДОК обліку"


def test_a_code_called_by_its_first_letters() -> None:
    text = "Винні несуть відповідальність за ч. 2 ст. 152 КУпАП та статтею 185 КК України."
    assert [(text[ref.start : ref.end], ref.target_act) for ref in references.find(text)] == [
        ("ч. 2 ст. 152 КУпАП", "КУпАП"),
        ("статтею 185 КК України", "КК України"),
    ]
