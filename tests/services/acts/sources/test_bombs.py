"""Files that would fill memory, disk or time: most are refused before anything of them is unpacked."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.acts import import_job, importer
from services.acts.importer import FileReport
from services.acts.sources import Columns
from services.acts.sources.cleaning import clean
from services.acts.sources.wrapping import unwrapped
from services.jobs import service as jobs
from services.jobs.running import run_job
from tests import hostile, hostile_pdf
from tests.documents import LAW, docx_bytes, odt_bytes, pdf_bytes, printed, xlsx_bytes, zip_bytes
from ui.errors import explain_code
from ui.i18n import Text

pytestmark = pytest.mark.usefixtures("database", "nothing_left")

Expected = tuple[str, bytes, str]
"""A name, the bytes, and the code that answers them, with its kind where that decides the words."""

GOOD = ("ціла.txt", "Стаття 1. Ціла".encode())
COLUMNS = Columns(text="Текст")
WORD, MILLION = "word/document.xml", 1_000_000


def archives() -> Iterator[Expected]:
    yield "спільні.zip", hostile.overlapping("а.txt"), "archive_bomb.overlap"
    yield "спільні.docx", hostile.overlapping(WORD), "archive_bomb.overlap"
    yield "спільні.odt", hostile.overlapping("content.xml"), "archive_bomb.overlap"
    yield "спільні.xlsx", hostile.overlapping("xl/workbook.xml"), "archive_bomb.overlap"
    yield "малі.zip", hostile.many_small(30), "archive_bomb"
    for name, method in (("bzip2", 12), ("lzma", 14), ("deflate64", 9)):
        yield f"{name}.zip", hostile.raw_zip([("а.txt", bytes(99), 9)], method=method), "archive_method"
        yield f"{name}.docx", hostile.raw_zip([(WORD, bytes(99), 9)], method=method), "archive_method"
    zeros = hostile.packed(bytes(MILLION), 300)
    yield "неправда.zip", hostile.raw_zip([("а.txt", zeros, 99)]), "archive_damaged"
    yield "неправда.docx", hostile.raw_zip([(WORD, zeros[: len(zeros) // 6], 99)]), "document_damaged"
    yield "посилання.zip", hostile.links(), "archive_link"
    yield "рівні.zip", hostile.nested(60), "archive_nested"
    yield "без ліку.zip", hostile.raw_zip([("а", b"", 0)] * 20_001), "archive_too_many"


def locked() -> Iterator[Expected]:
    yield "замкнений.zip", hostile.locked(zip_bytes({"а.txt": b"x"})), "archive_locked"
    yield "замкнений.docx", hostile.locked(docx_bytes()), "document_locked"
    yield "замкнений.odt", hostile.locked(odt_bytes()), "document_locked"
    yield "замкнений.xlsx", hostile.locked(xlsx_bytes([["Текст"]])), "document_locked"
    for ending in ("docx", "xlsx"):
        encrypted = hostile.compound("EncryptionInfo", "EncryptedPackage")
        yield f"пароль.{ending}", encrypted, "document_locked"
    yield "старий.doc", hostile.compound("WordDocument"), "binary_file.doc"
    yield "старий.xls", hostile.compound("Workbook"), "binary_file.xls"
    yield "перейменований.docx", hostile.compound("Book"), "binary_file.xls"
    yield "показ.ppt", hostile.compound("PowerPoint Document"), "binary_file.other"
    yield "пароль.pdf", hostile_pdf.locked_pdf(b"secret"), "document_locked"
    yield "сертифікат.pdf", hostile_pdf.locked_pdf(b"", "Adobe.PubSec"), "document_locked"


def documents() -> Iterator[Expected]:
    yield "коло.pdf", hostile_pdf.page_loop(), "no_text_layer"
    yield "дерево.pdf", hostile_pdf.page_tree(30), "document_damaged"
    yield "та сама.pdf", hostile_pdf.same_page(MILLION), "too_many_pages"
    yield "мільйон.pdf", pdf_bytes([printed(LAW)], declared_pages=MILLION), "too_many_pages"
    yield "групи.rtf", b"{\\rtf1" + b"{" * MILLION + b"}" * MILLION + b"}", "empty_file"
    yield "число.rtf", b"{\\rtf1 \\u99999999999999999999 ?}", "document_damaged"
    yield "теги.html", b"<b>" * MILLION + b"x", "document_too_deep"
    yield "атрибут.html", b'<p title="' + b"x" * 19 * MILLION + b'">x', "document_too_complex"
    yield "атрибут великий.html", b'<p title="' + b"x" * 100 * MILLION, "file_too_large"
    yield "рядки.txt", "а\n".encode() * MILLION, "too_many_lines"
    yield "дужки.txt", b"{}" * MILLION + b"x", "too_many_lines"


def tables() -> Iterator[Expected]:
    far = hostile.cell("XFD1048576", "а")
    yield "далеко.xlsx", hostile.sheet(f'<row r="1048576">{far}</row>', "A1:XFD1048576"), "table_empty"
    beyond = f'<row r="{10**15}">{hostile.cell("A9", "а")}</row>'
    yield "за межею.xlsx", hostile.sheet(beyond), "table_empty"
    wide = "".join(f'<row r="{n}">{hostile.cell(f"XFD{n}", "а")}</row>' for n in range(2, 2_000))
    yield "широко.xlsx", hostile.sheet(wide, "A1:XFD1048576"), "document_too_complex"
    yield "стовпці.xlsx", xlsx_bytes([["Текст", *"х" * 2_000]]), "table_too_wide"
    yield "спільний.xlsx", hostile.shared_string(1_900_000, 110), "archive_too_large.table"
    yield "розмір.xlsx", hostile.sheet("", "A1:ZZZZZZ99999999999"), "table_damaged.xlsx"
    yield "стовпці.csv", ";".join(map(str, range(100_000))).encode(), "table_too_wide"
    yield "рядок.csv", "Текст\n".encode() + b"a" * 22 * MILLION, "table_damaged"
    yield "нулі.csv", "Текст\n".encode() + b"\0\0a\n" * 9, "binary_file.other"
    keys = ",".join(f'"{n}":1' for n in range(9_999))
    yield "ключі.jsonl", f"{{{keys}}}".encode(), "table_too_wide"
    yield "рядок.jsonl", '{"Текст": "'.encode() + b"a" * 21 * MILLION + b'"}', "file_too_large"
    yield "число.jsonl", '{"Текст": '.encode() + b"9" * 5_000 + b"}", "table_damaged"
    yield "половини.jsonl", b'{"\\ud800": "\\udfff"}', "table_column_unknown"


@pytest.mark.parametrize("made", [archives, locked, documents, tables])
def test_each_is_refused_and_the_next_file_comes_in(made: Callable[[], Iterator[Expected]]) -> None:
    files = list(made())
    reports = importer.import_files([(name, data) for name, data, _ in files] + [GOOD], columns=COLUMNS)
    assert reports.pop().outcome == "imported"
    answers = {report.name.split("/")[0]: report for report in reports}
    assert [name for name, _, code in files if not _is_answered(answers[name], code)] == []
    # Told by looking: nobody waited for the limit of time, and the reading process lived.
    assert [report.name for report in reports if "seconds" in report.data] == []
    for report in reports:
        _check_words(report)


def _is_answered(report: FileReport, code: str) -> bool:
    return report.outcome == "refused" and code in (report.code, f"{report.code}.{report.data.get('kind')}")


def _check_words(report: FileReport) -> None:
    """Title, sentence and next step, each in Ukrainian, with every fact that they name."""
    for words in explain_code(Text("uk"), report.code, report.data):
        assert re.search(r"[а-яіїє]{3}", words), report
        assert not re.search(r"[{}]|None|: –|– \.", words), words


def test_a_drawing_without_bounds_costs_its_reader_only() -> None:
    bombs = [
        ("потік.pdf", hostile_pdf.stream_bomb(1_200)),
        ("фільтри.pdf", hostile_pdf.stream_bomb(1_200, 3)),
    ]
    reports = importer.import_files([*bombs, ("акт.docx", docx_bytes()), GOOD])
    assert [report.code for report in reports] == ["document_too_complex"] * 2 + ["", ""]
    for report in reports[:2]:
        _check_words(report)


def test_a_worker_goes_on_with_the_next_file(data_dir: Path) -> None:
    bombs = [("потік.pdf", hostile_pdf.stream_bomb(1_200)), ("а.zip", hostile.overlapping("а.txt"))]
    started = import_job.start([*bombs, ("н" * 10_000 + ".docx", docx_bytes()), GOOD])
    run_job(started.job_id)
    job = jobs.get(started.job_id)
    assert job is not None
    assert (job.status, job.result) == ("succeeded", {"refused": 2, "imported": 2})
    assert len(list((data_dir / "files").iterdir())) == 2


def test_a_password_that_is_empty_keeps_nobody_out() -> None:
    report = importer.import_files([("акт.pdf", hostile_pdf.locked_pdf(b""))])[0]
    assert (report.outcome, report.title) == ("imported", LAW[1])


def test_a_workbook_that_lies_about_its_size_is_read_as_it_is() -> None:
    row = f'<row r="2">{hostile.cell("A2", "Право на доступ")}</row>'
    for number, size in enumerate(("A1:XFD1048576", "A1", "A1:A999999")):
        book = hostile.sheet(row.replace("доступ", f"доступ {number}"), size)
        reports = importer.import_files([("акти.xlsx", book)], columns=COLUMNS)
        assert [report.outcome for report in reports] == ["imported"], size


def test_a_file_beyond_the_limit_is_not_read_at_all(tmp_path: Path) -> None:
    for name in ("рядок.jsonl", "рядок.csv", "нулі.txt"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(300 * MILLION)
    reports = list(importer.import_paths(sorted(tmp_path.glob("*.*"))))
    assert [(report.code, report.data["size_mb"]) for report in reports] == [("file_too_large", 300.0)] * 3


TWISTED = "а" + "\u0301\u0327" * 300_000
LONG_PARAGRAPH = (" " * 3 + "a" * 50 + "\n") * 7_000 + ("a" * 50 + "\n") * 180_000


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("знаки.txt", TWISTED),
        ("знаки.html", f"<p>{TWISTED}</p>"),
        ("якорі.html", "".join(f"<p id=a{n}>" for n in range(90_000)) + "Право"),
        ("малюнки.html", "".join(f"<p id=a{n}>[ image ]</p>" for n in range(60_000)) + "Право"),
        ("посилання.html", "<p>" + "купівлі -продажу<a href=http://a.ua>а</a>" * 40_000),
    ],
)
def test_work_grows_as_the_text_does(name: str, data: str) -> None:
    report = importer.import_files([(name, data.encode())])[0]
    assert report.outcome == "imported", report


@pytest.mark.timeout(60)
def test_a_paragraph_of_many_rows_is_joined_once() -> None:
    assert unwrapped(LONG_PARAGRAPH).count("\n") == 7_000


def test_marks_that_are_parted_stay_and_change_no_more() -> None:
    cleaned = clean("Стаття 1. " + "й" + "\u0301" * 100)
    assert cleaned.count("\u0301") == 100
    assert clean(cleaned) == cleaned
    assert clean("— " * 9 + "═" * 200).count("═") == 200
