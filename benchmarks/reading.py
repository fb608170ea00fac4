"""The Civil Code, every passage of it extracted, as a reader meets it: opened, jumped in, scrolled."""

import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks import report

CODE, TITLE = "435-15", "Цивільний кодекс України"
ROUNDS, BUDGET = 7, 2.5
ARTICLES = (
    "Стаття 1308.",
    "Стаття 3.",
    "Стаття 600.",
    "Стаття 1000.",
    "Стаття 200.",
    "Стаття 900.",
    "Стаття 1200.",
)
# Words stand in the text view, and elements of the window are drawn.
_DRAWN = """words => [...document.querySelectorAll('*')].some(
  host => host.shadowRoot?.querySelector('[data-part=text]')?.textContent.includes(words))
  && CSS.highlights.get('nm-actor')?.size > 0"""
_TO_END = "box => { box.scrollTop = box.scrollHeight }"


def main() -> None:
    """Measure in a folder of its own and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "NORMA_ENV_FILE": f"{folder}/.env", "WANDB_ENABLED": "false"}
        with _reader(Path(folder)) as (page, url):
            act_id, elements = _extracted()
            figures = {
                "opened from the list": list(_opened(page, url)),
                "opened by its link": list(_by_link(page, f"{url}/acts?act={act_id}")),
                "a jump by the structure": list(_jumped(page)),
                "the window moved after scrolling to its end": list(_scrolled(page)),
            }
    rows = [
        [what, *(f"{seconds:.2f} s" for seconds in (statistics.median(all_), max(all_)))]
        for what, all_ in figures.items()
    ]
    about = (
        f"{CODE}: 921,373 characters, {elements:,} elements. From the click until the text stands there with "
        f"its elements drawn; {ROUNDS} times each; budget {BUDGET} s to open.\n\n"
    )
    report.write(
        "reading", "The Civil Code, highlighted", about + report.table(["what", "median", "slowest"], rows)
    )


@contextmanager
def _reader(folder: Path) -> Iterator[tuple[Page, str]]:
    """A page of the real application with its worker and engine, and the application's address."""
    from tests.browser import ARGS, CHROMIUM, serve, settle

    with serve(folder, env={"WANDB_ENABLED": "false"}) as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        page = chromium.new_page(viewport={"width": 1440, "height": 1000}, locale="uk-UA")
        page.goto(server.url)
        settle(page)
        yield page, server.url
        chromium.close()


def _extracted() -> tuple[int, int]:
    """The Code's id, and how many elements the embedded engine found in it."""
    from services.acts import elements, samples, service
    from services.extraction import service as extraction
    from services.jobs import service as jobs

    samples.load()
    act_id = service.search(CODE).rows[0].id
    job = jobs.wait(extraction.start([act_id]).job_id, 600)
    assert job.status == "succeeded", job.status
    return act_id, len(elements.of_act(act_id))


def _opened(page: Page, url: str) -> Iterator[float]:
    for _ in range(ROUNDS):
        page.goto(f"{url}/acts")
        row = page.get_by_text(TITLE, exact=True).first
        row.wait_for()
        yield _timed(page, row.click, "ЦИВІЛЬНИЙ КОДЕКС УКРАЇНИ")


def _by_link(page: Page, link: str) -> Iterator[float]:
    for _ in range(ROUNDS):
        page.goto("about:blank")
        yield _timed(page, lambda: page.goto(link, wait_until="commit"), "ЦИВІЛЬНИЙ КОДЕКС УКРАЇНИ")


def _jumped(page: Page) -> Iterator[float]:
    for article in ARTICLES:
        choice = page.get_by_role("combobox").first
        choice.click()
        choice.fill(article)
        option = page.get_by_role("option", name=article).first
        option.wait_for()
        yield _timed(page, option.click, f"\n{article}")


def _scrolled(page: Page) -> Iterator[float]:
    label = page.get_by_text(re.compile("^Частина тексту"))
    box = page.get_by_role("region", name="Текст акта")
    page.goto(page.url.split("&at=")[0])
    box.wait_for()
    for _ in range(ROUNDS):
        _settle(page)
        shown, began = label.inner_text(), time.perf_counter()
        box.evaluate(_TO_END)
        while label.inner_text() == shown:
            time.sleep(0.01)
        yield time.perf_counter() - began


def _timed(page: Page, act: Callable[[], object], words: str) -> float:
    _settle(page)
    began = time.perf_counter()
    act()
    page.wait_for_function(_DRAWN, arg=words, polling=20)
    return time.perf_counter() - began


def _settle(page: Page) -> None:
    from tests.browser import settle

    if page.url != "about:blank":
        settle(page)


if __name__ == "__main__":
    main()
