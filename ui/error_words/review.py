"""Errors of decisions and exports."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "element_not_found": (
        N_("This element is no longer available"),
        N_("It was deleted, or elements were extracted from the text again."),
        N_("Choose another element."),
    ),
    "empty_selection": (
        N_("Nothing is selected"),
        N_("The selection contains no words of the act."),
        N_("Select words in the text and try again."),
    ),
    "element_not_located": (
        N_("The place is not known"),
        N_(
            "The model’s quote does not match the text word for word, so the element cannot "
            "be confirmed as it is."
        ),
        N_("Select the right words in the text, or reject the element."),
    ),
    "element_already_confirmed": (
        N_("Already confirmed"),
        N_("An element of this type is already confirmed at exactly this place."),
        N_("Reject this one, or change its type or place."),
    ),
    "element_type_unknown": (
        N_("Unknown element type"),
        N_("There are eleven element types."),
        N_("Choose a type from the list."),
    ),
    "passage_unfinished": (
        N_("The passage is not fully reviewed"),
        N_("Elements still waiting for a decision: {count}."),
        N_("Confirm or reject them first."),
    ),
    "too_many_rows": (
        N_("Too many rows for this format"),
        N_("The limit for this format is {limit} rows."),
        N_("Narrow the list, or choose XLSX or CSV."),
    ),
}
