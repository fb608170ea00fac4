"""Errors of model providers."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "provider_failed": (
        N_("The provider failed"),
        N_("An error happened on its side."),
        N_("Try again in a few minutes; what was done is kept."),
    ),
    "provider_down": (
        N_("The provider does not answer"),
        N_("Nobody answers at {host}."),
        N_(
            "Check the network and the address in Setup. Work already started goes on when "
            "the connection returns."
        ),
    ),
    "provider_address": (
        N_("Another kind of server answers here"),
        N_("{host} answers, but not in OpenAI’s protocol."),
        N_("Check the address; most providers want /v1 at its end."),
    ),
    "provider_timeout": (
        N_("The provider is too slow"),
        N_("{host} gave no answer in time."),
        N_("Try again; what was done is kept."),
    ),
    "key_rejected": (
        N_("The key was rejected"),
        N_("The provider did not accept the key."),
        N_("Open Setup and enter a valid key."),
    ),
    "permission_denied": (
        N_("The key may not do this"),
        N_("The provider accepts the key but forbids this action."),
        N_("Ask the owner of the account for the right, or choose another model."),
    ),
    "model_not_found": (
        N_("The model was not found"),
        N_("The provider does not know the model {model}."),
        N_("Open Setup and choose a model from the list."),
    ),
    "rate_limited": (
        N_("Too many requests"),
        N_("The provider asks to wait."),
        N_("The work goes on by itself after a pause."),
    ),
    "quota_exhausted": (
        N_("The account is used up"),
        N_("The provider reports that the money or the quota of the account is spent."),
        N_("Top up the account at the provider, then go on."),
    ),
    "bad_request": (
        N_("The provider refused the request"),
        N_("It did not accept a part of the request: {param}."),
        N_("Check the model in Setup; the model may not support such requests."),
    ),
    "reply_unusable": (
        N_("The answer could not be used"),
        N_("The model’s answer was not a list of elements."),
        N_("Try again, or choose another model."),
    ),
    "batches_not_available": (
        N_("The provider takes no batches"),
        N_("{host} has no batch service."),
        N_("Start the extraction without batches."),
    ),
    "batch_refused": (
        N_("The provider refused the batches"),
        N_("{host} accepted none of them: {provider_code}."),
        N_("Start the extraction without batches, or with fewer acts."),
    ),
    "batch_failed": (
        N_("The provider refused the batch"),
        N_("None of its passages was answered."),
        N_("Repeat only what failed."),
    ),
    "batch_expired": (
        N_("The batch was not finished within a day"),
        N_("What was answered by then is kept."),
        N_("Repeat only what failed."),
    ),
    "batch_cancelled": (
        N_("The batch was stopped before its turn came"),
        N_("What was answered by then is kept."),
        N_("Repeat only what failed."),
    ),
    "provider_down.embedded": (
        N_("The embedded engine is not ready"),
        N_("It is starting or was just restarted."),
        N_("Wait a few seconds and try again; no network is needed."),
    ),
}
