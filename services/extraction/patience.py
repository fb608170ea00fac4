"""Asking with patience: what may succeed later is tried again, for a bounded time."""

import time
from collections.abc import Callable
from typing import TypeVar

from services.extraction.gate import Gate, jittered
from services.extraction.standstill import Standstill
from services.jobs.running import RunningJob
from services.llm.errors import LlmError, ProviderDownError, ProviderTimeoutError, RateLimitedError

Answer = TypeVar("Answer")
_TRIES = 6
_TRIES_TIMED_OUT = 2
_LONGEST_PAUSE = 8.0
_ENGINE_PATIENCE = 90.0
_PATIENCE = 600.0


def patiently(
    call: Callable[[], Answer], gate: Gate, standstill: Standstill, job: RunningJob, *, embedded: bool
) -> Answer:
    """Run `call` until it succeeds or its error is final. Raises LlmError, JobCancelled.

    Six tries; where no answer came in time, which may be charged all the same, a second one, and only if
    the job has had an answer before. A provider that limits the rate is waited for as long
    as it asks, ten minutes in all; the embedded engine, which is restarted when it dies, for 90 seconds.
    """
    tries, silent, began = 0, 0, time.monotonic()
    while True:
        try:
            with gate.place(job.check_cancelled):
                answer = call()
        except RateLimitedError as problem:
            standstill.met(problem, gate.slow_down(problem.data.get("retry_after")))
            if time.monotonic() - began > _PATIENCE:
                raise
            continue
        except LlmError as problem:
            tries, silent = tries + 1, silent + isinstance(problem, ProviderTimeoutError)
            if silent >= (_TRIES_TIMED_OUT if standstill.heard else 1):
                raise
            if _final(problem, tries, time.monotonic() - began, embedded):
                raise
            standstill.met(problem)
            job.sleep(jittered(tries, gate.first_pause, _LONGEST_PAUSE))
            continue
        gate.went_well()
        standstill.over()
        return answer


def _final(problem: LlmError, tries: int, waited: float, embedded: bool) -> bool:
    if not problem.retryable or waited > _PATIENCE:
        return True
    if embedded and isinstance(problem, ProviderDownError):
        return waited > _ENGINE_PATIENCE
    return tries >= _TRIES
