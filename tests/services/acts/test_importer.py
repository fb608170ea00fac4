"""Files become acts; a bad one costs only itself."""

import os
from pathlib import Path

import pytest

from services.acts import editions, files, importer, samples, service
from services.acts.sources import Columns, Reader
from services.db import SessionLocal
from services.db.models import LegalAct
from tests.documents import LAW, TEXT, docx_bytes, odt_bytes, pdf_bytes, printed, rtf_bytes, zip_bytes

pytestmark = pytest.mark.usefixtures("database")


def sample(act: str) -> bytes:
    return (samples.FOLDER / "acts" / f"{act}.txt").read_bytes()


def test_each_file_is_answered_and_good_ones_are_stored() -> None:
    reports = importer.import_files(
        [
            ("порожній.txt", b""),
            ("наказ.txt", sample("z0281-25")),
            ("скан.txt", b"%PDF-1.4 \x00\x01"),
            ("постанова.txt", sample("31-2026-п").decode().encode("cp1251", "ignore")),
            ("архів.txt", b"x" * (50 * 1024 * 1024)),
        ]
    )
    assert [r.outcome for r in reports] == ["refused", "imported", "refused", "imported", "refused"]
    assert [r.code for r in reports] == ["empty_file", "", "document_damaged", "", "file_too_large"]
    assert service.counts().total == 2
    order = service.get(reports[1].act_id or 0)
    assert order.text == sample("z0281-25").decode()
    assert order.origin == "file"


def test_the_title_is_read_from_the_act_and_falls_back_to_the_name_of_the_file() -> None:
    law = (
        "ЗАКОН УКРАЇНИ\nПро охорону праці\nСтаття 1. Поняття\nОхорона праці - це система заходів.\n".encode()
    )
    first, second = importer.import_files(
        [("1.txt", law), ("Нотатка про строки.txt", "просто текст".encode())]
    )
    assert first.title == "Про охорону праці"
    assert second.title == "Нотатка про строки"
    assert service.search("ОХОРОНУ ПРАЦІ").total == 1


def test_the_same_text_is_never_stored_twice_whatever_its_encoding_and_line_ends() -> None:
    text = sample("64_2022").decode()
    first = importer.import_files([("указ.txt", text.encode())])[0]
    windows = text.replace("\n", "\r\n").encode("utf-16")
    again = importer.import_files([("копія.txt", windows), ("ще.txt", text.encode("utf-8-sig"))])
    assert [(r.outcome, r.act_id) for r in again] == [("already_there", first.act_id)] * 2
    assert service.counts().total == 1


def test_importing_a_deleted_act_restores_it() -> None:
    first = importer.import_files([("указ.txt", sample("64_2022"))])[0]
    service.delete(first.act_id or 0)
    again = importer.import_files([("указ.txt", sample("64_2022"))])[0]
    assert (again.outcome, again.act_id) == ("restored", first.act_id)
    assert service.counts().total == 1


@pytest.mark.parametrize("name", ["/etc/passwd", "C:\\Закони\\указ.txt", "", "я" * 900 + ".txt"])
def test_no_name_of_a_file_can_do_harm(name: str) -> None:
    report = importer.import_files([(name, "Щось без заголовка".encode())])[0]
    assert report.outcome == "imported"
    assert len(service.get(report.act_id or 0).title) <= 512


def test_the_raw_bytes_and_their_encoding_are_kept() -> None:
    data = sample("31-2026-п").decode().encode("cp1251", "ignore")
    report = importer.import_files([("постанова.txt", data)])[0]
    assert (report.kind, report.encoding) == ("txt", "cp1251")
    with SessionLocal.reading() as session:
        act = session.get(LegalAct, report.act_id)
        assert act is not None
        assert act.encoding == "cp1251"
        assert files.path_of(act.raw_hash or "").read_bytes() == data


def test_a_wrongly_recognised_encoding_can_be_corrected() -> None:
    data = "Право на захист і обов’язок.".encode("utf-16-le")
    report = importer.import_files([("а.txt", data)], encoding="utf-16")[0]
    assert service.text(report.act_id or 0) == "Право на захист і обов’язок.\n"
    refused = importer.import_files([("б.txt", "Право".encode("cp1251"))], encoding="utf-8")[0]
    assert refused.code == "file_damaged"


