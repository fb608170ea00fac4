"""Tables of acts: the columns are named, one of them is chosen, and each row becomes an act."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from services.acts.errors import FileError
from services.acts.sources.errors import (
    ColumnNeededError,
    TableDamagedError,
    TableEmptyError,
    UnknownColumnError,
)
from services.acts.sources.tables import Columns, Row, columns, rows
from tests.documents import xlsx_bytes, zip_bytes

HEAD = ["Номер", "Назва", "Текст"]
ACTS = [
    ["2939-17", "Про доступ; до інформації", "Стаття 1. Доступ\nдо «інформації»"],
    ["", "Без тексту", ""],
    ["31-2026-п", "Про “зміни”", 'Внести, "зміни"; такі'],
]
CHOSEN = Columns(text="Текст", title="Назва", number="Номер")


def csv_bytes(separator: str) -> bytes:
    def quoted(value: str) -> str:
        return '"' + value.replace('"', '""') + '"'

    return "\r\n".join(separator.join(map(quoted, row)) for row in [HEAD, *ACTS]).encode()


def jsonl_bytes() -> bytes:
    return "\n".join(
        json.dumps(dict(zip(HEAD, row, strict=True)), ensure_ascii=False) for row in ACTS
    ).encode()


Put = Callable[[bytes], Path]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("csv", csv_bytes(";")),
        ("csv", csv_bytes(",")),
        ("csv", csv_bytes("\t")),
        ("csv", csv_bytes(";").decode().encode("cp1251")),
        ("csv", csv_bytes(";").decode().encode("utf-8-sig")),
        ("csv", csv_bytes(";").decode().encode("utf-16")),
        ("csv", csv_bytes(";").replace(b"\r\n", b"\r")),
        ("jsonl", jsonl_bytes()),
        ("jsonl", jsonl_bytes().replace(b"\n", b"\r")),
        ("xlsx", xlsx_bytes([HEAD, *ACTS])),
    ],
)
def test_every_kind_of_table_gives_the_same_acts(put: Put, kind: str, data: bytes) -> None:
    path = put(data)
    assert columns(path, kind) == HEAD
    assert list(rows(path, kind, CHOSEN)) == [
        Row(1, ACTS[0][2], ACTS[0][1], ACTS[0][0]),
        Row(3, ACTS[2][2], ACTS[2][1], ACTS[2][0]),
    ]


def test_without_a_column_the_reader_is_told_which_there_are(put: Put) -> None:
    with pytest.raises(ColumnNeededError) as needed:
        list(rows(put(csv_bytes(";")), "csv", None))
    assert needed.value.data == {"columns": "Номер, Назва, Текст"}
    with pytest.raises(UnknownColumnError) as unknown:
        list(rows(put(csv_bytes(";")), "csv", Columns(text="Зміст")))
    assert unknown.value.data["column"] == "Зміст"


def test_columns_without_a_name_are_called_by_their_place(put: Put) -> None:
    path = put(xlsx_bytes([["Номер", None], [17, "Право на доступ"], [None, None]]))
    assert columns(path, "xlsx") == ["Номер", "#2"]
    assert list(rows(path, "xlsx", Columns(text="#2", number="Номер"))) == [
        Row(1, "Право на доступ", "", "17")
    ]


def test_text_that_looks_like_a_formula_is_text(put: Put) -> None:
    path = put("Текст\n=HYPERLINK(0)\n".encode())
    assert next(rows(path, "csv", Columns(text="Текст"))).text == "=HYPERLINK(0)"


@pytest.mark.parametrize(
    ("kind", "data", "error"),
    [
        ("csv", "Текст\n".encode(), TableEmptyError),
        ("jsonl", b"\n\n", TableEmptyError),
        ("jsonl", '{"Текст": "а"}\n[1, 2]\n'.encode(), TableDamagedError),
        ("jsonl", '{"Текст": "а"}\n{"Текст": "б'.encode(), TableDamagedError),
        ("jsonl", ('{"Текст": ' + "[" * 100_000).encode(), TableDamagedError),
        ("xlsx", zip_bytes({"xl/workbook.xml": b"<x/>"}), TableDamagedError),
        ("xlsx", b"PK\x03\x04 cut", FileError),
        ("csv", b"a" + b"\0" * 50, FileError),
    ],
)
def test_what_is_no_table_is_refused_in_words(
    put: Put, kind: str, data: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        list(rows(put(data), kind, Columns(text="Текст")))
