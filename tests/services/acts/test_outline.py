from services.acts.outline import Heading, outline
from services.acts.structure import parse
from tests.services.acts.excerpts import sample


def titles(headings: list[Heading]) -> list[str]:
    return [f"{heading.kind} {heading.number} {heading.title}" for heading in headings]


def test_sections_hold_their_articles() -> None:
    text = sample("2939-17")
    roots = outline(parse(text))
    assert titles(roots)[:2] == ["preamble  ", "section I ЗАГАЛЬНІ ПОЛОЖЕННЯ"]
    assert titles(roots[1].children)[0] == "article 1 Публічна інформація"
    assert text[roots[1].start :].startswith("Розділ I")
    assert roots[1].children[-1].end <= roots[1].end


def test_points_are_no_headings() -> None:
    assert outline(parse("1. Перший пункт.\n2. Другий пункт.")) == []


def test_an_approved_document_is_a_heading() -> None:
    assert titles(outline(parse(sample("31-2026-п"))))[1] == (
        "annex  ЗМІНИ, що вносяться до Порядку проведення іспитів на рівень володіння державною мовою"
    )
