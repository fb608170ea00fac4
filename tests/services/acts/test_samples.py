"""The sample pack: complete, true to its texts, loaded once."""

import csv
import json
from typing import Any

import pytest
import sqlalchemy as sa

from services.acts import elements, importer, samples, service
from services.acts.sources.cleaning import clean
from services.db import SessionLocal
from services.db.models import Element, GoldPassage
from services.review import service as review

pytestmark = pytest.mark.usefixtures("database")

MANIFEST = list(csv.DictReader((samples.FOLDER / "manifest.csv").read_text(encoding="utf-8").splitlines()))
PASSAGES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (samples.FOLDER / "gold_passages.jsonl").read_text(encoding="utf-8").splitlines()
]


def text_of(act: str) -> str:
    return (samples.FOLDER / "acts" / f"{act}.txt").read_text(encoding="utf-8")


def test_the_pack_has_short_and_long_acts_a_code_and_every_passage_it_promises() -> None:
    lengths = [len(text_of(row["id"])) for row in MANIFEST]
    assert len(MANIFEST) >= 20
    assert min(lengths) < 3_000
    assert max(lengths) > 900_000
    assert "435-15" in {row["id"] for row in MANIFEST}
    assert len(PASSAGES) == 170
    assert {p["act"] for p in PASSAGES} <= {row["id"] for row in MANIFEST}


def test_its_texts_are_clean_already_so_that_offsets_hold() -> None:
    for row in MANIFEST:
        text = text_of(row["id"])
        assert clean(text) == text, row["id"]


def test_every_passage_and_quote_stands_where_the_pack_says() -> None:
    for passage in PASSAGES:
        assert text_of(passage["act"])[passage["start"] : passage["end"]] == passage["text"], passage["id"]
        for element in passage["elements"]:
            assert passage["text"][element["start"] : element["end"]] == element["quote"]


def test_loading_gives_acts_with_confirmed_elements_in_their_places() -> None:
    report = samples.load()
    assert (report.acts, report.passages) == (len(MANIFEST), 170)
    law = service.search("персональних даних").rows[0]
    assert (law.printed, law.origin, law.is_processed) == ("2297-VI", "sample", False)
    text = service.get(law.id).text
    found = elements.of_act(law.id)
    assert law.gold == len(found) > 10
    for element in found:
        assert (element.status, element.origin) == ("gold", "sample")
        assert text[element.start : element.end] == element.quote
        assert element.address.startswith("ст. ")


def test_loading_twice_adds_nothing_and_keeps_decisions() -> None:
    samples.load()
    first = elements.search(elements.ElementFilter(types=["RIGHT"]), size=1).rows[0]
    review.reject(first.id, first.version)
    assert not samples.load().changed
    again = elements.get(first.id)
    assert again is not None
    assert again.status == "rejected"
    with SessionLocal.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(GoldPassage)) == 170


def test_a_deleted_sample_comes_back_with_its_elements() -> None:
    samples.load()
    act = service.search("Цивільний кодекс").rows[0]
    service.delete(act.id)
    report = samples.load()
    assert (report.acts, report.restored, report.elements) == (0, 1, 0)
    assert service.search("Цивільний кодекс").rows[0].gold == act.gold


def test_an_act_imported_before_as_a_file_gets_its_passages_and_no_twin() -> None:
    name = "2297-17.txt"
    report = importer.import_files([(name, text_of("2297-17").encode())])[0]
    loaded = samples.load()
    assert loaded.acts == len(MANIFEST) - 1
    assert service.search("персональних даних").total == 1
    assert report.act_id is not None
    assert service.get(report.act_id).gold > 10


def test_what_a_model_had_suggested_in_the_same_place_becomes_the_confirmed_element() -> None:
    passage = next(p for p in PASSAGES if p["act"] == "2297-17" and p["elements"])
    item = passage["elements"][0]
    act_id = importer.import_files([("a.txt", text_of("2297-17").encode())])[0].act_id
    span = {"start": passage["start"] + item["start"], "end": passage["start"] + item["end"]}
    with SessionLocal.begin() as session:
        session.add(Element(act_id=act_id, type=item["type"], quote=item["quote"], **span))
    samples.load()
    assert act_id is not None
    twins = [
        e
        for e in elements.of_act(act_id)
        if (e.type, e.start) == (item["type"], span["start"]) and e.end == span["end"]
    ]
    assert [(e.status, e.origin) for e in twins] == [("gold", "model")]


def test_a_reader_who_imports_a_file_of_the_pack_is_told_it_is_there() -> None:
    samples.load()
    report = importer.import_files([("цивільний кодекс.txt", text_of("435-15").encode("utf-8-sig"))])[0]
    assert (report.outcome, report.title) == ("already_there", "Цивільний кодекс України")
