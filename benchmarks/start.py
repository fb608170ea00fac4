"""From `make run`'s command to the first page ready in a browser, on an installation started before."""

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from benchmarks import report
from tests.browser import ARGS, CHROMIUM, serve, settle

ROUNDS = 5


def main() -> None:
    """Start the application several times on one folder; the first start, which makes it, is told apart."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        times = [_start(Path(folder), chromium) for _ in range(ROUNDS + 1)]
        chromium.close()
    later = sorted(times[1:])
    rows = [
        ["first start", f"{times[0]:.2f} s"],
        ["later starts, median", f"{statistics.median(later):.2f} s"],
        ["later starts, slowest", f"{later[-1]:.2f} s"],
    ]
    report.write("start", "From the command to the first page", report.table(["what", "time"], rows))


def _start(folder: Path, chromium: object) -> float:
    began = time.perf_counter()
    with serve(folder) as server:
        page = chromium.new_page()  # type: ignore[attr-defined]
        page.goto(server.url)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        settle(page)
        took = time.perf_counter() - began
        page.close()
    return took


if __name__ == "__main__":
    main()
