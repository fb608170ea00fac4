"""What can go wrong with batches as such; single passages fail by name."""

from services.llm.errors import LlmError


class BatchesNotAvailableError(LlmError):
    """The provider has no batch service (`host`)."""

    code = "batches_not_available"


class BatchRefusedError(LlmError):
    """The provider accepted no batch of the run (`provider_code` says why, in the provider's word)."""

    code = "batch_refused"
