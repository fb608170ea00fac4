"""Files for people: they open, say everything, and cannot run anything."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import docx
import openpyxl
import pytest

from services.acts import elements, importer
from services.acts.elements import ElementFilter
from services.db import SessionLocal
from services.db.models import Element
from services.review import export
from services.review.words import ExportWords


def attributes(_type: str, values: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in values.items() if value is not None)


WORDS = ExportWords(
    title="Елементи",
    columns=("Акт", "Номер", "Місце", "Тип", "Цитата", "Ознаки", "Стан"),
    types={"RIGHT": "Право", "ACTOR": "Суб’єкт"},
    statuses={"gold": "Підтверджено", "suggested": "Пропозиція"},
    attributes=attributes,
)
RIGHTS = ElementFilter(types=["RIGHT"], statuses=["gold"])


@pytest.mark.usefixtures("loaded")
def test_an_excel_table_holds_every_element_found_with_its_address() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export.to_xlsx(RIGHTS, WORDS)))
    sheet = book["Елементи"]
    rows = list(sheet.iter_rows(values_only=True))
    found = elements.every(RIGHTS)
    assert rows[0] == WORDS.columns
    assert len(rows) == len(found) + 1
    assert [row[4] for row in rows[1:]] == [element.quote for element in found]
    assert [row[2] or "" for row in rows[1:]] == [element.address for element in found]
    assert {row[3] for row in rows[1:]} == {"Право"}
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:G{len(rows)}"


@pytest.mark.usefixtures("loaded")
def test_a_csv_opens_in_columns_in_a_ukrainian_spreadsheet() -> None:
    data = export.to_csv(RIGHTS, WORDS)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert tuple(rows[0]) == WORDS.columns
    assert [row[4] for row in rows[1:]] == [element.quote for element in elements.every(RIGHTS)]


@pytest.mark.usefixtures("loaded")
def test_a_word_document_is_a_table_whose_heading_repeats_on_each_page() -> None:
    document = docx.Document(io.BytesIO(export.to_docx(RIGHTS, WORDS)))
    table = document.tables[0]
    found = elements.every(RIGHTS)
    assert [cell.text for cell in table.rows[0].cells] == list(WORDS.columns)
    assert "tblHeader" in table.rows[0]._tr.xml
    assert len(table.rows) == len(found) + 1
    assert table.rows[1].cells[4].text == found[0].quote


@pytest.fixture
def hostile(database: str) -> list[str]:
    report = importer.import_files([("=1+1.txt", "Текст акта про щось".encode())])[0]
    quotes = [
        '=HYPERLINK("http://x";"y")',
        "+380",
        "-5",
        "@SUM(A1)",
        'крапка; з комою "і лапки"\nрядок',
        "a\x0bb",
    ]
    with SessionLocal.begin() as session:
        for at, quote in enumerate(quotes):
            session.add(Element(act_id=report.act_id, type="ACTOR", quote=quote, start=at, end=at + 1))
    return quotes


def test_no_quote_becomes_a_formula_in_a_csv(hostile: list[str]) -> None:
    text = export.to_csv(ElementFilter(), WORDS).decode("utf-8-sig")
    cells = [row[4] for row in csv.reader(io.StringIO(text), delimiter=";")][1:]
    assert [cell for cell in cells if cell[0] in "=+-@"] == []
    assert cells[4] == hostile[4]


def test_no_quote_becomes_a_formula_in_a_workbook(hostile: list[str]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(export.to_xlsx(ElementFilter(), WORDS))).active
    assert sheet is not None
    cells = [row[4] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells][:5] == hostile[:5]
    assert cells[5].value == "ab"


def test_a_word_table_that_nobody_could_open_is_refused_in_words(
    hostile: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MOST_DOCX_ROWS", 3)
    with pytest.raises(export.TooManyRowsError) as caught:
        export.to_docx(ElementFilter(), WORDS)
    assert caught.value.data == {"limit": 3}


def test_nothing_found_still_gives_a_file_with_its_heading(database: str) -> None:
    nothing = ElementFilter("такого немає")
    assert export.to_csv(nothing, WORDS).decode("utf-8-sig").strip() == ";".join(WORDS.columns)
    assert len(docx.Document(io.BytesIO(export.to_docx(nothing, WORDS))).tables[0].rows) == 1
