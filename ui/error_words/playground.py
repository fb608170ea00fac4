"""Errors of comparisons."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "empty_text": (
        N_("There is no text"),
        N_("Both models need the same text to work on."),
        N_("Paste a text or choose a passage of an act."),
    ),
    "text_too_long": (
        N_("The text is too long"),
        N_("It has {length} characters; one comparison takes up to {most}."),
        N_("Shorten it, or choose one article."),
    ),
    "same_model": (
        N_("Both sides name the same model"),
        N_("There would be nothing to compare."),
        N_("Choose another model on one side."),
    ),
}