def test_the_very_same_file_is_known_without_being_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = importer.import_files([("закон.docx", docx_bytes())])[0]

    def unread(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(Reader, "document", unread)
    kept = files.path_of(raw_hash(first.act_id)).read_bytes()
    again = importer.import_files([("копія.docx", kept)])[0]
    assert (again.outcome, again.act_id) == ("already_there", first.act_id)


def test_one_act_in_seven_formats_is_one_act() -> None:
    files_of_it = [
        ("закон.txt", TEXT.encode()),
        ("закон.docx", docx_bytes()),
        ("закон.odt", odt_bytes()),
        ("закон.rtf", rtf_bytes()),
        ("закон.pdf", pdf_bytes([printed(LAW)])),
        ("закон.html", "".join(f"<p>{line}</p>" for line in LAW).encode()),
        ("закон.zip", zip_bytes({"закон.txt": TEXT.encode("cp1251")})),
    ]
    reports = importer.import_files(files_of_it)
    assert [r.outcome for r in reports] == ["imported"] + ["already_there"] * 6
    assert len({r.act_id for r in reports}) == 1
    assert [r.kind for r in reports] == ["txt", "docx", "odt", "rtf", "pdf", "html", "txt"]


def test_a_new_text_of_a_known_act_follows_the_old_one() -> None:
    text = sample("z0281-25").decode()
    first = importer.import_files([("наказ.txt", text.encode())])[0]
    changed = text.replace("1.", "1. Зміна:", 1)
    second = importer.import_files([("наказ.txt", changed.encode())])[0]
    assert second.outcome == "imported"
    assert [stored.act_id for stored in editions.listed(second.act_id or 0)] == [first.act_id, second.act_id]
    with SessionLocal.reading() as session:
        act = session.get(LegalAct, second.act_id)
        assert act is not None
        assert act.replaces_id == first.act_id


def test_a_lost_index_of_an_article_is_written_out_before_the_text_is_stored() -> None:
    law = "ЗАКОН УКРАЇНИ\nПро строки\n" + "".join(f"Стаття {n}. Назва\nНорма.\n" for n in (18, 19, 191, 20))
    report = importer.import_files([("закон.txt", law.encode())])[0]
    assert "Стаття 19-1. Назва" in service.text(report.act_id or 0)


def test_a_pasted_text_is_an_act_with_the_title_it_is_given() -> None:
    report = importer.import_text("Сторони зобов’язуються виконати договір.", "Проєкт договору")
    assert (report.outcome, report.title) == ("imported", "Проєкт договору")
    assert service.get(report.act_id or 0).origin == "pasted"
    again = importer.import_text(" Сторони зобов’язуються виконати договір.\n")
    assert again.outcome == "already_there"
    assert importer.import_text(" \n ").code == "empty_file"
    law = importer.import_text(sample("31-2026-п").decode())
    assert law.title.startswith("Про внесення змін")


def test_a_table_needs_its_column_and_then_gives_an_act_a_row() -> None:
    table = "Номер;Заголовок;Зміст\n2939-17;Про доступ;Стаття 1. Доступ до інформації\n".encode("cp1251")
    asked = importer.import_files([("акти.csv", table)])[0]
    assert (asked.code, asked.data) == ("table_column_needed", {"columns": "Номер, Заголовок, Зміст"})
    columns = Columns(text="Зміст", title="Заголовок", number="Номер")
    report = importer.import_files([("акти.csv", table)], columns=columns)[0]
    act = service.get(report.act_id or 0)
    assert (act.title, act.number, act.origin) == ("Про доступ", "2939-17", "table")


def test_a_gigabyte_of_zeros_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "нулі.txt"
    with path.open("wb") as file:
        file.truncate(1024**3)
    report = next(importer.import_paths([path]))
    assert (report.outcome, report.code) == ("refused", "file_too_large")
    assert report.data == {"limit_mb": 20, "size_mb": 1073.7}


def test_a_path_that_is_gone_or_closed_is_a_report_not_an_error(tmp_path: Path) -> None:
    reports = list(importer.import_paths([tmp_path / "немає.txt", tmp_path]))
    assert [r.code for r in reports] == ["file_unreadable"] * 2


def test_names_and_titles_that_no_database_can_hold_are_cleaned(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe-act.txt"))
    path.write_text("Право на захист", encoding="utf-8")
    report = next(importer.import_paths([path]))
    assert report.outcome == "imported"
    assert report.name.encode() == b"-act.txt"
    table = '{"t": "Строк 10 днів", "n": "7\\u0000-IX", "h": "Про \\ud800\\u0000строки"}'.encode()
    columns = Columns(text="t", title="h", number="n")
    row = importer.import_files([("т.jsonl", table)], columns=columns)[0]
    assert row.title == "Про строки"
    assert service.get(row.act_id or 0).number == "7-IX"


def raw_hash(act_id: int | None) -> str:
    with SessionLocal.reading() as session:
        act = session.get(LegalAct, act_id)
        assert act is not None
        return act.raw_hash or ""
