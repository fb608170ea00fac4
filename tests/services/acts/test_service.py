"""Acts found, read, deleted and restored."""

from typing import Any

import pytest
import sqlalchemy as sa

from services.acts import importer, numbers, records, samples, service
from services.acts.errors import ActNotFoundError
from services.db import SessionLocal, get_engine
from services.db.models import LegalAct

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("ЦИВІЛЬНИЙ", "Цивільний кодекс України"),
        ("435-15", "Цивільний кодекс України"),
        ("435-iv", "Цивільний кодекс України"),
        ("кодекс працю", "Кодекс законів про працю України"),
        ("переліку об'єктів", "Про затвердження переліку об'єктів державної власності"),
        ("переліку об’єктів", "Про затвердження переліку об'єктів державної власності"),
        ("переліку обʼєктів", "Про затвердження переліку об'єктів державної власності"),
        ("постанова 448", "Про затвердження Порядку застосування"),
    ],
)
def test_acts_are_found_by_any_words_of_title_number_and_type(query: str, title: str) -> None:
    assert any(row.title.startswith(title) for row in service.search(query).rows)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("query", ["%", "100%", "нема такого акта", "'; DROP TABLE legal_acts"])
def test_signs_of_sql_are_only_signs(query: str) -> None:
    assert service.search(query).total == sum(query in row.title for row in service.search(size=100).rows)


@pytest.mark.usefixtures("loaded")
def test_pages_together_are_the_whole_list_once() -> None:
    whole = [row.id for row in service.search(size=100).rows]
    paged = [row.id for page in (1, 2, 3, 4, 5) for row in service.search(page=page, size=10).rows]
    assert paged == whole == service.ids()
    assert service.search(page=1, size=10).total == len(whole)


@pytest.mark.usefixtures("loaded")
def test_filters_tell_processed_acts_from_the_others_and_hide_deleted_ones() -> None:
    first, second, *_ = service.search(size=100).rows
    with SessionLocal.begin() as session:
        session.execute(sa.update(LegalAct).where(LegalAct.id == first.id).values(is_processed=True))
    service.delete(second.id)
    counts = service.counts()
    assert (counts.processed, counts.deleted) == (1, 1)
    assert [row.id for row in service.search(processed=True).rows] == [first.id]
    assert service.search(processed=False, size=1).total == counts.not_processed
    assert [row.id for row in service.search(deleted=True).rows] == [second.id]
    service.restore(second.id)
    assert service.search(size=1).total == counts.total + 1


@pytest.mark.usefixtures("loaded")
def test_an_act_is_read_with_its_text_and_structure() -> None:
    act_id = service.search("про захист персональних даних").rows[0].id
    act = service.get(act_id)
    assert act.text.startswith("Стаття 1.")
    assert act.elements == {"gold": act.gold}
    articles = [unit for unit in service.units(act_id) if unit.kind == "article"]
    assert {"1", "6", "18"} <= {unit.number for unit in articles}


@pytest.mark.parametrize("call", [service.get, service.text, service.units, service.delete, service.restore])
def test_an_act_that_is_not_there_is_named(call: object) -> None:
    with pytest.raises(ActNotFoundError) as caught:
        call(404)  # type: ignore[operator]
    assert caught.value.data == {"what": "act", "key": 404}


@pytest.mark.usefixtures("loaded")
def test_an_act_that_is_imported_later_stands_first() -> None:
    report = importer.import_files([("новий.txt", "Новий акт про щось".encode())])[0]
    assert service.search().rows[0].id == report.act_id


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        (LegalAct.deleted_at.is_(None), "ix_legal_acts_listed"),
        (LegalAct.deleted_at.is_(None) & records.holds("захист"), "ix_legal_acts_searched"),
        (
            ~LegalAct.is_processed & LegalAct.deleted_at.is_(None) & records.holds("2"),
            "ix_legal_acts_searched",
        ),
    ],
)
def test_a_list_of_many_acts_is_read_from_an_index_alone(condition: Any, index: str) -> None:
    """Sorting or reading a hundred thousand rows to show 25 of them would be felt at every key press."""
    listed = service._listed([condition]).limit(25).compile(get_engine())
    values = tuple(listed.params[name] for name in listed.positiontup or ())
    with SessionLocal.reading() as session:
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {listed}", values)
        steps = " ".join(row[3] for row in plan)
    assert f"COVERING INDEX {index}" in steps
    assert "TEMP B-TREE" not in steps


@pytest.mark.parametrize(
    ("number", "adopted", "shown"),
    [
        ("2297-17", "2010-06-01", "2297-VI"),
        ("2341-14", "2001-04-05", "2341-III"),
        ("194-14", "1998-10-20", "194-XIV"),
        ("448-2022-п", "2022-04-15", "448"),
        ("254к/96-вр", "1996-06-28", "254к/96-ВР"),
        ("80731-10", "1984-12-07", "8073-X"),
        ("64/2022", "2022-02-24", "64/2022"),
        ("z0281-25", "2025-02-07", "z0281-25"),
    ],
)
def test_the_printed_number_follows_the_identifier(number: str, adopted: str, shown: str) -> None:
    day = samples.Day.fromisoformat(adopted)
    assert numbers.printed(number, day) == shown
    assert numbers.printed(None) == ""


def test_printed_numbers_agree_with_those_that_the_manifest_knows() -> None:
    for row in samples._manifest():
        if row["type"] in {"Закон", "Кодекс", "Конституція"} and row["number"]:
            assert numbers.printed(row["nreg"], samples.Day.fromisoformat(row["date"])) == row["number"]


def test_the_search_key_is_the_same_for_every_way_to_type_a_word() -> None:
    keys = {records.search_key(word) for word in ("Об’єкт", "об'єкт", "ОБʼЄКТ", "oб`єкт")}
    assert len(keys) == 1
