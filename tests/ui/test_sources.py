"""Adding acts, as a reader does it: files, numbers of the Rada, pasted text, a table."""

import pytest
from streamlit.testing.v1 import AppTest

from services.acts import service
from services.acts.rada import pacing
from services.jobs import service as jobs
from services.jobs.running import run_job
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
from tests.pages.shown import leaks, texts
from tests.standins.rada_service import LAW as RADA_LAW
from tests.standins.rada_service import serve

pytestmark = pytest.mark.usefixtures("database")

APP = """
from ui.acts import imports, sources
from ui.i18n import Text

t = Text("uk")
imports.progress(t)
sources.draw(t)
"""


def opened(way: str = "files") -> AppTest:
    page = AppTest.from_string(APP, default_timeout=30).run()
    if way != "files":
        page.segmented_control(key="acts_way").set_value(way).run()
    assert not page.exception
    assert leaks(page) == []
    return page


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def finish() -> None:
    """What the worker would do."""
    for job in jobs.live("import"):
        run_job(job.id)


def test_documents_of_every_format_are_imported_at_once_and_answered() -> None:
    page = opened()
    page.file_uploader[0].set_value(
        [
            ("закон.docx", docx_bytes(), ""),
            ("закон.odt", odt_bytes(), ""),
            ("закон.rtf", rtf_bytes(), ""),
            ("закон.pdf", pdf_bytes([printed(LAW)]), ""),
            ("закон.txt", TEXT.encode("cp1251"), ""),
            ("закон.html", "<p>Право на сторінку</p>".encode(), ""),
            ("скан.pdf", pdf_bytes([[], []]), ""),
        ]
    ).run()
    words = texts(page)
    assert "закон.docx: імпортовано" in words
    for ending in ("odt", "rtf", "pdf", "txt"):
        assert f"закон.{ending}: такий текст уже є" in words
    assert "Цей PDF – скан" in words
    assert "cp1251" in words
    assert service.counts().total == 2
    assert page.file_uploader[0].value in (None, [])


def test_a_wrong_encoding_can_be_corrected() -> None:
    page = opened()
    page.selectbox(key="acts_encoding").set_value("koi8-u").run()
    page.file_uploader[0].set_value([("а.txt", "Право на об'єкт".encode("koi8-u"), "")]).run()
    assert service.text(service.ids()[0]) == "Право на об'єкт\n"


def test_an_archive_goes_to_the_worker_and_its_files_are_answered() -> None:
    page = opened()
    archive = zip_bytes({"а.txt": "Наказ про строки".encode(), "б.txt": b""})
    page.file_uploader[0].set_value([("акти.zip", archive, "")]).run()
    assert [job.kind for job in jobs.live()] == ["import"]
    assert "Імпорт чекає на свою чергу." in texts(page)
    finish()
    words = texts(page.run())
    assert "акти.zip/а.txt: імпортовано" in words
    assert "акти.zip/б.txt: Файл порожній" in words
    assert "Імпортовано 1 акт" in words
    press(page, "close_reports")
    assert "імпортовано" not in texts(page)


