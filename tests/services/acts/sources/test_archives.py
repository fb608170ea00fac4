"""Archives of documents: each file in them is answered for; none of their names is a path."""

import os
import struct
import zipfile
from pathlib import Path

import pytest

from services.acts import importer, service
from services.acts.sources import archives
from tests.documents import LAW, docx_bytes, odt_bytes, pdf_bytes, printed, rtf_bytes, xlsx_bytes, zip_bytes

pytestmark = pytest.mark.usefixtures("database")

ORDER = "НАКАЗ\nПро строки\n1. Установити строк 10 днів.\n".encode()


def test_an_archive_of_every_format_gives_a_report_for_each_file() -> None:
    archive = zip_bytes(
        {
            "акти/наказ.txt": ORDER,
            "акти/закон.docx": docx_bytes(),
            "закон.odt": odt_bytes(),
            "закон.rtf": rtf_bytes(),
            "закон.pdf": pdf_bytes([printed(LAW)]),
            "сторінка.html": "<p>Право на сторінку</p>".encode(),
            "порожній.txt": b"",
            "внутрішній.zip": zip_bytes({"а.txt": b"x"}),
            "таблиця.xlsx": xlsx_bytes([["Текст"], ["а"]]),
            "__MACOSX/._наказ.txt": b"\0\0",
        }
    )
    reports = importer.import_files([("акти.zip", archive)])
    assert [(r.name, r.outcome, r.code) for r in reports] == [
        ("акти.zip/наказ.txt", "imported", ""),
        ("акти.zip/закон.docx", "imported", ""),
        ("акти.zip/закон.odt", "already_there", ""),
        ("акти.zip/закон.rtf", "already_there", ""),
        ("акти.zip/закон.pdf", "already_there", ""),
        ("акти.zip/сторінка.html", "imported", ""),
        ("акти.zip/порожній.txt", "refused", "empty_file"),
        ("акти.zip/внутрішній.zip", "refused", "archive_nested"),
        ("акти.zip/таблиця.xlsx", "refused", "archive_nested"),
    ]
    assert service.counts().total == 3


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/cron.d/x.txt",
        "/etc/passwd",
        "C:\\Windows\\x.txt",
        "..\\..\\x.txt",
        "a/../../b.txt",
        "\x1b[31m.txt",
    ],
)
def test_a_name_with_a_path_in_it_writes_nowhere(name: str, data_dir: Path) -> None:
    before = set(Path("/tmp").glob("x.txt")) | set(data_dir.parent.rglob("*.txt"))
    report = importer.import_files([("акти.zip", zip_bytes({name: ORDER}))])[0]
    assert report.outcome == "imported"
    assert ".." not in report.name
    assert "\x1b" not in report.name
    assert set(Path("/tmp").glob("x.txt")) | set(data_dir.parent.rglob("*.txt")) == before


def test_names_in_the_encoding_of_ukrainian_windows_are_readable(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = zip_bytes({"NNNNN.txt": ORDER})
    path.write_bytes(data.replace(b"NNNNN", "Закон".encode("cp866")))
    with archives.opened(path) as archive:
        assert [member.name for member in archives.members(archive)] == ["Закон.txt"]


def test_zeros_packed_a_thousand_to_one_are_refused_unread() -> None:
    bomb = zip_bytes({"нулі.txt": bytes(15 * 1024**2), "наказ.txt": ORDER})
    reports = importer.import_files([("бомба.zip", bomb)])
    assert [(r.outcome, r.code) for r in reports] == [("refused", "archive_bomb"), ("imported", "")]


def test_a_file_that_lies_about_its_size_is_stopped_at_the_limit(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"а.txt": os.urandom(1000) * 30}, stored=True))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + place
        data[at : at + 4] = struct.pack("<I", 10)
    report = importer.import_files([("а.zip", bytes(data))])[0]
    assert (report.outcome, report.code) == ("refused", "archive_damaged")


def test_more_files_than_any_collection_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_FILES", 50)
    report = importer.import_files([("а.zip", zip_bytes({f"{n}.txt": b"" for n in range(51)}))])[0]
    assert (report.code, report.data) == ("archive_too_many", {"count": 51, "limit": 50})


def test_a_declared_size_over_the_limit_is_refused_before_unpacking(tmp_path: Path) -> None:
    data = zip_bytes({"а.txt": b"x" * 100})
    central = data.index(b"PK\x01\x02") + 24
    huge = data[:central] + struct.pack("<I", 0xFFFFFFF0) + data[central + 4 :]
    report = importer.import_files([("а.zip", huge)])[0]
    assert report.code == "archive_too_large"


def test_a_list_of_files_that_would_fill_the_memory_is_not_read() -> None:
    data = bytearray(zip_bytes({"а.txt": ORDER}))
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", 900_000_000)
    report = importer.import_files([("а.zip", bytes(data))])[0]
    assert (report.code, report.data) == ("archive_too_large", {"limit_mb": 16})


def test_a_locked_file_is_named_and_the_others_come_in(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"таємний.txt": ORDER, "наказ.txt": ORDER + b"2"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + place
        data[at] |= 1
    reports = importer.import_files([("а.zip", bytes(data))])
    assert [r.code for r in reports] == ["archive_locked", ""]


def test_broken_bytes_in_one_file_do_not_cost_the_others() -> None:
    data = bytearray(zip_bytes({"а.txt": ORDER * 3, "наказ.txt": ORDER}, stored=True))
    data[data.index(ORDER) + 5] ^= 255
    reports = importer.import_files([("а.zip", bytes(data))])
    assert [r.code for r in reports] == ["archive_damaged", ""]


def test_a_large_archive_is_read_a_file_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "велика.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(120):
            archive.writestr(f"{number}.txt", f"НАКАЗ № {number}\n" + "Строк становить 10 днів.\n" * 20)
    outcomes = [report.outcome for report in importer.import_paths([path])]
    assert outcomes == ["imported"] * 120
