"""The frame in a real browser: a fresh server reached by a link, the language kept, a restart told."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import browser, serve, settle, watch  # noqa: F401 - fixtures
from ui.i18n import Text
from ui.shell import PAGES

pytestmark = pytest.mark.xdist_group("ui-browser")
UK, EN = Text("uk"), Text("en")
RESTARTED = "Norma was restarted and this page was reloaded. Saved work is unchanged."
SLOW = 60_000  # ms: the first page of a fresh server loads every library


def menu(page: Page) -> list[str | None]:
    links = page.get_by_role("navigation").get_by_role("link")
    expect(links).to_have_count(len(PAGES))
    return [link.inner_text().split("\n")[-1] for link in links.all()]


def test_a_link_to_a_fresh_server_and_the_language(tmp_path: Path, browser: Browser) -> None:  # noqa: F811
    context = browser.new_context(locale="uk-UA")
    page = context.new_page()
    seen = watch(page)
    heading = page.get_by_role("heading", level=1)
    with serve(tmp_path) as server:
        page.goto(server.url + "/review")  # before anybody has opened the first page
        expect(heading).to_have_text(UK("Review"), timeout=SLOW)
        expect(page.get_by_test_id("stSidebar")).to_have_css("width", "228px")
        assert menu(page) == [UK(entry.title) for entry in PAGES]
        expect(page.locator("html")).to_have_attribute("lang", "uk")
        expect(page).to_have_title("Norma")
        expect(page.get_by_role("button", name=UK("Main menu"))).to_be_visible()

        page.get_by_role("button", name=UK("Choose an act")).click()  # the very first click must count
        expect(heading).to_have_text(UK("Acts"), timeout=SLOW)
        page.get_by_role("radio", name="Eng").click()
        expect(heading).to_have_text(EN("Acts"), timeout=SLOW)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.get_by_role("button", name="Main menu")).to_be_visible()
        page.reload()
        expect(heading).to_have_text(EN("Acts"), timeout=SLOW)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        page.goto(server.url + "/overview")  # the first page by its name
        expect(heading).to_have_text(EN("Overview"), timeout=SLOW)
        expect(page).to_have_url(server.url + "/")
        expect(page.get_by_role("dialog")).to_have_count(0)
        settle(page)
        seen.check()
        context.close()


def test_after_a_restart_the_page_says_that_it_was_drawn_anew(tmp_path: Path, browser: Browser) -> None:  # noqa: F811
    script = tmp_path / "app.py"
    script.write_bytes((Path(__file__).parent / "apps" / "restart_app.py").read_bytes())
    context = browser.new_context(locale="uk-UA")  # not watched: the browser reports the server's absence
    page = context.new_page()
    with serve(tmp_path, script) as server:
        page.goto(server.url)
        expect(page.locator("html")).to_have_attribute("lang", "uk", timeout=SLOW)
        expect(page.get_by_text(UK(RESTARTED))).to_have_count(0)
    with serve(tmp_path, script, port=int(server.url.rsplit(":", 1)[1])):
        expect(page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-connection-state", "CONNECTED", timeout=SLOW
        )
        page.get_by_role("button", name="again").click()
        expect(page.get_by_text(UK(RESTARTED))).to_be_visible(timeout=SLOW)
        context.close()
