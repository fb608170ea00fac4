"""Files become acts; a bad one costs only itself."""

import pytest

from services.acts import importer, samples, service

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
