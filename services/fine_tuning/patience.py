"""Waiting for a provider that is away: a job is never lost because a line was down for a while."""

from collections.abc import Callable
from typing import TypeVar

from services.fine_tuning.errors import ProviderChangedError
from services.jobs.running import RunningJob
from services.llm.errors import LlmError, RateLimitedError

Result = TypeVar("Result")
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 60.0


def until_answered(
    job: RunningJob, act: Callable[[], Result], curable: tuple[type[LlmError], ...] = ()
) -> Result:
    """The result of `act`, tried again for as long as the provider is away and the user does not cancel.

    `curable` names further errors worth waiting for: a key that Setup can correct while a paid job runs.
    Raises JobCancelled, and every LlmError that waiting does not cure.
    """
    wait, told = _FIRST_WAIT, False
    while True:
        try:
            result = act()
        except ProviderChangedError as problem:
            code, pause = problem.code, wait
        except LlmError as problem:
            if not problem.retryable and not isinstance(problem, curable):
                raise
            code, pause = problem.code, _pause(problem, wait)
        else:
            if told:
                job.event("provider_back")
            return result
        if not told and wait > _FIRST_WAIT:
            job.event("provider_away", level="warn", error=code)
            told = True
        job.sleep(pause)
        wait = min(_LONGEST_WAIT, wait * 2)


def _pause(problem: LlmError, wait: float) -> float:
    asked = problem.data.get("retry_after") if isinstance(problem, RateLimitedError) else None
    return max(wait, float(asked)) if asked else wait
