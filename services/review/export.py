"""Elements as files for people: XLSX, CSV and DOCX, each element with its act and its legal address."""

import csv
import io
import re
from typing import cast

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from services.acts.elements import ElementFilter, every
from services.errors import AppError
from services.review.words import ExportWords

MOST_DOCX_ROWS = 5_000
MOST_XLSX_ROWS = 1_048_575
_CELL_LENGTH = 32_767
_WIDTHS = (38, 14, 20, 16, 70, 40, 16)
_DOCX_WIDTHS_MM = (48, 20, 26, 25, 90, 38, 22)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMULA = re.compile(r"^\s*[=+\-@]")


class TooManyRowsError(AppError):
    """More than `limit` elements for this format (`count`); narrow the filter or take another format."""

    code = "too_many_rows"


def to_xlsx(where: ElementFilter, words: ExportWords) -> bytes:
    """An Excel workbook; cells are always text, so a quote that starts with `=` is no formula."""
    book = Workbook(write_only=True)
    sheet = cast(Worksheet, book.create_sheet(words.title[:31]))
    sheet.freeze_panes = "A2"
    for index, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDEFG"[index]].width = width
    rows = _rows(where, words, MOST_XLSX_ROWS)
    sheet.auto_filter.ref = f"A1:G{len(rows) + 1}"
    sheet.append([_cell(sheet, name, bold=True) for name in words.columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def to_csv(where: ElementFilter, words: ExportWords) -> bytes:
    """UTF-8 with a mark and semicolons: what Excel in Ukraine opens in columns by a double click.

    A value that a spreadsheet would take for a formula gets an apostrophe in front
    (OWASP, CSV Injection).
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(words.columns)
    for row in _rows(where, words, None):
        writer.writerow([f"'{value}" if _FORMULA.match(value) else value for value in row])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def to_docx(where: ElementFilter, words: ExportWords) -> bytes:
    """A Word document with one table whose heading repeats on every page. Raises TooManyRowsError."""
    rows = _rows(where, words, MOST_DOCX_ROWS)
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(14)
    document.styles["Normal"].font.size = Pt(9)
    document.add_heading(words.title, level=1)
    table = document.add_table(rows=len(rows) + 1, cols=len(words.columns), style="Table Grid")
    table.autofit = False
    for line, values in zip(table.rows, [words.columns, *rows], strict=True):
        for cell, value, width in zip(line.cells, values, _DOCX_WIDTHS_MM, strict=True):
            cell.width = Mm(width)
            cell.text = value
    _repeat_heading(table.rows[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _rows(where: ElementFilter, words: ExportWords, limit: int | None) -> list[tuple[str, ...]]:
    found = every(where, None if limit is None else limit + 1)
    if limit is not None and len(found) > limit:
        raise TooManyRowsError(limit=limit)
    return [tuple(_plain(value) for value in words.row(element)) for element in found]


def _plain(value: str) -> str:
    text = _CONTROL.sub("", value)
    return text if len(text) <= _CELL_LENGTH else text[: _CELL_LENGTH - 1] + "…"


def _cell(sheet: Worksheet, value: str, *, bold: bool = False) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _repeat_heading(row: object) -> None:
    properties = row._tr.get_or_add_trPr()  # type: ignore[attr-defined]
    properties.append(OxmlElement("w:tblHeader"))
    for cell in row.cells:  # type: ignore[attr-defined]
        for run in cell.paragraphs[0].runs:
            run.bold = True
