"""Errors of fine-tuning jobs."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "not_ready": (
        N_("Fine-tuning cannot start yet"),
        N_("Some checks do not pass; they are listed in the readiness card."),
        N_("Do what those lines say and press again."),
    ),
    "provider_changed": (
        N_("Another provider is set now"),
        N_("This job was started at {url}; Setup names another provider."),
        N_("Set that provider again in Setup to follow the job."),
    ),
    "training_failed": (
        N_("The provider stopped the training"),
        N_("Its reason: {provider_code}."),
        N_("Check the dataset and start again."),
    ),
    "too_few_examples": (
        N_("Too few examples"),
        N_("The provider takes no training file this small."),
        N_("Confirm more elements and freeze a larger dataset."),
    ),
    "training_file_refused": (
        N_("The provider refused the file"),
        N_("It could not use the training or the validation file."),
        N_("Build the dataset anew and start again."),
    ),
    "moderation_blocked": (
        N_("Stopped by the provider’s safety checks"),
        N_("Texts on crimes sometimes trigger them."),
        N_("Leave out the acts on crimes, or use the embedded engine, which has no such checks."),
    ),
    "training_not_available": (
        N_("Fine-tuning is not available for this model"),
        N_("The provider does not offer it to you."),
        N_("Choose another model, or the embedded one: it needs no key and no network."),
    ),
    "over_budget": (
        N_("The price went above the limit"),
        N_("The job was stopped before more than the agreed sum was spent."),
        N_("Start again with a smaller dataset or a higher limit."),
    ),
    "provider_job_gone": (
        N_("The provider no longer knows the job"),
        N_("It was deleted there, or it belongs to another account."),
        N_("Start fine-tuning again if you still need the model."),
    ),
    "model_missing": (
        N_("The model was not named"),
        N_("The job ended well, but the provider named no model."),
        N_("Look for the model at the provider, or start again."),
    ),
}