def test_acts_are_brought_by_number_and_by_link(monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("rada")
    page.text_area[0].set_value("№ 1103-V\nhttps://zakon.rada.gov.ua/laws/show/36-2026-%D0%BF").run()
    monkeypatch.setattr(pacing, "PAUSE", (0.0, 0.0))
    with serve() as rada:
        monkeypatch.setenv("RADA_BASE_URL", rada.url)
        press(page, "import_rada")
        finish()
    assert "№ 1103-V: імпортовано" in texts(page.run())
    assert {row.number for row in service.search().rows} == {"1103-16", "36-2026-п"}
    assert page.text_area[0].value == ""


def test_the_report_names_editions_in_words_and_each_line_opens_its_act(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = opened("rada")
    link = f"https://zakon.rada.gov.ua/laws/show/{RADA_LAW}/ed20120223"
    page.text_area[0].set_value(f"{link}, № 1103-V; {RADA_LAW}\n8-20").run()
    monkeypatch.setattr(pacing, "PAUSE", (0.0, 0.0))
    with serve() as rada:
        monkeypatch.setenv("RADA_BASE_URL", rada.url)
        press(page, "import_rada")
        finish()
    words = texts(page.run())
    assert leaks(page) == []
    assert "№ 1103-V · редакція від 23.02.2012: імпортовано" in words
    assert "№ 1103-V: імпортовано" in words
    assert "модифікованих організмів · редакція від 02.03.2026" in words
    assert "https://" not in words.replace("https://zakon.rada.gov.ua/laws/show/435-15", "")
    assert "Імпортовано 2 акти" in words
    assert "8-20: " in words


def test_an_import_that_was_stopped_says_what_is_left_and_imports_it(monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("rada")
    page.text_area[0].set_value("№ 1103-V\n36-2026-п").run()
    press(page, "import_rada")
    (job,) = jobs.live()
    jobs.cancel(job.id)
    words = texts(page.run())
    assert "Імпорт зупинено." in words
    assert "Не імпортовано: 2" in words
    assert "№ 1103-V, 36-2026-п." in words
    assert leaks(page) == []
    press(page, "import_rest")
    (job,) = jobs.live()
    assert jobs.payload(job.id)["nregs"] == ["№ 1103-V", "36-2026-п"]


def test_a_code_in_two_parts_is_told_before_it_is_imported() -> None:
    page = opened("rada")
    page.text_area[0].set_value("№ 8073-X").run()
    words = texts(page)
    assert "№ 8073-X буде імпортовано як два акти: 80731-10, 80732-10" in words
    assert "Незрозуміло" not in words
    press(page, "import_rada")
    assert jobs.payload(jobs.live()[0].id)["nregs"] == ["80731-10", "80732-10"]


def test_an_unclear_number_is_told_before_anything_is_asked() -> None:
    page = opened("rada")
    page.text_area[0].set_value("2939-17\nпро інформацію\nhttps://example.org/1").run()
    words = texts(page)
    assert "про інформацію" in words
    assert "https://example.org/1" in words
    press(page, "import_rada")
    page.text_area[0].set_value("").run()
    assert "Введіть хоча б один номер або посилання." in texts(press(page, "import_rada"))
    assert jobs.live() == []


def test_pasted_text_becomes_an_act() -> None:
    page = opened("paste")
    assert "Файл порожній" in texts(press(page, "import_text"))
    page.text_input[0].set_value("Проєкт договору")
    page.text_area[0].set_value("Виконавець зобов’язаний виконати роботу.").run()
    assert "Проєкт договору: імпортовано" in texts(press(page, "import_text"))
    assert service.search("Проєкт договору").total == 1


def test_a_table_is_imported_by_the_columns_that_are_chosen() -> None:
    page = opened("table")
    table = xlsx_bytes(
        [["№", "Назва акта", "Зміст", "Текст"], ["7-2026-п", "Про строки", "-", "Строк 10 днів"]]
    )
    page.file_uploader[0].set_value(("акти.xlsx", table, "")).run()
    assert [box.value for box in page.selectbox] == ["Текст", "Назва акта", ""]
    page.selectbox[2].set_value("№").run()
    press(page, "import_table")
    finish()
    act = service.search().rows[0]
    assert (act.title, act.number) == ("Про строки", "7-2026-п")


def test_a_table_that_cannot_be_read_is_told_in_words() -> None:
    page = opened("table")
    page.file_uploader[0].set_value(("акти.xlsx", b"PK\x03\x04 broken", "")).run()
    assert not page.exception
    assert "Архів пошкоджено" in texts(page)


def test_an_archive_is_left_to_the_worker_whatever_its_name() -> None:
    page = opened()
    page.file_uploader[0].set_value([("акт.docx", zip_bytes({"а.txt": TEXT.encode()}), "")]).run()
    assert not page.exception
    assert service.counts().total == 0
    finish()
    assert service.counts().total == 1


def test_what_is_no_table_is_sent_to_the_files() -> None:
    page = opened("table")
    page.file_uploader[0].set_value(("акти.xlsx", docx_bytes(), "")).run()
    assert not page.exception
    assert "Це не таблиця" in texts(page)
    assert "«Файли»" in texts(page)
