"""A loopback W&B and Weave, a database, and ways to connect the settings with them."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from services.llm.ledger import ledger
from services.tracking import outbox
from tests.standins.tracking_server import TrackingServer

KEY = "0123456789abcdef" * 3


@pytest.fixture
def server() -> Iterator[TrackingServer]:
    """A running server that lets in `KEY` only."""
    with TrackingServer() as running:
        running.wandb.keys = {KEY}
        yield running


@pytest.fixture
def connect(
    server: TrackingServer, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], None]:
    """`connect(key)` points the settings at the server with that key; "" takes the key away."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("WANDB_BASE_URL", server.url)
    monkeypatch.setattr(outbox, "_rest_until", 0.0)

    def set_key(key: str) -> None:
        if key:
            monkeypatch.setenv("WANDB_API_KEY", key)
        else:
            monkeypatch.delenv("WANDB_API_KEY", raising=False)

    set_key("")
    return set_key


@pytest.fixture
def written() -> Callable[[], None]:
    """Wait until everything recorded so far is stored."""
    return lambda: ledger.write(lambda _session: None).wait()


def eventually(condition: Callable[[], Any], seconds: float = 60.0) -> Any:
    """The first true value of `condition`, or its last one when the time is over."""
    deadline = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return value


def files_with(folder: Path, text: str) -> list[Path]:
    """Files under `folder` whose bytes contain `text`."""
    needle = text.encode()
    return [path for path in folder.rglob("*") if path.is_file() and needle in path.read_bytes()]
