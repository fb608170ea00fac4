"""The whole journey in a real browser, in Ukrainian, from an empty database to side by side.

No key, no account, no file of one's own, no request to another host, no console error.
"""

import re
import sqlite3
import time
from contextlib import closing
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.axe import violations
from tests.browser import Server, settle

pytestmark = [pytest.mark.xdist_group("journey"), pytest.mark.timeout(600)]
MOST_CLICKS = 15
MOST_SECONDS = 300
GROUNDS: dict[Literal["light", "dark"], str] = {"light": "rgb(255, 255, 255)", "dark": "rgb(21, 23, 27)"}
PAGES = ("", "acts", "review", "datasets", "fine_tuning", "playground", "evaluation", "monitoring", "setup")


class Visitor:
    """A new user: counts clicks, waits as a person does."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.began = page, 0, time.monotonic()

    def click(self, target: Locator, seconds: float = 30) -> None:
        expect(target.first).to_be_visible(timeout=seconds * 1000)
        settle(self.page)
        target.first.click()
        self.clicks += 1
        settle(self.page)

    def press(self, name: str, seconds: float = 30) -> None:
        self.click(self.page.get_by_role("button", name=name), seconds)

    def at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=30_000)
        settle(self.page)

    def see(self, text: str | re.Pattern[str], seconds: float = 60) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=seconds * 1000)


def test_from_nothing_to_base_and_fine_tuned_side_by_side(chromium_page: Page, app: Server) -> None:
    me = Visitor(chromium_page)
    chromium_page.goto(app.url)
    settle(chromium_page)

    me.press("Відкрити зразки")
    me.see("44 акти")
    me.press("Обрати акт")
    me.at("Акти")
    me.click(chromium_page.get_by_text("Про захист персональних даних"))
    me.at("Про захист персональних даних")
    me.press("Виділити елементи")
    me.press("Підтвердити всі", seconds=120)
    me.press("Скласти набір даних")
    me.at("Набори даних")
    me.press("Зафіксувати версію")
    me.see("Тестові акти не перетинаються з навчальними")
    me.press("Відкрити донавчання")
    me.at("Донавчання")
    me.press("Запустити донавчання")
    me.see("Norma v1", seconds=180)
    me.press("Відкрити порівняння", seconds=180)
    me.at("Порівняння моделей")
    me.press("Порівняти")
    me.see(re.compile("Знайшли обидві"), seconds=60)
    for side in ("norma-base-1, базова", "Norma v1, донавчена"):
        expect(chromium_page.get_by_role("heading", name=side)).to_be_visible(timeout=60_000)

    assert me.clicks <= MOST_CLICKS
    assert time.monotonic() - me.began < MOST_SECONDS
    check_what_it_left(app)


def check_what_it_left(app: Server) -> None:
    with closing(sqlite3.connect(app.data_dir / "norma.db")) as database:

        def one(query: str) -> int:
            return int(database.execute(query).fetchone()[0])

        assert one("SELECT count(*) FROM legal_acts") == 44
        assert one("SELECT count(*) FROM elements WHERE origin = 'sample' AND status = 'gold'") == 1387
        assert one("SELECT count(*) FROM elements WHERE origin = 'model' AND status = 'gold'") > 50
        assert one("SELECT count(*) FROM decisions") > 50
        assert one("SELECT count(*) FROM fine_tuning_jobs WHERE status = 'succeeded'") == 1
        assert one("SELECT count(*) FROM fine_tuning_events WHERE type = 'metrics'") >= 2
        assert one("SELECT count(*) FROM model_calls WHERE state = 'started'") == 0
        assert one("SELECT count(*) - count(DISTINCT key) FROM model_calls WHERE state = 'done'") == 0
    runs = list(app.data_dir.rglob("offline-run-*"))
    assert runs, "the job was not written as an offline W&B run"


def test_every_page_is_accessible_in_light_and_dark_and_never_scrolls_sideways(
    chromium_page: Page, app: Server
) -> None:
    page = chromium_page
    found: dict[str, object] = {}
    for name in PAGES:
        page.set_viewport_size({"width": 1440, "height": 1000})
        page.goto(f"{app.url}/{name}")
        settle(page)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        for scheme, ground in GROUNDS.items():
            page.emulate_media(color_scheme=scheme)
            expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
            if problems := violations(page):
                found[f"{name}, {scheme}"] = problems
        page.set_viewport_size({"width": 900, "height": 900})
        over = page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")
        if over > 1:
            found[f"{name}, 900 px"] = over
    assert found == {}
