"""What the commands share: a progress line, and errors said in a sentence instead of a traceback."""

import sys
from collections.abc import Callable

from services.errors import AppError
from services.jobs.views import JobView


def run_safely(main: Callable[[], int]) -> int:
    """Run a command; an expected failure becomes one line and exit code 1."""
    try:
        return main()
    except AppError as problem:
        print(f"failed: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ninterrupted; what was stored stays", file=sys.stderr)
        return 1


def progress_line(job: JobView) -> None:
    """Show how far a job is, on one line that is written over."""
    if sys.stderr.isatty():
        print(f"\r{job.status}: {job.done} of {job.total}   ", end="", file=sys.stderr, flush=True)
