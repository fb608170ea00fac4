"""Asking with patience: what may succeed later is tried again, what may not stops the run."""

import random
import time
from collections.abc import Callable

from services.extraction.gate import Gate
from services.extraction.store import PassageAnswer
from services.jobs.running import RunningJob
from services.llm.errors import LlmError, ProviderDownError, RateLimitedError

_TRIES = 6
_FIRST_PAUSE = 0.5
_ENGINE_PATIENCE = 90.0
_RATE_PATIENCE = 600.0


def patiently(
    call: Callable[[], PassageAnswer], gate: Gate, job: RunningJob, *, embedded: bool
) -> PassageAnswer:
    """Run `call` until it succeeds or its error is final. Raises LlmError, JobCancelled.

    The embedded engine is restarted when it dies, so it is waited for; a provider that limits the rate
    is waited for as long as it asks, for ten minutes in all.
    """
    tries, began = 0, time.monotonic()
    while True:
        job.check_cancelled()
        try:
            with gate.place():
                answer = call()
        except RateLimitedError as problem:
            gate.slow_down(problem.data.get("retry_after"))
            if time.monotonic() - began > _RATE_PATIENCE:
                raise
            continue
        except LlmError as problem:
            tries += 1
            waited = time.monotonic() - began
            coming_back = embedded and isinstance(problem, ProviderDownError) and waited < _ENGINE_PATIENCE
            if not problem.retryable or (tries >= _TRIES and not coming_back):
                raise
            job.sleep(_pause(tries))
            continue
        gate.went_well()
        return answer


def _pause(tries: int) -> float:
    pause: float = min(8.0, _FIRST_PAUSE * 2 ** (tries - 1))
    return pause * random.uniform(0.75, 1.25)  # noqa: S311
