"""What a file is, its bytes say; the name only where they cannot."""

from pathlib import Path

import pytest

from services.acts.errors import BinaryFileError, FileError
from services.acts.sources.errors import MacrosError
from services.acts.sources.kinds import kind_of
from tests.documents import LAW, docx_bytes, odt_bytes, pdf_bytes, printed, rtf_bytes, xlsx_bytes, zip_bytes


def told(tmp_path: Path, name: str, data: bytes) -> str:
    path = tmp_path / "file"
    path.write_bytes(data)
    return kind_of(path, name)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("акт.txt", "Стаття 1".encode(), "txt"),
        ("без закінчення", "Стаття 1".encode("cp1251"), "txt"),
        ("акт.docx", docx_bytes(), "docx"),
        ("акт.txt", docx_bytes(), "docx"),
        ("акт.odt", odt_bytes(), "odt"),
        ("акт.doc", rtf_bytes(), "rtf"),
        ("акт", pdf_bytes([printed(LAW)]), "pdf"),
        ("акт.htm", "Стаття".encode(), "html"),
        ("акт.txt", "<!DOCTYPE html><html><p>Стаття".encode(), "html"),
        ("акт.txt", "<HTML><p>Стаття".encode("utf-16"), "html"),
        ("акти.zip", zip_bytes({"а.txt": b"x"}), "zip"),
        ("акти.xlsx", xlsx_bytes([["Текст"]]), "xlsx"),
        ("акти.csv", "Текст\nа".encode(), "csv"),
        ("акти.jsonl", b"{}", "jsonl"),
    ],
)
def test_a_file_is_told_by_its_bytes(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    assert told(tmp_path, name, data) == kind


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("старий.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
        ("скан.tif", b"II*\0" + bytes(9), "image"),
        ("скан.pdf", b"\xff\xd8\xff\xe0", "image"),
        ("акти.rar", b"Rar!\x1a\x07", "archive"),
        ("показ.pptx", zip_bytes({"ppt/presentation.xml": b"<x/>"}), "other"),
    ],
)
def test_what_no_reader_is_there_for_is_named(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    with pytest.raises(BinaryFileError) as caught:
        told(tmp_path, name, data)
    assert caught.value.data == {"kind": kind}


@pytest.mark.parametrize("name", ["акт.docm", "АКТ.DOCM", "табл.xlsm", "шаблон.dotm"])
def test_documents_with_programs_are_refused_by_their_name_alone(tmp_path: Path, name: str) -> None:
    with pytest.raises(MacrosError):
        told(tmp_path, name, docx_bytes())


def test_a_cut_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        told(tmp_path, "акти.zip", zip_bytes({"а.txt": b"x" * 99})[:60])
