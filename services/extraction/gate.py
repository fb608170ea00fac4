"""How many calls may be in flight: starts at what was asked for, halves when the provider says stop."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_GROW_AFTER = 20
_SLOWEST = 60.0


class Gate:
    """A limit on calls in flight that adapts to 429 answers; waiting callers wake as places free up."""

    def __init__(self, limit: int) -> None:
        self._most = self._limit = limit
        self._inside = self._good = 0
        self._closed_until = 0.0
        self._changed = threading.Condition()

    @property
    def limit(self) -> int:
        """The present limit."""
        return self._limit

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold one place; waits while the gate is full or closed."""
        with self._changed:
            while (pause := self._closed_until - time.monotonic()) > 0 or self._inside >= self._limit:
                self._changed.wait(max(0.01, pause) if pause > 0 else None)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify()

    def slow_down(self, retry_after: float | None) -> None:
        """The provider asked for less: close for what it named (or a jittered second) and halve the limit."""
        pause = min(_SLOWEST, retry_after if retry_after is not None else random.uniform(0.5, 1.5))  # noqa: S311
        with self._changed:
            fresh = self._closed_until <= time.monotonic()
            self._closed_until = max(self._closed_until, time.monotonic() + pause)
            if fresh:
                self._limit = max(1, self._limit // 2)
            self._good = 0
            self._changed.notify_all()

    def went_well(self) -> None:
        """A call succeeded; after a row of them the limit grows back by one."""
        with self._changed:
            self._good += 1
            if self._good >= _GROW_AFTER and self._limit < self._most:
                self._limit, self._good = self._limit + 1, 0
                self._changed.notify()
