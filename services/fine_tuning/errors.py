"""What may go wrong with fine-tuning, and what a provider's own codes mean."""

from typing import Any

from services.errors import AppError


class NotReadyError(AppError):
    """A launch was asked for although a check forbids it; `items` names the checks (code, data)."""

    code = "not_ready"


class ProviderChangedError(AppError):
    """The settings name another provider than the one the job was launched at (`host`)."""

    code = "provider_changed"


class TrainingFailedError(AppError):
    """The provider ended the job with an error of its own (`provider_code`, `param`)."""

    code = "training_failed"


class TooFewExamplesError(TrainingFailedError):
    """The provider found fewer examples than it takes."""

    code = "too_few_examples"


class TrainingFileRefusedError(TrainingFailedError):
    """The provider could not use a training or validation file (`param` says which)."""

    code = "training_file_refused"


class ModerationBlockedError(TrainingFailedError):
    """The provider's safety checks stopped the job or its model."""

    code = "moderation_blocked"


class TrainingUnavailableError(TrainingFailedError):
    """The provider does not fine-tune this model, or no longer for this organisation."""

    code = "training_not_available"


class OverBudgetError(AppError):
    """The provider would charge more than was agreed (`projected_micro`, `ceiling_micro`)."""

    code = "over_budget"


class JobGoneError(AppError):
    """The provider does not know the job any more (`provider_job_id`)."""

    code = "provider_job_gone"


class ModelMissingError(AppError):
    """The job ended well, but the provider names no model."""

    code = "model_missing"


_BY_CODE: dict[str, type[TrainingFailedError]] = {
    "invalid_n_examples": TooFewExamplesError,
    "invalid_training_file": TrainingFileRefusedError,
    "invalid_validation_file": TrainingFileRefusedError,
    "invalid_file_format": TrainingFileRefusedError,
    "training_not_available": TrainingUnavailableError,
    "model_not_available": TrainingUnavailableError,
    "model_not_found": TrainingUnavailableError,
    "unsupported_model": TrainingUnavailableError,
    "user_error_moderation": ModerationBlockedError,
    "moderation": ModerationBlockedError,
    "content_policy_violation": ModerationBlockedError,
}


def from_provider(code: str, **data: Any) -> TrainingFailedError:
    """The error for a provider's code; an unknown code is kept as data, never its message."""
    kind = _BY_CODE.get(code, TrainingFailedError)
    return kind(provider_code=code, **data)
