"""Tables of acts: one row an act, its text in a column that the reader chooses."""

import csv
import io
import json
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from services.acts.sources.cleaning import clean_inline
from services.acts.sources.encodings import decode
from services.acts.sources.errors import (
    ArchiveTooLargeError,
    ColumnNeededError,
    NoTableError,
    TableDamagedError,
    TableEmptyError,
    TableTooWideError,
    TooComplexError,
    UnknownColumnError,
)
from services.acts.sources.limits import MEMORY, check_size
from services.acts.sources.packages import BROKEN_ZIP, check_package

_LONGEST_CELL = 20 * 1024**2
_SHOWN = 60
_SHEET_ROWS = 1_048_576
_MOST_COLUMNS = 1_000
_MOST_CELLS = 20_000_000
_MOST_TEXT = 200_000_000  # characters of all rows
_SHORT_CELL = 1_000  # of a title or a number
_MEGABYTE = 1_000_000


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
    """Names of a table's columns, in order.

    Raises NoTableError, TableEmptyError, TableDamagedError, TableTooWideError or as `decode`.
    """
    first = next(_records(path, kind, encoding), None)
    if first is None:
        raise TableEmptyError()
    return list(first)


def rows(path: Path, kind: str, chosen: Columns | None, encoding: str | None = None) -> Iterator[Row]:
    """The acts of a table, rows without a text left out.

    Raises ColumnNeededError, UnknownColumnError, TableEmptyError, TableDamagedError, TableTooWideError,
    TooComplexError, FileTooLargeError for one cell or ArchiveTooLargeError for all texts together.
    """
    names = columns(path, kind, encoding)
    shown = ", ".join(name[:_SHOWN] for name in names[:40])
    if chosen is None or not chosen.text:
        raise ColumnNeededError(columns=shown)
    for name in filter(None, (chosen.text, chosen.title, chosen.number)):
        if name not in names:
            raise UnknownColumnError(column=name, columns=shown)
    total = 0
    for number, record in enumerate(_records(path, kind, encoding), start=1):
        text = _cell(record.get(chosen.text))
        check_size(len(text))
        total += len(text)
        if total > _MOST_TEXT:
            # One string of a workbook may stand in every row.
            raise ArchiveTooLargeError(kind="table", limit_mb=_MOST_TEXT // _MEGABYTE)
        if text.strip():
            title, act = (_cell(record.get(name))[:_SHORT_CELL] for name in (chosen.title, chosen.number))
            yield Row(number, text, title, act)


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def _records(path: Path, kind: str, encoding: str | None) -> Iterator[dict[str, Any]]:
    reader = {"csv": _of_csv, "jsonl": _of_jsonl, "xlsx": _of_xlsx}.get(kind)
    if reader is None:
        raise NoTableError(kind=kind)
    return reader(path, encoding)


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
        delimiter = max(";,\t|", key=re.split(r"[\r\n]", sample, maxsplit=1)[0].count)

    return Separated


def _named(table: Iterable[list[Any] | tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Rows as records under the names of the first row; a column without a name is called by its place."""
    lines = iter(table)
    head = next(lines, None)
    if head is None:
        return
    names = _names(head)
    cells = 0
    for line in lines:
        if not any(line) and 0 not in line:
            continue
        cells += len(line)
        if cells > _MOST_CELLS:
            raise TooComplexError(memory_mb=MEMORY // 1024**2)
        if any(_cell(value).strip() for value in line[: len(names)]):
            yield dict.fromkeys(names, "") | dict(zip(names, line, strict=False))


def _names(head: Sequence[Any]) -> list[str]:
    """Names of columns. In a head that is too wide, what comes after the last name is formatted cells."""
    names = [clean_inline(_cell(name)[:_SHORT_CELL]).strip() for name in head]
    is_wide = len(names) > _MOST_COLUMNS
    while is_wide and names and not names[-1]:
        names.pop()
    _check_width(len(names))
    return [name or f"#{place}" for place, name in enumerate(names, start=1)]


def _check_width(count: int) -> None:
    if count > _MOST_COLUMNS:
        raise TableTooWideError(count=count, limit=_MOST_COLUMNS)


def _of_jsonl(path: Path, encoding: str | None) -> Iterator[dict[str, Any]]:
    text, _ = decode(path.read_bytes(), encoding)
    for number, line in enumerate(io.StringIO(text.removeprefix("\ufeff"), newline=None), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as problem:
            raise TableDamagedError(row=number) from problem
        if not isinstance(record, dict):
            raise TableDamagedError(row=number)
        _check_width(len(record))
        yield {clean_inline(name[:_SHORT_CELL]) or "#": value for name, value in record.items()}


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
            sheet = book.worksheets[0]
            said = sheet.max_column or 0
            # How large a sheet says it is need not be true; without that, rows are as wide as they are.
            width = said if 1 < said <= _MOST_COLUMNS else None
            sheet.reset_dimensions()
            found = sheet.iter_rows(min_row=1, max_col=width, values_only=True)
            yield from _named(islice(found, _SHEET_ROWS))
    except (*BROKEN_ZIP, InvalidFileException, TypeError, SyntaxError) as problem:
        raise TableDamagedError(kind="xlsx") from problem
