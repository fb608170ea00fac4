"""Errors of model providers."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "provider_failed": (
        N_("Provider error"),
        N_("An error occurred on the provider’s side."),
        N_("Try again in a few minutes; completed work is kept."),
    ),
    "provider_down": (
        N_("The provider is not responding"),
        N_("There is no response from {host}."),
        N_("Check the network and the address in Setup, then try again; completed work is kept."),
    ),
    "provider_address": (
        N_("A different kind of server responds at this address"),
        N_("{host} responds, but not with the OpenAI API."),
        N_("Check the address; for most providers it ends in /v1."),
    ),
    "provider_timeout": (
        N_("The provider took too long"),
        N_("{host} did not respond in time."),
        N_(
            "Try again; completed work is kept. If the model is slow, allow it more time: MODEL_TIMEOUT in "
            "the .env file."
        ),
    ),
    "key_rejected": (
        N_("The key was rejected"),
        N_("The provider did not accept the key."),
        N_("Open Setup and enter a valid key."),
    ),
    "permission_denied": (
        N_("The key does not allow this"),
        N_("The provider accepts the key but does not allow this action."),
        N_("Ask the account owner for access, or choose another model."),
    ),
    "model_not_found": (
        N_("The model was not found"),
        N_("The provider does not know the model {model}."),
        N_("Open Setup and choose a model from the list."),
    ),
    "rate_limited": (
        N_("Too many requests"),
        N_("The provider has asked us to wait."),
        N_("Wait a few minutes and try again; completed work is kept."),
    ),
    "quota_exhausted": (
        N_("The account is out of credit"),
        N_("The provider reports that the account’s credit or quota is used up."),
        N_("Top up your account with the provider, then continue."),
    ),
    "bad_request": (
        N_("The provider rejected the request"),
        N_("It did not accept part of the request: {param}."),
        N_("Check the model in Setup; it may not support this kind of request."),
    ),
    "reply_unusable": (
        N_("The answer could not be used"),
        N_("The model’s answer was not a list of elements."),
        N_("Try again, or choose another model."),
    ),
    "batches_not_available": (
        N_("The provider does not support batches"),
        N_("{host} does not offer batch processing."),
        N_("Start the extraction without batches."),
    ),
    "batch_refused": (
        N_("The provider rejected the batches"),
        N_("{host} accepted none of them: {provider_code}."),
        N_("Start the extraction without batches or with fewer acts."),
    ),
    "batch_failed": (
        N_("The provider rejected the batch"),
        N_("None of its passages received an answer."),
        N_("Retry the failed passages."),
    ),
    "batch_expired": (
        N_("The batch was not finished within a day"),
        N_("Answers received by then are kept."),
        N_("Retry the failed passages."),
    ),
    "batch_cancelled": (
        N_("The batch was stopped before it was processed"),
        N_("Answers received by then are kept."),
        N_("Retry the failed passages."),
    ),
    "provider_down.embedded": (
        N_("The embedded engine is not ready"),
        N_("It is starting or was just restarted."),
        N_("Wait a few seconds and try again; if that does not help, restart Norma. No network is needed."),
    ),
}
