"""A run in a real browser: what is found shows as it comes, a stop says what is left, the rest follows."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from services.acts import importer
from services.db import engine
from tests.browser import Server, browser, chromium_page, serve, settle
from tests.standins import model_service
from tests.standins.model_service import ModelService

__all__ = ["browser", "chromium_page"]

LAW = (
    "ЗАКОН УКРАЇНИ\nПро перевірку {n}\n\nСтаття 1. Права\n1. Виконавець має право оскаржити рішення № {n}.\n"
)
WAIT = 60_000


@pytest.fixture
def go_on() -> Iterator[threading.Event]:
    """Until it is set, the model answers one passage and keeps the second waiting."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def server(database: str, data_dir: Path, go_on: threading.Event) -> Iterator[Server]:
    importer.import_files([(f"{n}.txt", LAW.format(n=n).encode()) for n in range(1, 4)])
    engine.dispose()

    def held(number: int) -> None:
        if number == 2:
            go_on.wait(120)

    with model_service.serve(ModelService(fault=held)) as model:
        provider = {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "sk-loopback", "OPENAI_MODEL": "loop-1"}
        with serve(data_dir, env={**provider, "EXTRACTION_CONCURRENCY": "1"}) as running:
            yield running


def test_elements_show_during_the_run_and_a_stopped_run_is_gone_on_with(
    server: Server, go_on: threading.Event, chromium_page: Page
) -> None:
    page = chromium_page
    page.goto(server.url + "/acts")
    page.locator(".st-key-extract button").click(timeout=WAIT)
    page.locator(".st-key-start_plan button").click(timeout=WAIT)
    stop = page.locator("[class*=st-key-stop_] button")
    expect(stop).to_be_enabled(timeout=WAIT)
    expect(page.get_by_text("Опрацьовані 1", exact=True)).to_be_visible(timeout=WAIT)
    expect(stop).to_be_enabled()

    stop.click()
    expect(stop).to_be_disabled()
    go_on.set()
    expect(page.get_by_text("Виділення зупинено.")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text(re.compile("Опрацьовано актів: [12] з 3"))).to_be_visible()
    page.locator(".st-key-repeat_failed button").click()
    expect(page.get_by_text("Опрацьовані 3", exact=True)).to_be_visible(timeout=WAIT)
    expect(page.locator(".st-key-repeat_failed")).to_have_count(0)
    settle(page)
