"""Errors of an extraction as a whole."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "nothing_to_extract": (
        N_("There is nothing to extract from"),
        N_("No act is chosen, or the chosen ones were deleted."),
        N_("Choose at least one act."),
    ),
    "no_model": (
        N_("No model is chosen"),
        N_("The provider in Setup has no model to extract with."),
        N_("Open Setup and choose a model."),
    ),
}
