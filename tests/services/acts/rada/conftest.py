"""The Rada's open data on loopback, and a clock that turns waiting into counting."""

from collections.abc import Iterator

import pytest

from services.acts.rada.client import Client
from tests.standins.rada_service import RadaService, serve


class Time:
    """A clock that moves only when somebody sleeps; `slept` are the pauses."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def rada(data_dir: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[RadaService]:
    with serve() as service:
        monkeypatch.setenv("RADA_BASE_URL", service.url)
        yield service


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def client(rada: RadaService, time: Time) -> Iterator[Client]:
    with Client(sleep=time.sleep, clock=time.clock) as client:
        yield client
