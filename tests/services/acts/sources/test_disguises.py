"""Files that are not what their names say, names that are no names, and what is no file at all."""

import os
import time
from pathlib import Path

import pytest

from services.acts import importer, service
from services.acts.importer import FileReport
from services.acts.sources import ENDINGS, Columns, Reader
from services.acts.sources.errors import TooComplexError
from tests.documents import (
    LAW,
    TEXT,
    docx_bytes,
    odt_bytes,
    pdf_bytes,
    printed,
    rtf_bytes,
    xlsx_bytes,
    zip_bytes,
)
from tests.hostile import compound
from ui.error_words import WORDS

pytestmark = pytest.mark.usefixtures("database", "nothing_left")

ORDER = "НАКАЗ\nПро строки\n1. Установити строк 10 днів.\n"
PAGE = f"<html><body><p>{ORDER.replace(chr(10), '</p><p>')}</p></body></html>"

DOCUMENTS = {
    "docx": docx_bytes(),
    "odt": odt_bytes(),
    "rtf": rtf_bytes(),
    "pdf": pdf_bytes([printed(LAW)]),
    "txt": TEXT.encode(),
    "html": PAGE.encode(),
}
TABLES = {
    "xlsx": xlsx_bytes([["Текст"], ["Право"]]),
    "jsonl": '{"Текст": "Право"}\n{"Текст": "Обов’язок"}\n'.encode(),
}
TOLD_BY_NAME = ("csv", "jsonl", "xlsx")
"""Endings under which a plain text is taken for a table."""


def test_a_document_is_read_as_what_it_is_under_any_name() -> None:
    for report in imported(DOCUMENTS):
        kind, ending = report.name.split(".")
        if kind == "txt" and ending in TOLD_BY_NAME:
            assert report.code in ("table_column_needed", "table_damaged"), report
        else:
            read_as = "html" if kind == "txt" and ending in ("html", "htm") else kind
            assert report.outcome in ("imported", "already_there"), report
            assert report.kind == read_as, report


def imported(contents: dict[str, bytes]) -> list[FileReport]:
    """Reports of each content under each ending; its own kind is the name."""
    return importer.import_files(
        (f"{kind}.{ending}", data) for kind, data in contents.items() for ending in ENDINGS
    )


def test_a_table_and_an_archive_are_known_under_any_name() -> None:
    assert {report.code for report in imported(TABLES)} == {"table_column_needed"}
    archives = imported({"архів": zip_bytes({"наказ.txt": ORDER.encode()})})
    assert [report.name for report in archives] == [f"архів.{ending}/наказ.txt" for ending in ENDINGS]


def test_what_no_reader_is_there_for_is_refused_under_any_name() -> None:
    signs = {"старий": compound("WordDocument"), "знімок": b"\x89PNG\r\n\x1a\n", "програма": b"\x7fELF\2\1\1"}
    reports = imported({kind: sign + bytes(99) for kind, sign in signs.items()})
    assert {report.code for report in reports} == {"binary_file"}
    assert len(reports) == 3 * len(ENDINGS)


def test_nothing_and_one_byte_are_no_act() -> None:
    wholes = {**DOCUMENTS, **TABLES, "zip": zip_bytes({}), "csv": b";", "htm": b"<", "txt": b"-"}
    firsts = [(f"1.{ending}", wholes[ending][:1]) for ending in ENDINGS]
    reports = [*imported({"0": b"", "2": b"\0"}), *importer.import_files(firsts)]
    assert {report.outcome for report in reports} == {"refused"}
    assert {report.code for report in reports} <= WORDS.keys()
    assert len(reports) == 3 * len(ENDINGS)


NAMES = [
    "../../../../tmp/чужий.txt",
    "/etc/cron.d/чужий.txt",
    "..\\..\\чужий.txt",
    "C:\\Windows\\чужий.txt",
    "чу\0жий.txt",
    "н" * 10_000 + ".txt",
    "акт\u202etxt.exe",
    "CON",
    "NUL.txt",
    "aux.docx",
    "..",
    ".",
    "",
    "/",
    "\ud800.txt",
    " . ",
    "\x1b[31mакт\r\n.txt",
    "'; DROP TABLE acts; --.txt",
    "<img src=x onerror=alert(1)>.txt",
]


def test_a_name_is_shown_and_never_used(data_dir: Path) -> None:
    packed = [name for name in NAMES if name not in ("", "/", "\ud800.txt")]
    archive = zip_bytes({name: f"{ORDER}{number}".encode() for number, name in enumerate(packed)})
    reports = importer.import_files([*((name, ORDER.encode()) for name in NAMES), ("акти.zip", archive)])
    assert len(reports) == len(NAMES) + len(packed)
    for report in reports:
        shown = report.name.removeprefix("акти.zip/")
        assert report.outcome != "refused", report
        assert shown.isprintable(), report
        assert 0 < len(shown) <= 200, report
        assert not {"/", "\\"} & set(shown), report
    assert not list(data_dir.parent.rglob("чужий*"))


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    pipe, folder = tmp_path / "труба.txt", tmp_path / "папка.docx"
    os.mkfifo(pipe)
    folder.mkdir()
    reports = list(importer.import_paths([pipe, folder, Path("/dev/zero"), tmp_path / "немає.txt"]))
    assert [report.code for report in reports] == ["file_unreadable"] * 4
    assert [report.data.get("kind") for report in reports] == ["special"] * 3 + [None]
    assert "file_unreadable.special" in WORDS


def test_a_path_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "акт.docx").write_bytes(docx_bytes())
    monkeypatch.chdir(tmp_path)
    assert [report.outcome for report in importer.import_paths([Path("акт.docx")])] == ["imported"]


def test_a_reader_that_is_given_up_leaves_no_file_of_rows(tmp_path: Path, data_dir: Path) -> None:
    pipe = tmp_path / "таблиця"
    os.mkfifo(pipe)
    with Reader(seconds=1.0) as reader, pytest.raises(TooComplexError):
        next(reader.rows(pipe, "csv", Columns(text="Текст")))
    assert list((data_dir / "incoming").iterdir()) == []


def test_what_a_killed_import_left_goes_a_day_later(data_dir: Path) -> None:
    importer.import_files([("наказ.txt", ORDER.encode())])
    left, at_work = (data_dir / "incoming" / name for name in ("вчора", "щойно"))
    for path, age in ((left, 90_000), (at_work, 80_000)):
        path.write_bytes(b"x")
        os.utime(path, (time.time() - age,) * 2)
    importer.import_files([("акт.docx", docx_bytes())])
    assert list((data_dir / "incoming").iterdir()) == [at_work]
    at_work.unlink()


def test_a_title_without_end_is_searched_as_far_as_it_is_shown() -> None:
    page = f"<title>Про {'дуже ' * 100_000}хвіст</title><div id=article><p>Право</p></div>"
    importer.import_files([("акт.html", page.encode())])
    assert [len(act.title) for act in service.search("дуже").rows] == [512]
    assert service.search("хвіст").total == 0
