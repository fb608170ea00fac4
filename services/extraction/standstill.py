"""A job that gets no answers says why, instead of standing still without a word."""

import threading
import time

from services.jobs.running import RunningJob
from services.llm.errors import LlmError

WAITING = "waiting"
"""Under this name a running job's `result` holds the code and the data of what it waits for."""

_NOTICED = 5.0


class Standstill:
    """What keeps a job from going on, told once no call has succeeded for five seconds.

    `heard`: has a call of this attempt succeeded?
    """

    def __init__(self, job: RunningJob) -> None:
        self._job = job
        self._lock = threading.Lock()
        self._since = time.monotonic()
        self._told = ""
        self.heard = False
        if job.attempt > 1:
            job.keep({})  # what an attempt waited for that was killed

    def met(self, problem: LlmError, pause: float = 0.0) -> None:
        """A call failed and is repeated, in `pause` seconds at the earliest."""
        with self._lock:
            if problem.code == self._told or time.monotonic() + pause - self._since < _NOTICED:
                return
            self._told = problem.code
        self._job.keep({WAITING: {"code": problem.code, "data": problem.data}})

    def over(self) -> None:
        """A call succeeded."""
        with self._lock:
            self._since = time.monotonic()
            told, self._told, self.heard = self._told, "", True
        if told:
            self._job.keep({})
