"""What datasets are built of: confirmed passages, true to their acts."""

import pytest
import sqlalchemy as sa

from services.acts import elements, importer, samples, service
from services.db import SessionLocal
from services.db.models import Element, GoldPassage
from services.extraction import prompt
from services.review import gold, queue
from services.review import service as review

LAW = """ЗАКОН УКРАЇНИ
Про перевірку

Стаття 1. Права виконавця
1. Виконавець має право оскаржити рішення.
{Частину першу статті 1 доповнено згідно із Законом № 1-IX від 01.01.2020}
2. Виконавець зобов’язаний зберігати роботу.

Стаття 2. Обов’язки замовника
1. Замовник зобов’язаний прийняти роботу.
"""


@pytest.fixture
def act(database: str) -> int:
    report = importer.import_files([("закон.txt", LAW.encode())])[0]
    assert report.act_id is not None
    return report.act_id


def put(act_id: int, kind: str, quote: str, status: str = "gold") -> None:
    start = LAW.index(quote)
    with SessionLocal.begin() as session:
        session.add(
            Element(act_id=act_id, type=kind, quote=quote, start=start, end=start + len(quote), status=status)
        )


@pytest.mark.usefixtures("loaded")
def test_every_sample_passage_is_there_with_quotes_at_their_offsets() -> None:
    found = gold.passages()
    assert len(found) == 170
    assert sum(len(passage.elements) for passage in found) == 1387
    for passage in found:
        for element in passage.elements:
            assert passage.text[element.start : element.end] == element.quote
        spans = [(element.start, -element.end) for element in passage.elements]
        assert spans == sorted(spans)


@pytest.mark.usefixtures("loaded")
def test_a_passage_says_where_it_stands_and_can_be_put_to_a_model() -> None:
    code = next(p for p in gold.passages() if p.act_label.startswith("Цивільний кодекс"))
    assert code.act_label == "Цивільний кодекс України (№ 435-IV)"
    assert code.place.startswith("ст. ")
    assert code.context.startswith("Цивільний кодекс України".upper()) or "кодекс" in code.context.lower()
    heading = code.text.splitlines()[0]
    assert heading not in code.context.splitlines()
    assert prompt.messages(code)[-1]["content"] == code.text


@pytest.mark.usefixtures("loaded")
def test_some_acts_can_be_asked_for_and_deleted_acts_have_nothing() -> None:
    act = service.search("Цивільний кодекс").rows[0]
    only = gold.passages([act.id])
    assert {passage.act_id for passage in only} == {act.id}
    service.delete(act.id)
    assert gold.passages([act.id]) == []
    assert len(gold.passages()) == 170 - len(only)


def test_a_passage_counts_once_nothing_in_it_waits_and_something_is_confirmed(act: int) -> None:
    put(act, "RIGHT", "Виконавець має право оскаржити рішення")
    put(act, "ACTOR", "Замовник", status="suggested")
    found = gold.passages()
    assert [passage.place for passage in found] == ["ст. 1"]
    put(act, "OBLIGATION", "Виконавець зобов’язаний зберігати роботу", status="suggested")
    assert gold.passages() == []
    review.accept_all(act)
    assert [passage.place for passage in gold.passages()] == ["ст. 1", "ст. 2"]


def test_rejected_and_stale_elements_do_not_stand_in_the_way(act: int) -> None:
    put(act, "RIGHT", "Виконавець має право оскаржити рішення")
    put(act, "ACTOR", "Виконавець", status="rejected")
    put(act, "CONDITION", "оскаржити", status="stale")
    (passage,) = gold.passages()
    assert [element.type for element in passage.elements] == ["RIGHT"]


def test_editorial_notes_are_left_out_and_offsets_follow(act: int) -> None:
    put(act, "OBLIGATION", "Виконавець зобов’язаний зберігати роботу")
    (passage,) = gold.passages()
    assert "{" in LAW[passage.start : passage.end]
    assert "{" not in passage.text
    (element,) = passage.elements
    assert passage.text[element.start : element.end] == element.quote
    assert element.quote == "Виконавець зобов’язаний зберігати роботу"


def test_a_marked_range_of_any_size_is_a_passage_even_without_elements(act: int) -> None:
    start = LAW.index("1. Виконавець")
    end = LAW.index("\nСтаття 2")
    put(act, "OBLIGATION", "Виконавець зобов’язаний зберігати роботу")
    review.mark_passage_reviewed(act, start, end)
    review.mark_passage_reviewed(act, LAW.index("Стаття 2"), len(LAW))
    first, second = gold.passages()
    assert first.text.startswith("1. Виконавець")
    assert "{" not in first.text
    assert first.text[first.elements[0].start : first.elements[0].end] == first.elements[0].quote
    assert second.elements == ()


def test_the_same_element_confirmed_twice_is_taught_once(act: int) -> None:
    for _ in range(2):
        put(act, "ACTOR", "Замовник")
    (passage,) = gold.passages()
    assert [element.quote for element in passage.elements] == ["Замовник"]


def test_the_queue_shows_what_waits_and_empties_as_it_is_decided(act: int) -> None:
    put(act, "ACTOR", "Замовник", status="suggested")
    put(act, "RIGHT", "Виконавець має право оскаржити рішення")
    (waiting,) = queue.waiting().rows
    assert (waiting.act_id, waiting.suggested, waiting.gold) == (act, 1, 1)
    assert [(p.place, p.suggested, p.gold) for p in queue.passages(act)] == [("ст. 1", 0, 1), ("ст. 2", 1, 0)]
    assert queue.progress(act) == queue.Progress(suggested=1, gold=1, rejected=0, stale=0, not_found=0)
    review.accept_all(act)
    assert queue.waiting().total == 0
    put(act, "ACTOR", "роботу", status="suggested")
    service.delete(act)
    assert queue.waiting().total == 0


@pytest.mark.usefixtures("loaded")
def test_the_queue_of_a_code_counts_every_passage_and_knows_the_marked_ones() -> None:
    act = service.search("Цивільний кодекс").rows[0]
    found = queue.passages(act.id)
    assert len(found) > 1000
    with SessionLocal.reading() as session:
        marked = session.scalar(sa.select(sa.func.count()).where(GoldPassage.act_id == act.id))
    assert sum(passage.reviewed for passage in found) >= (marked or 0) > 0
    assert sum(passage.gold for passage in found) == len(elements.of_act(act.id))


def test_the_pack_is_only_read_from_the_product_itself() -> None:
    assert samples.FOLDER.is_dir()
    assert samples.FOLDER.parent == samples.ROOT
