"""Errors of evaluations."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "nothing_to_test": (
        N_("Nothing to test on"),
        N_("There are no passages left that the models have not learned from."),
        N_("Confirm elements in more acts and freeze a new dataset."),
    ),
    "no_models": (
        N_("No model is selected"),
        N_("An evaluation needs at least one model."),
        N_("Choose the models to compare."),
    ),
}
