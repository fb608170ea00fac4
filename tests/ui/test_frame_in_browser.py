"""The frame in a real browser: a fresh server reached by a link, the language kept, a server started anew."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser import browser, serve, settle, watch  # noqa: F401 - fixtures
from ui.i18n import Text
from ui.shell import PAGES

UK, EN = Text("uk"), Text("en")
RESTARTED = "Norma was restarted and this page was drawn anew. Saved work is unchanged."
SLOW = 60_000  # ms: the first page of a fresh server loads every library


def menu(page: Page) -> list[str | None]:
    links = page.get_by_role("navigation").get_by_role("link")
    expect(links).to_have_count(len(PAGES))
    return [link.inner_text().split("\n")[-1] for link in links.all()]


def test_link_to_a_fresh_server_language_and_restart(tmp_path: Path, browser: Browser) -> None:  # noqa: F811
    context = browser.new_context(locale="uk-UA")
    page = context.new_page()
    seen = watch(page)
    heading = page.get_by_role("heading", level=1)
    with serve(tmp_path) as server:
        page.goto(server.url + "/review")  # before anybody has opened the first page
        expect(heading).to_have_text(UK("Review"), timeout=SLOW)
        sidebar = page.get_by_test_id("stSidebar").bounding_box()
        assert sidebar is not None and sidebar["width"] == 228
        assert menu(page) == [UK(entry.title) for entry in PAGES]
        expect(page.locator("html")).to_have_attribute("lang", "uk")
        expect(page).to_have_title("Norma")

        page.get_by_role("button", name=UK("Choose an act")).click()  # the very first click must count
        expect(heading).to_have_text(UK("Acts"), timeout=SLOW)
        page.get_by_role("radio", name="Eng").click()
        expect(heading).to_have_text(EN("Acts"), timeout=SLOW)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        page.reload()
        expect(heading).to_have_text(EN("Acts"), timeout=SLOW)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        settle(page)
        seen.check()

    # From here on unwatched: the browser itself reports that the server is gone.
    with serve(tmp_path, port=int(server.url.rsplit(":", 1)[1])):
        state = ("data-test-connection-state", "CONNECTED")
        expect(page.get_by_test_id("stApp")).to_have_attribute(*state, timeout=SLOW)
        page.get_by_role("link", name=EN("Setup")).click()
        expect(page.get_by_text(EN(RESTARTED))).to_be_visible(timeout=SLOW)
        context.close()
