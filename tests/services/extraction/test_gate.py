"""How many calls may be in flight, and at what pace."""

import threading

import pytest

from services.config import EMBEDDED_MODEL
from services.extraction.gate import Gate, jittered
from services.llm import limits
from services.llm.provider import ProviderInfo

OPENAI = ProviderInfo("openai", "https://api.openai.com/v1", "api.openai.com", "m")


def headers(of_what: str, limit: float, remaining: float, reset: str) -> dict[str, str]:
    return {
        f"x-ratelimit-limit-{of_what}": str(limit),
        f"x-ratelimit-remaining-{of_what}": str(remaining),
        f"x-ratelimit-reset-{of_what}": reset,
    }


def test_a_refusal_halves_the_limit_and_success_brings_it_back() -> None:
    gate = Gate(8)
    gate.slow_down(0.0)
    assert gate.limit == 4
    for _ in range(40):
        gate.went_well()
    assert gate.limit == 6


def test_a_burst_of_refusals_counts_once() -> None:
    gate = Gate(16)
    for _ in range(16):
        gate.slow_down(5.0)
    assert gate.limit == 8


def test_a_closed_gate_lets_nobody_in_but_hears_that_it_is_over() -> None:
    gate, looks = Gate(2), []
    gate.slow_down(60.0)

    def check() -> None:
        looks.append(1)
        if len(looks) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError), gate.place(check):
        pass
    assert len(looks) == 2


def test_a_full_gate_wakes_the_next_when_one_leaves() -> None:
    gate, inside = Gate(1), threading.Event()

    def second() -> None:
        with gate.place():
            inside.set()

    with gate.place():
        thread = threading.Thread(target=second)
        thread.start()
        assert not inside.wait(0.05)
    assert inside.wait(5)
    thread.join()


def test_pauses_have_full_jitter_and_an_upper_bound() -> None:
    pauses = [jittered(tries, most=8.0) for tries in range(30) for _ in range(20)]
    assert all(0.0 <= pause <= 8.0 for pause in pauses)
    assert min(pauses) < 0.5 < 4.0 < max(pauses)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1s", 1.0),
        ("6m0s", 360.0),
        ("17ms", 0.017),
        ("1h2m3.5s", 3723.5),
        ("2.5", 2.5),
        ("скоро", None),
        ("", None),
    ],
)
def test_durations_as_headers_give_them(text: str, expected: float | None) -> None:
    assert limits.seconds(text) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("said", "interval"),
    [
        (headers("requests", 500, 400, "12s"), 0.0),
        (headers("requests", 500, 5, "59.4s"), 0.12),
        (headers("requests", 60, 0, "60s"), 1.0),
        (headers("tokens", 100_000, 1_000, "60s"), 60 * 2000 / 99_000),
        (headers("tokens", 100_000, 90_000, "6s"), 0.0),
        (headers("requests", 500, 1, "0s"), 0.0),
        (headers("requests", 3, 0, "8m0s"), 60.0),
        ({"x-ratelimit-remaining-requests": "жодного"}, 0.0),
        ({}, 0.0),
    ],
)
def test_calls_are_spaced_before_the_allowance_runs_out(said: dict[str, str], interval: float) -> None:
    pace = limits.Pace()
    pace.note(said, 2000)
    assert pace.pause() == 0.0
    assert pace.pause() == pytest.approx(interval, rel=0.05, abs=0.01)


def test_a_new_answer_with_enough_left_ends_the_spacing() -> None:
    pace = limits.Pace()
    pace.note(headers("requests", 60, 0, "60s"), 10)
    pace.pause()
    pace.note(headers("requests", 60, 50, "10s"), 10)
    assert pace.pause() == 0.0


def test_every_provider_has_its_own_cap(database: str) -> None:
    embedded = limits.of(ProviderInfo("embedded", "embedded", "127.0.0.1", EMBEDDED_MODEL))
    assert 1 <= embedded.at_once < limits.of(OPENAI).at_once
    assert limits.of(OPENAI).batch_requests == 50_000


def test_patience_follows_what_a_model_usually_takes() -> None:
    pace = limits.Pace()
    for _ in range(9):
        pace.heard(2.0)
    assert pace.patience(120) == 120  # too few to know
    pace.heard(2.0)
    assert pace.patience(120) == 30
    pace.heard(6.0)
    assert pace.patience(120) == 48
    assert pace.patience(20) == 20
    pace.heard(60.0)
    assert pace.patience(120) == 120


def test_after_a_silence_the_next_answer_is_given_more_time() -> None:
    pace = limits.Pace()
    for _ in range(10):
        pace.heard(1.0)
    waited = [pace.patience(300)]
    for _ in range(4):
        pace.silent(waited[-1])
        waited.append(pace.patience(300))
    assert waited == [30, 60, 120, 240, 300]


def test_silence_alone_tells_nothing_of_what_is_usual() -> None:
    pace = limits.Pace()
    for _ in range(20):
        pace.silent(120)
    assert pace.patience(120) == 120


def test_the_time_limit_is_a_setting(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits.of(OPENAI).timeout_seconds == 120
    monkeypatch.setenv("MODEL_TIMEOUT", "600")
    assert limits.of(OPENAI).timeout_seconds == 600
