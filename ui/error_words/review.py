"""Errors of decisions and exports."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "element_not_found": (
        N_("The element is no longer here"),
        N_("It was deleted, or its text was extracted anew."),
        N_("Choose another element."),
    ),
    "empty_selection": (
        N_("Nothing is selected"),
        N_("The selection holds no word of the act."),
        N_("Select words in the text and press again."),
    ),
    "element_not_located": (
        N_("The place is unknown"),
        N_(
            "The model’s quote does not stand in the text word for word, so the element "
            "cannot be confirmed as it is."
        ),
        N_("Select the right words in the text, or reject the element."),
    ),
    "element_already_confirmed": (
        N_("Already confirmed"),
        N_("An element of this type is confirmed in exactly this place."),
        N_("Reject this one, or change its type or place."),
    ),
    "element_type_unknown": (
        N_("There is no such type"),
        N_("Elements have one of eleven types."),
        N_("Choose a type from the list."),
    ),
    "passage_unfinished": (
        N_("The passage is not finished"),
        N_("Elements of it that still wait for a decision: {count}."),
        N_("Confirm or reject them first."),
    ),
    "too_many_rows": (
        N_("Too many rows for this format"),
        N_("It takes no more than {limit}."),
        N_("Narrow the list, or choose XLSX or CSV."),
    ),
}
