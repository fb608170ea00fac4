"""A real worker process for tests, and waiting for what it does."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from services.config import ROOT


@contextmanager
def worker(before: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """A worker on the test's own data; killed at the end of the block if it is still there.

    `before` is a statement that its process runs first, as one that shortens pauses.
    """
    command = ["-m", "services.worker"]
    if before:
        command = ["-c", f"{before}; from services.jobs.worker import main; main()"]
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)


def until(true: Callable[[], object], seconds: float = 30) -> None:
    """Wait for a condition; the test fails when it does not come."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)
