"""What can go wrong with a job as such, whatever it does."""

from services.errors import AppError


class JobKeepsDyingError(AppError):
    """The job broke off `attempts` times in a row without getting further; it is not started again."""

    code = "job_keeps_dying"


class JobCancelled(Exception):  # noqa: N818 (not an error: the user asked for it)
    """Raised inside a handler to end a cancelled job; what it stored so far stays."""
