"""How many calls may be in flight: starts at what was asked for, halves when the provider says stop."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from services.llm import limits
from services.llm.provider import ProviderInfo

_GROW_AFTER = 20
_SLOWEST = 60.0
_LOOK_AGAIN = 0.5


class Gate:
    """A limit on calls in flight that adapts to 429 answers; waiting callers wake as places free up.

    `pause` says how long the next call must wait for its turn, 0 where it may go (`limits.Pace.pause`);
    `first_pause` bounds the wait, in seconds, after a first refusal that names no time.
    """

    def __init__(
        self, limit: int, pause: Callable[[], float] = lambda: 0.0, first_pause: float = 0.5
    ) -> None:
        self._most = self._limit = limit
        self._pause, self.first_pause = pause, first_pause
        self._inside = self._good = self._refused = 0
        self._closed_until = 0.0
        self._changed = threading.Condition()

    @property
    def limit(self) -> int:
        """The present limit."""
        return self._limit

    @contextmanager
    def place(self, check: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Hold one place; waits while the gate is full or closed. `check` may raise to end the wait."""
        self._enter(check)
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify()

    def _enter(self, check: Callable[[], None]) -> None:
        while True:
            check()
            with self._changed:
                wait = self._wait()
                if wait <= 0:
                    self._inside += 1
                    return
                self._changed.wait(min(wait, _LOOK_AGAIN))

    def _wait(self) -> float:
        """Seconds to wait before looking again, 0 to go in now."""
        closed = self._closed_until - time.monotonic()
        if closed > 0:
            return closed
        return _LOOK_AGAIN if self._inside >= self._limit else self._pause()

    def slow_down(self, retry_after: float | None) -> float:
        """The provider asked for less: close for what it named and halve the limit. Returns the seconds.

        Where it named nothing, the pause has full jitter and doubles with every refusal in a row.
        """
        with self._changed:
            fresh = self._closed_until <= time.monotonic()
            if fresh:
                self._refused += 1
                self._limit = max(1, self._limit // 2)
            pause = retry_after if retry_after is not None else jittered(self._refused, self.first_pause)
            pause = min(_SLOWEST, pause)
            self._closed_until = max(self._closed_until, time.monotonic() + pause)
            self._good = 0
            self._changed.notify_all()
            return pause

    def went_well(self) -> None:
        """A call succeeded; after a row of them the limit grows back by one."""
        with self._changed:
            self._good, self._refused = self._good + 1, 0
            if self._good >= _GROW_AFTER and self._limit < self._most:
                self._limit, self._good = self._limit + 1, 0
                self._changed.notify()


def of_model(at_once: int, info: ProviderInfo, model: str) -> Gate:
    """The gate for calls of one model, within what its provider can take."""
    most = limits.of(info)
    return Gate(min(at_once, most.at_once), limits.pace(info, model).pause, most.first_pause_seconds)


def jittered(tries: int, first: float = 0.5, most: float = 30.0) -> float:
    """A pause with full jitter: anything up to `first` seconds doubled with each try, `most` at most."""
    return random.uniform(0.0, min(most, first * 2.0 ** min(tries, 16)))  # noqa: S311
