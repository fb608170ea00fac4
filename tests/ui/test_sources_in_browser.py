"""Every format through the real uploader, an archive and numbers through the real worker."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from services.acts import service
from services.db import engine, migrate
from tests.browser import ROOT, Server, browser, chromium_page, serve, settle
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
from tests.standins import rada_service

__all__ = ["browser", "chromium_page"]
APP = Path(__file__).parent / "apps" / "sources_app.py"
FILES = {
    "закон.txt": TEXT.encode("cp1251"),
    "закон.docx": docx_bytes([*LAW, "з Word"]),
    "закон.odt": odt_bytes([*LAW, "з OpenDocument"]),
    "закон.rtf": rtf_bytes([*LAW, "з RTF"]),
    "закон.pdf": pdf_bytes([printed([*LAW, "3. Додаток до друкованого тексту закону."])]),
    "закон.html": "".join(f"<p>{line}</p>" for line in (*LAW, "з вебсторінки")).encode(),
    "скан.pdf": pdf_bytes([[], []]),
}
TABLES = {
    "акти.xlsx": xlsx_bytes([["Назва", "Текст"], ["Про таблиці", "Текст із таблиці"]]),
    "акти.csv": "Рік;Норма\n2020;Орган надає відповідь протягом п’яти днів.\n".encode("cp1251"),
    "акти.jsonl": '{"назва": "Про рядки", "текст": "Текст із рядків"}\n'.encode(),
}


@pytest.fixture
def server(data_dir: Path) -> Iterator[Server]:
    """The page with a real worker and the Rada's open data on loopback."""
    migrate.upgrade()
    script = data_dir / "app.py"
    script.write_bytes(APP.read_bytes())
    (data_dir / "static").symlink_to(ROOT / "static")
    with rada_service.serve() as rada, serve(data_dir, script, {"RADA_BASE_URL": rada.url}) as running:
        worker = subprocess.Popen(
            [sys.executable, "-m", "services.worker"], cwd=ROOT, env={**os.environ, "RADA_BASE_URL": rada.url}
        )
        yield running
        worker.kill()
        worker.wait(10)
    engine.dispose()


def test_each_format_an_archive_a_table_numbers_and_pasted_text(
    server: Server, chromium_page: Page, tmp_path: Path
) -> None:
    page = chromium_page
    page.goto(server.url)
    settle(page)
    _upload(page, tmp_path, FILES)
    for name in FILES:
        outcome = "Цей PDF – скан" if name == "скан.pdf" else "імпортовано"
        expect(page.get_by_text(f"{name}: {outcome}")).to_be_visible(timeout=20_000)
    _upload(page, tmp_path, {"акти.zip": zip_bytes({"а.txt": "Наказ про строки".encode(), "б.txt": b""})})
    expect(page.get_by_text("акти.zip/а.txt: імпортовано")).to_be_visible(timeout=40_000)
    expect(page.get_by_text("акти.zip/б.txt: Файл порожній")).to_be_visible()
    _told_encoding(page, tmp_path)
    _numbers_table_and_text(page, tmp_path)
    assert service.counts().total == 13


def _told_encoding(page: Page, tmp_path: Path) -> None:
    """A short text in an encoding nobody guesses is read as the reader says it is written."""
    page.get_by_role("combobox", name="Кодування текстових файлів").click()
    page.get_by_role("option", name="koi8-u").click()
    _upload(page, tmp_path, {"старий.txt": "Право на працю".encode("koi8-u")})
    expect(page.get_by_text("старий.txt: імпортовано")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("старий · звичайний текст, koi8-u")).to_be_visible()
    assert service.text(service.search().rows[0].id) == "Право на працю\n"


def _numbers_table_and_text(page: Page, tmp_path: Path) -> None:
    page.get_by_text("З сайту Ради").click()
    page.get_by_role("textbox", name="Номери або посилання").fill("№ 1103-V")
    page.get_by_role("button", name="Імпортувати акти").click()
    expect(page.get_by_text("№ 1103-V: імпортовано")).to_be_visible(timeout=40_000)
    page.get_by_text("Таблиця", exact=True).click()
    for name, data in TABLES.items():
        _upload(page, tmp_path, {name: data})
        if name == "акти.csv":  # nothing in its names says which column holds the texts
            page.get_by_role("combobox", name="Стовпець із текстами").click()
            page.get_by_role("option", name="Норма").click()
        page.get_by_role("button", name="Імпортувати акти", exact=True).click()
        expect(page.get_by_text(f"{name}: 1: імпортовано")).to_be_visible(timeout=40_000)
    page.get_by_text("Вставлений текст").click()
    page.get_by_role("textbox", name="Текст акта").fill("Сторони зобов’язуються виконати договір.")
    page.get_by_role("button", name="Імпортувати акт", exact=True).click()
    imported = page.get_by_role("row").filter(has_text="виконати договір.: імпортовано")
    expect(imported).to_be_visible(timeout=20_000)
    imported.click()
    expect(page).to_have_url(re.compile(r"\?act=\d+$"))


def _upload(page: Page, folder: Path, files: dict[str, bytes]) -> None:
    paths = []
    for name, data in files.items():
        path = folder / name
        path.write_bytes(data)
        paths.append(path)
    settle(page)  # after an import the field is a new one
    page.locator("input[type=file]").set_input_files(paths)
    expect(page.get_by_text(paths[-1].name).first).to_be_visible(timeout=20_000)
