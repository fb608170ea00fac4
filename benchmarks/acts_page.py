"""The Acts page with a hundred thousand acts: searching and paging, in the service and in Chromium."""

import datetime
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks import report

SMALL, LARGE, SEED = 1_000, 100_000, 7
SERVICE_ROUNDS, CLICK_ROUNDS, OPEN_ROUNDS = 5, 30, 8
CLICK_BUDGET, OPEN_BUDGET = 1.0, 1.8
KINDS = ("Закон України", "Постанова Кабінету Міністрів", "Наказ Міністерства", "Указ Президента", "Рішення")
SUBJECTS = (
    "захист персональних даних", "охорону навколишнього природного середовища", "державну службу", "освіту",
    "соціальний захист дітей", "оподаткування доходів", "ринок електричної енергії", "земельні відносини",
    "публічні закупівлі", "судоустрій і статус суддів", "місцеве самоврядування", "харчові продукти",
    "банки і банківську діяльність", "дорожній рух", "пенсійне забезпечення", "використання ядерної енергії",
)  # fmt: skip
SEARCHES = {
    "a word of many acts": "захист",
    "two words": "ринок енергії",
    "a number": "00777-20",
    "a word of no act": "телепортація",
}
_SHOWN = """words => [...document.querySelectorAll('*')].some(
  host => host.shadowRoot?.textContent.replaceAll('\\u00a0', ' ').includes(words))"""
Figures = dict[str, list[float]]


def main() -> None:
    """Measure both sizes and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        found = {size: _measured(Path(folder) / str(size), size) for size in (SMALL, LARGE)}
    rows = []
    for what in found[LARGE]:
        small, large = (p95(found[size][what]) for size in (SMALL, LARGE))
        rows.append([what, f"{small:.3f} s", f"{large:.3f} s", f"{large / small:.2f}"])
    head = ["p95", f"{SMALL:,} acts", f"{LARGE:,} acts", "ratio"]
    about = (
        f"SQLite, seeded titles; budget in the browser: {CLICK_BUDGET} s a click, {OPEN_BUDGET} s to open, "
        f"at most 1.3 times what it takes with {SMALL:,} acts.\n\n"
    )
    report.write("acts_page", "The Acts page", about + report.table(head, rows))


def p95(seconds: list[float]) -> float:
    """The 95th percentile; of few values, the one below which 95 % lie by interpolation."""
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]


def fill(count: int) -> None:
    """Write `count` seeded acts, each with a short text of its own, into the present database."""
    import sqlalchemy as sa

    from services.acts import records
    from services.db import SessionLocal
    from services.db.models import ActText, LegalAct

    chance = random.Random(SEED)
    start = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    for low in range(0, count, 5000):
        acts, texts = [], []
        for n in range(low, min(count, low + 5000)):
            kind, number = chance.choice(KINDS), f"{n:05}-20"
            title = f"Про {chance.choice(SUBJECTS)} та {chance.choice(SUBJECTS)}: зміни № {n}"
            text = f"{kind}\n{title}\nСтаття 1. Загальні положення\n1. Кожен має право на звернення № {n}.\n"
            act = {
                "id": n + 1, "title": title, "number": number, "act_type": kind, "text_hash": f"{n:064x}",
                "text_length": len(text), "search": records.search_key(number, number, title, kind),
                "is_processed": chance.random() < 0.5, "imported_at": start + datetime.timedelta(seconds=n),
            }  # fmt: skip
            acts.append(act)
            texts.append({"act_id": n + 1, "text": text})
        with SessionLocal.begin() as session:
            session.execute(sa.insert(LegalAct), acts)
            session.execute(sa.insert(ActText), texts)


def _measured(folder: Path, size: int) -> Figures:
    from services.db import engine, migrate

    folder.mkdir()
    os.environ |= {"DATA_DIR": str(folder), "NORMA_ENV_FILE": str(folder / ".env"), "WANDB_ENABLED": "false"}
    migrate.upgrade()
    fill(size)
    figures = {**_in_service(size), **_in_browser(folder, size)}
    engine.dispose()
    return figures


def _in_service(size: int) -> Figures:
    from services.acts import service

    last = size // 25
    asked: dict[str, Callable[[], object]] = {
        f"service: {what}": lambda query=query: service.search(query) for what, query in SEARCHES.items()
    }
    asked |= {
        "service: first page": service.search,
        "service: last page": lambda: service.search(page=last),
        "service: processed ones": lambda: service.search(processed=True),
        "service: a word among the unprocessed": lambda: service.search("освіту", processed=False),
        "service: counts": service.counts,
    }
    return {what: _times(ask, SERVICE_ROUNDS) for what, ask in asked.items()}


def _times(act: Callable[[], object], rounds: int) -> list[float]:
    act()
    seconds = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    return seconds


def _in_browser(folder: Path, size: int) -> Figures:
    from tests.browser import ARGS, CHROMIUM, serve, settle

    with serve(folder, env={"WANDB_ENABLED": "false"}) as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        page = chromium.new_page(viewport={"width": 1440, "height": 1000}, locale="uk-UA")

        def opened() -> None:
            page.goto(f"{server.url}/acts")
            _shown(page, f"№ {size - 1}")
            settle(page)

        opening = _times(opened, OPEN_ROUNDS)
        figures = {"browser: page opened": opening, **_clicks(page, size)}
        chromium.close()
    return figures


def _clicks(page: Page, size: int) -> Figures:
    search = page.get_by_placeholder("Назва або номер")
    numbers = iter(range(1, 10_000))

    def searched() -> None:
        wanted = size - 1 - next(numbers)
        search.fill(f"№ {wanted} зміни")
        search.press("Enter")
        _shown(page, f"зміни № {wanted}")

    def paged() -> None:
        page.get_by_role("button", name=_numbered(2)).click()
        _shown(page, f"№ {size - 21}")

    def back() -> None:
        page.get_by_role("button", name=_numbered(1)).click()
        _shown(page, f"№ {size - 1}")

    found = _clicked(page, searched)
    search.fill("")
    search.press("Enter")
    _shown(page, f"№ {size - 1}")
    turned = _clicked(page, paged, back)
    return {"browser: search drawn": found, "browser: page turned": turned}


def _shown(page: Page, words: str) -> None:
    """Wait until a table shows the words; looked for at every frame, a locator would look twice a second."""
    page.wait_for_function(_SHOWN, arg=words, polling="raf")


def _numbered(page: int) -> re.Pattern[str]:
    """The name of a page's button: Streamlit's, or what the frame makes of it a moment later."""
    return re.compile(rf"^(Page|Сторінка) {page}$")


def _clicked(page: Page, *acts: Callable[[], object]) -> list[float]:
    """Times from click to drawn, the page at rest before each; the first round is not counted."""
    from tests.browser import settle

    seconds = []
    for _ in range(CLICK_ROUNDS + 1):
        for act in acts:
            settle(page)
            began = time.perf_counter()
            act()
            seconds.append(time.perf_counter() - began)
    return seconds[len(acts) :]


if __name__ == "__main__":
    sys.exit(main())
