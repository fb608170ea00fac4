"""Errors of fine-tuning jobs."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "not_ready": (
        N_("Fine-tuning cannot start yet"),
        N_("Some checks do not pass; they are listed under Readiness."),
        N_("Fix what is listed there and try again."),
    ),
    "provider_changed": (
        N_("A different provider is now set"),
        N_("This job was started at {url}, but a different provider is now set in Setup."),
        N_("Switch back to that provider in Setup to follow the job."),
    ),
    "training_failed": (
        N_("The provider stopped the training"),
        N_("Reason given: {provider_code}."),
        N_("Check the dataset and start again."),
    ),
    "too_few_examples": (
        N_("Too few examples"),
        N_("The provider does not accept training files this small."),
        N_("Confirm more elements and freeze a larger dataset."),
    ),
    "training_file_refused": (
        N_("The provider rejected the file"),
        N_("It could not use the training or validation file."),
        N_("Build a new dataset and start again."),
    ),
    "moderation_blocked": (
        N_("Stopped by the provider’s safety checks"),
        N_("Texts about crimes sometimes trigger them."),
        N_("Leave out acts about crimes, or use the embedded engine, which has no such checks."),
    ),
    "training_not_available": (
        N_("Fine-tuning is not available for this model"),
        N_("The provider does not offer it to your account."),
        N_("Choose another model, or the embedded one: it needs no key and no network."),
    ),
    "over_budget": (
        N_("The cost exceeded the limit"),
        N_("The job was stopped so as not to exceed the agreed amount."),
        N_("Start again with a smaller dataset or a higher limit."),
    ),
    "provider_job_gone": (
        N_("The provider no longer knows the job"),
        N_("It was deleted there, or it belongs to another account."),
        N_("Start fine-tuning again if you still need the model."),
    ),
    "model_missing": (
        N_("The model’s name is missing"),
        N_("The job succeeded, but the provider did not name the model."),
        N_("Look for the model in your provider account, or start again."),
    ),
}
