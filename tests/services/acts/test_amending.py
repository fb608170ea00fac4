"""Changes to other acts: what they name without an act is part of the one that is being changed."""

from services.acts.references import find, links
from services.acts.references.model import EXTERNAL, Reference
from services.acts.structure import parse
from tests.services.acts.excerpts import sample

LAW = """ЗАКОН УКРАЇНИ
Про перевірки
Стаття 1. Строки
1. Строк визначає стаття 2.
Стаття 2. Порядок
1. Порядок визначає стаття 38.
Стаття 38. Прикінцеві положення
1. Цей Закон набирає чинності відповідно до статті 2.
2. Внести зміни до таких законодавчих актів України:
1) у Кодексі України про адміністративні правопорушення:
статтю 38 після слів "статтею 2 цього Закону" доповнити словами "частиною першою статті 2";
у статті 2:
у частині першій слово "день" замінити словом "дні";
доповнити частиною третьою такого змісту:
"3. Перевірка за статтею 38 цього Кодексу не проводиться";
2) частину першу статті 1 Закону України "Про санкції" доповнити пунктом 5.
3. Кабінету Міністрів України привести свої акти у відповідність зі статтею 38.
"""
CODE, SANCTIONS = "80731-10", 'Закону України "Про санкції"'


def _shown(found: Reference) -> str:
    path = " ".join(f"{kind} {number}".strip() for kind, number in found.path)
    return f"{found.target_act if found.scope == EXTERNAL else 'self'}: {path}"


def test_units_without_an_act_are_those_of_the_act_that_is_changed() -> None:
    lines = LAW.split("\n")
    code = "Кодексі України про адміністративні правопорушення"
    found = [(LAW[: one.start].count("\n"), LAW[one.start : one.end], _shown(one)) for one in find(LAW)]
    own = [
        row for row in found if row[0] < lines.index("2. Внести зміни до таких законодавчих актів України:")
    ]
    assert [row[2] for row in own if "статт" in row[1]] == [
        "self: article 2",
        "self: article 38",
        "self: article 2",
    ]
    changes = [
        (words, leads) for line, words, leads in found if line >= 9 and not words.startswith("Кодексі")
    ]
    assert changes == [
        ("статтю 38", f"{code}: article 38"),
        ("статтею 2 цього Закону", f"{code}: article 2"),
        ("частиною першою статті 2", f"{code}: article 2 part 1"),
        ("статті 2", f"{code}: article 2"),
        ("частині першій", f"{code}: article 2 part 1"),
        ("частиною третьою", f"{code}: article 2 part 3"),
        ("статтею 38 цього Кодексу", f"{code}: article 38"),
        (f"частину першу статті 1 {SANCTIONS}", f"{SANCTIONS}: article 1 part 1"),
        ("пунктом 5", f"{SANCTIONS}: article 1 part 1 point 5"),
        ("статтею 38", "self: article 38"),
    ]


def test_a_change_links_to_the_act_it_changes_and_never_to_its_own_articles() -> None:
    begin = LAW.index("1) у Кодексі")
    end = LAW.index("3. Кабінету")
    inside = [link for link in links(LAW, parse(LAW)) if begin <= link.start < end]
    assert [link.number for link in inside if link.unit is None] == [CODE] * 8 + ["1644-18"] * 2
    assert [link for link in inside if link.unit is not None] == []


def test_annexed_changes_are_of_the_act_that_the_decree_names() -> None:
    text = sample("46-2026-п")
    at = text.index("ЗМІНИ,")
    bare = [one for one in find(text) if one.start > at and one.path]
    assert {one.target_act for one in bare} == {
        "постановою Кабінету Міністрів України від 12 жовтня 2022 р. № 1178"
    }
    assert all(one.path[0] in (("point", "13"), ("point", "19")) for one in bare)


def test_what_a_person_may_bring_into_a_certificate_is_no_change_of_an_act() -> None:
    text = (
        "Стаття 5. Зміни\n1. Нотаріус може внести зміни до свідоцтва за статтею 6, а саме:\n"
        "1) виправити помилку відповідно до частини другої статті 6.\n"
        "Стаття 6. Виправлення\n1. Перше.\n2. Зміни до статуту банку вносяться за статтею 5."
    )
    assert {one.scope for one in find(text) if one.path} == {"bare"}
