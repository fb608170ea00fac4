"""Errors of an extraction as a whole."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "nothing_to_extract": (
        N_("Nothing to extract from"),
        N_("No act is selected, or the selected acts were deleted."),
        N_("Choose at least one act."),
    ),
    "no_model": (
        N_("No model is selected"),
        N_("The provider set in Setup has no model for extraction."),
        N_("Open Setup and choose a model."),
    ),
}
