"""The desk in a real browser: what a hand does in text and table is what the database holds."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from services.acts import elements, importer
from services.acts.elements import ElementView
from services.db import SessionLocal, engine, migrate
from services.db.models import Element, LegalAct
from tests.browser import Server, browser, chromium_page, place_of, serve, settle
from tests.standins import rada_service

__all__ = ["browser", "chromium_page"]

LAW = """ЗАКОН УКРАЇНИ
Про перевірку об’єктів

Стаття 1. Права виконавця
1. Виконавець має право оскаржити рішення протягом п’яти робочих днів.

Стаття 2. Обов’язки замовника
1. Замовник зобов’язаний прийняти роботу протягом п’яти робочих днів.
"""
FOUND = (("ACTOR", "Виконавець"), ("CONDITION", "протягом п’яти робочих днів"), ("ACTOR", "Замовник"))


@pytest.fixture
def act(data_dir: Path) -> int:
    migrate.upgrade()
    act_id = importer.import_files([("закон.txt", LAW.encode())])[0].act_id
    assert act_id is not None
    with SessionLocal.begin() as session:
        for kind, quote in FOUND:
            span = {"start": LAW.index(quote), "end": LAW.index(quote) + len(quote)}
            session.add(Element(act_id=act_id, type=kind, quote=quote, **span))
    engine.dispose()
    return act_id


@pytest.fixture
def server(act: int, data_dir: Path) -> Iterator[Server]:
    with rada_service.serve() as rada, serve(data_dir, env={"RADA_BASE_URL": rada.url}) as running:
        yield running


CITING = """НАКАЗ
Про застосування закону

