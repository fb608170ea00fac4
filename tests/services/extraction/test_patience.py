"""What is tried again, how often, and when it is enough."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx2
import openai
import pytest

from services.extraction import patience
from services.extraction.gate import Gate
from services.extraction.standstill import Standstill
from services.jobs.running import RunningJob
from services.llm import errors


class Job(RunningJob):
    """A job that nobody cancels and that waits for nothing; it remembers how long it would have."""

    def __init__(self) -> None:
        super().__init__("j", "extraction", {}, 1)
        self.waited: list[float] = []
        self.kept: list[dict[str, object]] = []

    def keep(self, result: dict[str, object]) -> None:
        self.kept.append(result)

    def check_cancelled(self) -> None:
        """Nobody asked to stop."""

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)


def tries(problem: errors.LlmError, *, embedded: bool = False, heard: bool = True) -> int:
    """How often a call that always fails so is made, where another one was answered before or none was."""
    made = []
    standstill = Standstill(Job())
    if heard:
        standstill.over()

    def call() -> None:
        made.append(1)
        raise problem

    with pytest.raises(type(problem)):
        patience.patiently(call, Gate(2), standstill, Job(), embedded=embedded)
    return len(made)


def test_what_cannot_succeed_is_tried_once() -> None:
    for problem in (errors.KeyRejectedError(), errors.BadRequestError(), errors.QuotaExhaustedError()):
        assert tries(problem) == 1


def test_failures_are_tried_six_times_and_silence_twice() -> None:
    assert tries(errors.ProviderFailedError(status=500)) == 6
    assert tries(errors.UnusableReplyError()) == 6
    assert tries(errors.ProviderTimeoutError()) == 2
    assert tries(errors.ProviderTimeoutError(), heard=False) == 1
    assert tries(errors.ProviderFailedError(status=500), heard=False) == 6


def test_limits_are_waited_for_until_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_PATIENCE", 0.2)
    assert tries(errors.RateLimitedError(retry_after=0.03)) >= 3


def test_the_engine_is_waited_for_while_it_starts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_ENGINE_PATIENCE", 0.05)
    assert tries(errors.ProviderDownError(), embedded=True) > 6


def test_a_success_after_failures_is_returned() -> None:
    answers = iter([errors.ProviderDownError(), errors.RateLimitedError(retry_after=0.0), None])

    def call() -> str:
        problem = next(answers)
        if problem:
            raise problem
        return "так"

    job = Job()
    assert patience.patiently(call, Gate(2), Standstill(job), job, embedded=False) == "так"
    assert len(job.waited) == 1


def refused(headers: dict[str, str]) -> float | None:
    request = httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions")
    response = httpx2.Response(429, headers=headers, request=request)
    problem = errors.translate(openai.RateLimitError("слова", response=response, body=None))
    assert isinstance(problem, errors.RateLimitedError)
    return problem.data["retry_after"]  # type: ignore[return-value]


def test_retry_after_is_seconds_milliseconds_or_a_date() -> None:
    assert refused({"Retry-After": "2"}) == 2.0
    assert refused({"Retry-After-Ms": "250"}) == 0.25
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert refused({"Retry-After": date}) == pytest.approx(30, abs=2)
    past = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)
    assert refused({"Retry-After": past}) == 0.0
    assert refused({"Retry-After": "soon"}) is None
    assert refused({}) is None


def test_a_job_that_stands_still_says_what_it_waits_for_until_it_goes_on() -> None:
    job = Job()
    standstill = Standstill(job)
    standstill.met(errors.ProviderFailedError(status=500))
    standstill.over()
    assert job.kept == []
    for _ in range(3):
        standstill.met(errors.RateLimitedError(host="api.example"), pause=20.0)
    waiting = {"code": "rate_limited", "data": {"host": "api.example"}}
    assert job.kept == [{"waiting": waiting}]
    standstill.over()
    standstill.over()
    assert job.kept == [{"waiting": waiting}, {}]
