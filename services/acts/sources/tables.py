"""Tables of acts: one row an act, its text in a column that the reader chooses."""

import csv
import io
import json
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from services.acts.sources.encodings import decode
from services.acts.sources.errors import (
    ColumnNeededError,
    TableDamagedError,
    TableEmptyError,
    UnknownColumnError,
)
from services.acts.sources.packages import BROKEN_ZIP, check_package

_LONGEST_CELL = 20 * 1024**2
_SHOWN = 60
_SHEET_ROWS = 1_048_576


@dataclass(frozen=True)
class Columns:
    """Which columns of a table hold what; only the text is needed."""

    text: str
    title: str = ""
    number: str = ""


@dataclass(frozen=True)
class Row:
    """One act of a table; `row` counts from 1, the head not included."""

    row: int
    text: str
    title: str = ""
    number: str = ""


def columns(path: Path, kind: str, encoding: str | None = None) -> list[str]:
    """Names of a table's columns, in order. Raises TableEmptyError, TableDamagedError or as `decode`."""
    first = next(_records(path, kind, encoding), None)
    if first is None:
        raise TableEmptyError()
    return list(first)


def rows(path: Path, kind: str, chosen: Columns | None, encoding: str | None = None) -> Iterator[Row]:
    """The acts of a table, rows without a text left out.

    Raises ColumnNeededError, UnknownColumnError, TableEmptyError or TableDamagedError.
    """
    names = columns(path, kind, encoding)
    shown = ", ".join(name[:_SHOWN] for name in names[:40])
    if chosen is None or not chosen.text:
        raise ColumnNeededError(columns=shown)
    for name in filter(None, (chosen.text, chosen.title, chosen.number)):
        if name not in names:
            raise UnknownColumnError(column=name, columns=shown)
    for number, record in enumerate(_records(path, kind, encoding), start=1):
        text = _cell(record.get(chosen.text))
        if text.strip():
            yield Row(number, text, _cell(record.get(chosen.title)), _cell(record.get(chosen.number)))


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def _records(path: Path, kind: str, encoding: str | None) -> Iterator[dict[str, Any]]:
    return {"csv": _of_csv, "jsonl": _of_jsonl, "xlsx": _of_xlsx}[kind](path, encoding)


def _of_csv(path: Path, encoding: str | None) -> Iterator[dict[str, Any]]:
    text, _ = decode(path.read_bytes(), encoding)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), _dialect(text[:20_000]))
    try:
        yield from _named(reader)
    except csv.Error as problem:
        raise TableDamagedError(row=reader.line_num) from problem


def _dialect(sample: str) -> type[csv.Dialect]:
    """Ukrainian spreadsheets separate with semicolons, since the comma is in their numbers."""

    class Separated(csv.excel):
        delimiter = max(";,\t|", key=sample.split("\n", 1)[0].count)

    return Separated


def _named(table: Iterable[list[Any] | tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Rows as records under the names of the first row; a column without a name is called by its place."""
    lines = iter(table)
    head = next(lines, None)
    if head is None:
        return
    names = [_cell(name).strip() or f"#{place}" for place, name in enumerate(head, start=1)]
    for line in lines:
        if any(_cell(value).strip() for value in line):
            yield dict(zip(names, [*line, *[""] * len(names)], strict=False))


def _of_jsonl(path: Path, encoding: str | None) -> Iterator[dict[str, Any]]:
    text, _ = decode(path.read_bytes(), encoding)
    for number, line in enumerate(io.StringIO(text.removeprefix("\ufeff")), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as problem:
            raise TableDamagedError(row=number) from problem
        if not isinstance(record, dict):
            raise TableDamagedError(row=number)
        yield record


def _of_xlsx(path: Path, encoding: str | None) -> Iterator[dict[str, Any]]:
    del encoding  # a workbook says itself what it is in
    check_package(path, "xlsx")
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # By its name openpyxl would judge a file; kept files have none.
        with path.open("rb") as file:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            yield from _named(islice(book.worksheets[0].iter_rows(values_only=True), _SHEET_ROWS))
    except (*BROKEN_ZIP, InvalidFileException, TypeError, SyntaxError) as problem:
        raise TableDamagedError(row=0) from problem
