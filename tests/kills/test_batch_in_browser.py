"""Extraction in batches as a reader meets it: chosen at half the price, killed, and told when it is over.

Part of `make soak`; batches without a browser are tested in `tests/services/extraction/test_batches.py`.
"""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from services.acts import importer
from services.db import engine
from services.setup import service as setup
from tests.browser import Server, browser, chromium_page, serve, settle
from tests.kills.test_kills import until
from tests.standins import batch_service
from tests.standins.batch_service import BatchService

__all__ = ["browser", "chromium_page"]

pytestmark = [pytest.mark.soak, pytest.mark.xdist_group("kills"), pytest.mark.timeout(300)]
LAW = "ЗАКОН УКРАЇНИ\nПро перевірку об’єктів\n\n" + "\n".join(
    f"Стаття {n}. Права виконавця\n1. Виконавець має право оскаржити рішення № {n} протягом п’яти днів.\n"
    + "2. Замовник зобов’язаний прийняти роботу протягом п’яти робочих днів. " * 24
    + "\n"
    for n in range(1, 5)
)


@pytest.fixture
def act(database: str) -> int:
    """An act of several passages, and a model that costs 1000 USD a million tokens either way."""
    setup.override_price("loop-1", {"input": 1000.0, "cached": 1000.0, "output": 1000.0})
    act_id = importer.import_files([("закон.txt", LAW.encode())])[0].act_id
    assert act_id is not None
    engine.dispose()
    return act_id


@pytest.fixture
def provider() -> Iterator[BatchService]:
    with batch_service.serve() as running:
        running.never_end = True
        yield running


@contextmanager
def application(folder: Path, provider: BatchService) -> Iterator[Server]:
    keys = {"OPENAI_BASE_URL": provider.url, "OPENAI_API_KEY": "sk-loopback", "OPENAI_MODEL": "loop-1"}
    with serve(folder, env=keys) as running:
        yield running


def price(page: Page) -> float:
    """The most that the plan says the run will cost, USD."""
    label = page.locator(".st-key-start_plan button").inner_text()
    found = re.search(r"до (\d+,\d+)", label)
    assert found, label
    return float(found[1].replace(",", "."))


def start_in_batches(page: Page) -> None:
    """Choose the half price in the plan of the open act, see it halved, and start."""
    page.locator(".st-key-extract button").click()
    page.locator(".st-key-plan_batch").wait_for()
    settle(page)
    whole = price(page)
    page.locator(".st-key-plan_batch label").click()
    expect(page.get_by_text("до 24 годин")).to_be_visible()
    settle(page)
    assert price(page) == pytest.approx(whole / 2, abs=0.01)
    page.locator(".st-key-start_plan button").click()


def kill(server: Server) -> None:
    """End the application and its worker as a power cut does."""
    worker = int((server.data_dir / "run" / "worker.pid").read_text(encoding="utf-8"))
    for pid in (server.process.pid, worker):
        os.kill(pid, signal.SIGKILL)
    server.process.wait(20)


def test_a_run_in_batches_outlives_a_kill_and_repeats_only_what_failed(
    act: int, data_dir: Path, provider: BatchService, browser: Browser, chromium_page: Page
) -> None:
    with application(data_dir, provider) as server:
        page = browser.new_page(locale="uk-UA")
        page.goto(f"{server.url}/acts?act={act}")
        settle(page)
        start_in_batches(page)
        until(lambda: provider.batches and provider.batches[0].looks > 1, 60)
        kill(server)
        page.close()
    (sent,) = provider.batches
    assert len(sent.lines) > 1
    provider.replies, provider.never_end = {2: '{"elements": ['}, False

    with application(data_dir, provider) as server:
        page = chromium_page
        page.goto(f"{server.url}/acts?act={act}")
        repeat = page.locator(".st-key-repeat_failed button")
        expect(repeat).to_have_text(re.compile("Повторити лише невдалі · 1"), timeout=60_000)
        assert len(provider.batches) == 1, "the batch that was under way is not sent again"
        expect(page.get_by_text("1 уривок: відповідь обірвано")).to_be_visible()
        expect(page.get_by_text("рішення № 1 протягом").first).to_be_visible()
        repeat.click()
        until(lambda: len(provider.batches) == 2, 60)
        assert provider.batches[1].lines[0]["body"] == sent.lines[1]["body"]
        assert len(provider.batches[1].lines) == 1
        expect(repeat).to_have_count(0, timeout=60_000)
        expect(page.get_by_text("відповідь обірвано")).to_have_count(0)
        page.goto("about:blank")  # a page whose server has gone would log that
