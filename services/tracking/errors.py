"""What can go wrong between Norma and W&B."""

from services.errors import AppError


class TrackingError(AppError):
    """Root of the tracking errors. `host` names the server."""

    code = "tracking_failed"


class WandbKeyMissingError(TrackingError):
    """No W&B key is set."""

    code = "wandb_key_missing"


class WandbKeyRejectedError(TrackingError):
    """The server does not accept the key."""

    code = "wandb_key_rejected"


class WandbUnreachableError(TrackingError):
    """The server did not answer in time, or answered that it is out of order."""

    code = "wandb_unreachable"


class RunRecordsLostError(TrackingError):
    """The records of a finished run are no longer on this computer: nothing is left to send."""

    code = "run_records_lost"


BY_CODE: dict[str, type[TrackingError]] = {
    kind.code: kind for kind in (WandbKeyMissingError, WandbKeyRejectedError, WandbUnreachableError)
}


def code_of(problem: BaseException) -> str:
    """The code of an exception of either client; both wrap most failures in classes of their own."""
    if problem.__cause__ is not None and (cause := code_of(problem.__cause__)) != WandbUnreachableError.code:
        return cause
    status = getattr(getattr(problem, "response", None), "status_code", None)
    words = str(problem).lower()
    if status in (401, 403) or any(sign in words for sign in _REJECTED):
        return WandbKeyRejectedError.code
    if status in (400, 413, 422):
        return "tracking_refused"
    return WandbUnreachableError.code


_REJECTED = (
    "error 401", "error 403", "401 unauthorized", "403 forbidden", "not logged in", "api key must have",
    "invalid or expired api key", "permission denied", "no api key configured",
)  # fmt: skip