1. Виконавці керуються статтею 2 Закону України «Про перевірку об’єктів».
2. Виконавці керуються постановою Кабінету Міністрів України від 14 січня 2026 р. № 36.
3. Строк визначено пунктом 1 цього наказу.
"""


@pytest.fixture
def citing(act: int) -> int:
    """An act that refers to the other one by its title, to one that is not here, and to itself."""
    with SessionLocal.begin() as session:
        session.get_one(LegalAct, act).number = "1000-20"
    act_id = importer.import_files([("наказ.txt", CITING.encode())])[0].act_id
    assert act_id is not None
    engine.dispose()
    return act_id


def stored(act_id: int) -> dict[str, ElementView]:
    found = {element.quote: element for element in elements.of_act(act_id)}
    engine.dispose()
    return found


def open_act(page: Page, server: Server, act_id: int) -> None:
    page.goto(f"{server.url}/")
    settle(page)
    page.goto(f"{server.url}/acts?act={act_id}")


def test_decisions_and_selections_reach_the_database(server: Server, act: int, chromium_page: Page) -> None:
    page = chromium_page
    open_act(page, server, act)
    expect(page.get_by_role("heading", name="Про перевірку об’єктів")).to_be_visible()
    confirm_first(page, act)
    correct_the_type(page, act)
    add_from_selection(page, act)
    undo(page, act)
    place_a_quote_that_is_nowhere(page, server, act)


def confirm_first(page: Page, act: int) -> None:
    page.get_by_role("row").filter(has_text="Виконавець").first.click()
    page.get_by_role("button", name="Підтвердити", exact=True).click()
    expect(page.get_by_text("Підтверджено 1 елемент.")).to_be_visible()
    assert stored(act)["Виконавець"].status == "gold"


def correct_the_type(page: Page, act: int) -> None:
    """The next element that waits is picked already."""
    page.get_by_role("button", name="Виправити", exact=True).click()
    expect(page.get_by_role("heading", name="Виправлення елемента")).to_be_visible()
    page.get_by_role("combobox", name="Тип").click()
    page.get_by_role("option", name="Строк").click()
    page.get_by_label("Число").fill("5")
    page.get_by_role("button", name="Зберегти й підтвердити").click()
    expect(page.get_by_text("Виправлено 1 елемент.")).to_be_visible()
    corrected = stored(act)["протягом п’яти робочих днів"]
    assert (corrected.type, corrected.status, corrected.attributes["value"]) == ("DEADLINE", "gold", 5)


def drag_over(page: Page, words: str) -> None:
    """Select words of the text with the mouse, from the middle of their first letter to their end."""
    left, top, right, bottom = place_of(page, words)
    middle = (top + bottom) / 2
    page.mouse.move(left + 12, middle)
    page.mouse.down()
    page.mouse.move(right - 1, middle, steps=8)
    page.mouse.up()


def add_from_selection(page: Page, act: int) -> None:
    """A hand that misses the first letter selects the whole word; code finds the very same characters."""
    drag_over(page, "прийняти роботу")
    card = page.get_by_role("heading", name="Додати елемент із виділеного тексту")
    expect(card).to_be_visible()
    page.get_by_role("button", name="Додати", exact=True).click()
    expect(page.get_by_text("Додано 1 елемент.")).to_be_visible()
    expect(card).not_to_be_visible()
    added = stored(act)["прийняти роботу"]
    assert (added.type, added.status, added.origin) == ("OBLIGATION", "gold", "human")
    assert LAW[added.start : added.end] == "прийняти роботу"


def undo(page: Page, act: int) -> None:
    page.get_by_role("button", name="Скасувати", exact=True).click()
    expect(page.get_by_text("Скасовано 1 рішення.")).to_be_visible()
    assert stored(act)["прийняти роботу"].status == "rejected"
    assert stored(act)["Замовник"].status == "suggested"


def click_on(page: Page, words: str) -> None:
    left, top, right, bottom = place_of(page, words)
    page.mouse.click((left + right) / 2, (top + bottom) / 2)


def test_references_are_followed_and_what_is_not_here_is_added(
    citing: int, server: Server, chromium_page: Page
) -> None:
    follow_to_the_target_and_back(chromium_page, server, citing)
    add_from_its_reference(chromium_page, server, citing)


def follow_to_the_target_and_back(page: Page, server: Server, citing: int) -> None:
    open_act(page, server, citing)
    law, order = (
        page.get_by_role("heading", name=f"Про {name}", level=1) for name in ("перевірку", "застосування")
    )
    expect(order).to_be_visible()
    click_on(page, "статтею 2")
    expect(law).to_be_visible()
    expect(page).to_have_url(re.compile(rf"&at={LAW.index('Стаття 2.')}$"))
    page.get_by_role("button", name="Назад").click()
    expect(order).to_be_visible()
    settle(page)

    # The list leads there without a mouse.
    page.get_by_text("Посилання 3").click()
    row = page.get_by_role("row").filter(has_text="Про перевірку").get_by_role("button")
    row.focus()
    page.keyboard.press("Enter")
    expect(law).to_be_visible()


def add_from_its_reference(page: Page, server: Server, citing: int) -> None:
    open_act(page, server, citing)
    click_on(page, "від 14 січня")
    expect(page.get_by_text("Цього акта немає в зібранні.")).to_be_visible()
    page.get_by_role("button", name="Додати з сайту Ради").click()
    expect(page.get_by_text("36-2026-п: імпортовано")).to_be_visible(timeout=40_000)
    page.get_by_role("button", name="Відкрити в цьому місці").click()
    expect(page.get_by_role("heading", name="Про внесення змін до переліку платних послуг")).to_be_visible()


def place_a_quote_that_is_nowhere(page: Page, server: Server, act: int) -> None:
    with SessionLocal.begin() as session:
        session.add(Element(act_id=act, type="OBLIGATION", quote="здати роботу"))
    engine.dispose()
    page.goto(f"{server.url}/review")
    page.get_by_text("Не знайдено в тексті 1").click()
    page.get_by_role("row").filter(has_text="здати роботу").click()
    page.get_by_role("button", name="Знайти місце").click()
    expect(page.get_by_role("heading", name="Виправлення елемента")).to_be_visible()
    drag_over(page, "прийняти роботу")
    expect(page.get_by_text("Елемент стоятиме тут: прийняти роботу")).to_be_visible()
    page.get_by_role("button", name="Зберегти й підтвердити").click()
    expect(page.get_by_text("Виправлено 1 елемент.")).to_be_visible()
    placed = stored(act)["прийняти роботу"]
    assert (placed.status, placed.start) == ("gold", LAW.index("прийняти роботу"))
