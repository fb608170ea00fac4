"""Real-browser tests: a server of our own on a free port, Chromium that can reach nothing else, no sleeps.

from tests.browser import browser, chromium_page, serve, settle

@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("data")) as running:
        yield running

def test_x(chromium_page, server):
    chromium_page.goto(server.url + "/acts")
    settle(chromium_page)
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = next(
    (path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None
)
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
# A page opened by its link first asks for these two beside itself; Streamlit answers 404 and goes on.
_DEEP_LINK = re.compile(r"/[a-z_]+/_stcore/(health|host-config)$")

expect.set_options(timeout=30_000)  # a busy machine draws a page slowly; what is right shows at once anywhere


@dataclass
class Server:
    """A running app: where it answers, its process, and where it keeps its data."""

    url: str
    process: subprocess.Popen[bytes]
    data_dir: Path


@dataclass
class Seen:
    """What a page did that nobody asked for: requests to other hosts, script errors, console errors."""

    external: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def check(self) -> None:
        """Fail when there was anything."""
        assert self.external == [], self.external
        assert self.errors == [], self.errors


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(
    data_dir: Path, script: str | Path = "app.py", env: dict[str, str] | None = None, port: int | None = None
) -> Iterator[Server]:
    """The app as a user starts it, with its own DATA_DIR, until the block ends."""
    port = port or free_port()
    environment = {
        **os.environ,
        "DATA_DIR": str(data_dir),
        "NORMA_ENV_FILE": str(data_dir / ".env"),
        "PYTHONPATH": str(ROOT),
        **(env or {}),
    }
    log = (data_dir / "streamlit.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    server = Server(f"http://127.0.0.1:{port}", process, data_dir)
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
        log.close()


def _wait(server: Server, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert server.process.poll() is None, (server.data_dir / "streamlit.log").read_text(errors="replace")
        try:
            with urlopen(server.url + "/_stcore/health", timeout=2) as answer:  # noqa: S310 - our own loopback
                if answer.read() == b"ok":
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the server did not become ready")


@dataclass
class _Chromium:
    """One browser for the whole run, though every module that imports the fixture has one of its own."""

    users: int = 0
    playwright: Playwright | None = None
    browser: Browser | None = None


_chromium = _Chromium()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    if _chromium.browser is None:
        _chromium.playwright = sync_playwright().start()
        _chromium.browser = _chromium.playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
    _chromium.users += 1
    yield _chromium.browser
    _chromium.users -= 1
    if _chromium.users == 0 and _chromium.playwright is not None:
        _chromium.browser.close()
        _chromium.playwright.stop()
        _chromium.browser = _chromium.playwright = None


@pytest.fixture
def chromium_page(browser: Browser) -> Iterator[Page]:
    """A fresh Ukrainian visitor; the test fails when the page spoke to another host or logged an error."""
    context = browser.new_context(locale="uk-UA", viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    seen = watch(page)
    yield page
    context.close()
    seen.check()


def watch(page: Page) -> Seen:
    """Record what a page does from now on."""
    seen = Seen()

    def request(asked: Request) -> None:
        if asked.url.startswith(("http", "ws")) and "//127.0.0.1" not in asked.url:
            seen.external.append(asked.url)

    def console(message: ConsoleMessage) -> None:
        known = message.text.startswith("Failed to load resource") and _DEEP_LINK.search(
            message.location["url"]
        )
        if message.type == "error" and not known:
            seen.errors.append(f"{message.text} @ {message.location['url']}")

    page.on("request", request)
    page.on("console", console)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    return seen


def settle(page: Page, seconds: float = 30) -> None:
    """Wait until the script has run and the page stands still."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=seconds * 1000)


# The box of words on their first line, once two frames have passed; nothing while the text is drawn anew.
_BOX = """async (element, words) => {
  const node = element.firstChild
  const start = node ? node.data.indexOf(words) : -1
  if (start < 0) return null
  node.parentElement.scrollIntoView({ block: 'nearest' })
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
  if (!node.isConnected) return null
  const range = document.createRange()
  range.setStart(node, start)
  range.setEnd(node, start + words.length)
  const box = range.getClientRects()[0]
  return box && [box.left, box.top, box.right, box.bottom]
}"""


def place_of(page: Page, words: str, looks: int = 100) -> tuple[float, float, float, float]:
    """Where words of the act's text stand on the page (left, top, right, bottom), once they stand still."""
    text = page.locator("[data-part=text]")
    expect(text).to_contain_text(words)
    settle(page)
    before = None
    for _ in range(looks):
        box = text.evaluate(_BOX, words)
        if box and box == before:
            return box[0], box[1], box[2], box[3]
        before = box
    raise AssertionError(f"{words} never stood still")
