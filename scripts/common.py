"""What the commands share: a progress line, and errors said in a sentence instead of a traceback."""

import argparse
import sys
from collections.abc import Callable

from services.datasets.checks import Check, Level
from services.errors import AppError
from services.jobs.views import JobView

_LEVELS: dict[Level, str] = {"pass": "ok", "remark": "warning", "block": "error"}


def run_safely(main: Callable[[], int]) -> int:
    """Run a command; an expected failure becomes one line and exit code 1."""
    try:
        return main()
    except AppError as problem:
        print(f"failed: {in_words(problem)} [{problem}]", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"failed: {problem.strerror or problem}: {problem.filename or '-'}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ninterrupted; what was stored stays", file=sys.stderr)
        return 1


def in_words(problem: AppError) -> str:
    """The sentences the application shows for an error, in English."""
    # Only where something failed: the interface's libraries take a second to load.
    from ui.errors import explain_code
    from ui.i18n import Text

    words = explain_code(Text("en"), problem.code, problem.data)
    return " ".join(part for part in (f"{words.title}.", words.text, words.next_step) if part)


def check_line(check: Check) -> str:
    """A finding about a dataset or a launch as the application words it, in English."""
    from ui.fine_tuning.readiness import remark  # loaded late for the same reason as in `in_words`
    from ui.i18n import Text

    said = remark(Text("en"), check)
    figure = f" ({said.value})" if said.value and said.value not in said.text else ""
    return f"{_LEVELS[check.level]}: {said.text}{figure}. {said.second}".rstrip()


def positive(text: str) -> int:
    """A whole number from 1 up, for argparse."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{value} is less than 1")
    return value


def progress_line(job: JobView) -> None:
    """Show how far a job is, on one line that is written over."""
    if sys.stderr.isatty():
        met = job.result.get("waiting")
        why = f", waiting: {met['code']}" if met else ""
        line = f"{job.status}: {job.done} of {job.total}{why}"
        print(f"\r{line:<60}", end="", file=sys.stderr, flush=True)
