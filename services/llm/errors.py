"""What can go wrong with a provider, as codes; `translate` turns the client's exceptions into them."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import ClassVar

import httpx2
import openai

from services.errors import AppError


class LlmError(AppError):
    """A failed model call. `retryable`: the same call may succeed later."""

    code = "provider_failed"
    retryable: ClassVar[bool] = False


class ProviderDownError(LlmError):
    """Nobody answers at the address (`host`); `embedded` is there where it is the engine's."""

    code = "provider_down"
    retryable = True


class ProviderTimeoutError(LlmError):
    """No answer within the time limit (`host`); the provider may have worked, and charged, all the same."""

    code = "provider_timeout"
    retryable = True


class ProviderFailedError(LlmError):
    """The provider failed inside (`status`)."""

    code = "provider_failed"
    retryable = True


class KeyRejectedError(LlmError):
    """The key is missing, wrong or revoked."""

    code = "key_rejected"


class PermissionDeniedError(LlmError):
    """The key may not do this (`provider_code`)."""

    code = "permission_denied"


class TrainingNotAvailableError(LlmError):
    """The provider no longer accepts fine-tuning jobs from this organisation."""

    code = "training_not_available"


class ModelNotFoundError(LlmError):
    """The provider does not know the model (`model`)."""

    code = "model_not_found"


class RateLimitedError(LlmError):
    """Too many requests; `retry_after` in seconds, or None."""

    code = "rate_limited"
    retryable = True


class QuotaExhaustedError(LlmError):
    """The account's money or quota is used up."""

    code = "quota_exhausted"


class BadRequestError(LlmError):
    """The provider refused the request (`provider_code`, `param`)."""

    code = "bad_request"


class UnusableReplyError(LlmError):
    """The provider's answer could not be read as an answer."""

    code = "reply_unusable"
    retryable = True


def translate(problem: Exception, *, host: str = "", model: str = "", embedded: bool = False) -> LlmError:
    """The coded error for an exception of the openai client; an LlmError passes through.

    `embedded`: it was the engine of this computer that was asked.
    """
    if isinstance(problem, LlmError):
        return problem
    if isinstance(problem, openai.APITimeoutError) and not isinstance(
        problem.__cause__, httpx2.ConnectTimeout
    ):
        return ProviderTimeoutError(host=host)
    if isinstance(problem, openai.APIConnectionError):
        return ProviderDownError(host=host, **({"embedded": True} if embedded else {}))
    if isinstance(problem, openai.APIStatusError):
        return _status(problem, host, model)
    if isinstance(problem, openai.APIError):
        return UnusableReplyError(host=host)
    if isinstance(problem, openai.OpenAIError):
        return KeyRejectedError(host=host)
    return UnusableReplyError(host=host, kind=type(problem).__name__)


def _status(problem: openai.APIStatusError, host: str, model: str) -> LlmError:
    code = str(problem.code or "")
    if code == "training_not_available":
        return TrainingNotAvailableError(host=host)
    if code in ("insufficient_quota", "billing_hard_limit_reached"):
        return QuotaExhaustedError(host=host)
    if code == "model_not_found":
        return ModelNotFoundError(host=host, model=model)
    status = problem.status_code
    if status == 429:
        return RateLimitedError(host=host, retry_after=_retry_after(problem))
    if status >= 500 or status in (408, 409):
        return ProviderFailedError(host=host, status=status)
    made = {401: KeyRejectedError, 403: PermissionDeniedError, 404: ModelNotFoundError}.get(status)
    if made is not None:
        return made(host=host, model=model, provider_code=code)
    return BadRequestError(host=host, provider_code=code, param=str(problem.param or ""), status=status)


def _retry_after(problem: openai.APIStatusError) -> float | None:
    headers = problem.response.headers
    text, scale = headers.get("retry-after-ms"), 0.001
    if text is None:
        text, scale = headers.get("retry-after"), 1.0
    if text is None:
        return None
    try:
        return max(0.0, float(text) * scale)
    except ValueError:
        return _until(text)


def _until(text: str) -> float | None:
    """Seconds until an HTTP date, None where it is none."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
