"""References of stored acts: to their own units, to other acts of the collection, to acts outside it."""

import pytest

from services.acts import citations, importer, service
from services.acts.citations import Citation
from services.db import SessionLocal
from services.db.models import LegalAct

pytestmark = pytest.mark.usefixtures("loaded")


def cited(number: str, words: str) -> tuple[service.ActView, Citation]:
    """The first reference of an act whose phrase is made of these words."""
    act = service.get(service.search(number).rows[0].id)
    found = citations.of_act(act)
    return act, next(one for one in found if " ".join(act.text[one.start : one.end].split()) == words)


def test_a_reference_within_an_act_leads_to_its_unit() -> None:
    act, one = cited("2073-20", "частиною першою статті 23 цього Закону")
    assert (one.place, one.address, one.number) == ("ст. 24 ч. 3", "ст. 23 ч. 1", None)
    assert one.offset is not None
    assert act.text[one.offset :].startswith(
        "1. Посадова особа адміністративного органу, яка розглядає справу"
    )


def test_a_reference_to_another_act_of_the_collection_opens_it_at_the_unit() -> None:
    _, one = cited("2275-19", "абзацу другого частини третьої статті 92 Цивільного кодексу України")
    assert (one.number, one.address, one.offset) == ("435-15", "ст. 92 ч. 3 абз. 2", None)
    code = citations.known(["435-15"])["435-15"]
    assert (code.title, code.printed) == ("Цивільний кодекс України", "435-IV")
    start = citations.place(code.id, one.path)
    assert start is not None
    text = service.text(code.id)
    assert "Стаття 92. Цивільна дієздатність юридичної особи" in text[start - 2500 : start]
    assert text[start:].startswith("У відносинах із третіми особами обмеження повноважень")


def test_a_law_named_by_its_title_is_told_by_the_titles_of_the_collection() -> None:
    law = importer.import_text(
        "ЗАКОН УКРАЇНИ\nПро захист боржників\n1. Текст.", "Про захист боржників"
    ).act_id
    citing = importer.import_text("Згідно із Законом України “Про захист боржників” діють правила.").act_id
    assert law is not None
    assert citing is not None
    with SessionLocal.begin() as session:
        session.get_one(LegalAct, law).number = "9999-20"
    act = service.get(citing)
    assert [one.number for one in citations.of_act(act)] == ["9999-20"]
    service.delete(law)
    assert citations.of_act(act) == []


def test_a_law_cited_often_is_told_by_its_title_also_outside_the_collection() -> None:
    act = service.get(service.search("448-2022-п").rows[0].id)
    service.delete(citations.known(["2114-20"])["2114-20"].id)
    assert "2114-20" in {one.number for one in citations.of_act(act)}
    assert citations.known(["2114-20"]) == {}


def test_an_act_outside_the_collection_keeps_its_identifier() -> None:
    _, one = cited("448-2022-п", "постановою Кабінету Міністрів України від 14 лютого 2018 р. № 68")
    assert one.number == "68-2018-п"
    assert citations.known(["68-2018-п", "435-15"]).keys() == {"435-15"}


def test_a_unit_that_is_not_there_gives_way_to_the_one_around_it() -> None:
    act = service.search("2939-17").rows[0]
    text = service.text(act.id)
    near = citations.place(act.id, (("article", "5"), ("part", "99")))
    assert near is not None
    assert text[near:].startswith("Стаття 5.")
    assert citations.place(act.id, (("article", "999"),)) is None
    assert citations.place(act.id, ()) is None


def test_of_several_editions_the_newest_is_meant() -> None:
    old = service.search("2114-20").rows[0]
    text = service.text(old.id).replace("участі", "широкої участі")
    report = importer.import_text(text, "Про забезпечення участі цивільних осіб у захисті України")
    assert report.act_id is not None
    with SessionLocal.begin() as session:
        act = session.get_one(LegalAct, report.act_id)
        act.number, act.edition = "2114-20", "2099-01-01"
    assert citations.known(["2114-20"])["2114-20"].id == report.act_id
