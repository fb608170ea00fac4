"""Setup in a real browser: what is typed reaches the file, however the field was left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from services.config import load
from tests.browser import Server, browser, chromium_page, serve, settle  # noqa: F401 - fixtures

pytestmark = pytest.mark.xdist_group("ui-browser")


@pytest.fixture
def server(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NORMA_ENV_FILE", str(data_dir / ".env"))
    with serve(data_dir) as running:
        yield running


def test_a_key_left_by_tab_is_saved(server: Server, chromium_page: Page) -> None:  # noqa: F811
    chromium_page.goto(server.url + "/setup")
    field = chromium_page.locator("input[type=password]")
    expect(field).to_have_count(1, timeout=60_000)  # of W&B: the embedded engine has no key
    field.press_sequentially("0123456789abcdef")
    field.press("Tab")
    chromium_page.get_by_role("button", name="Зберегти налаштування запису").click()
    expect(chromium_page.get_by_text("Збережено у файлі .env.")).to_be_visible(timeout=30_000)
    settle(chromium_page)
    expect(field).to_have_value("")
    assert load().WANDB_API_KEY == "0123456789abcdef"
