"""Errors of comparisons."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "empty_text": (
        N_("No text"),
        N_("Both models need a text to work on."),
        N_("Paste a text or choose a passage of an act."),
    ),
    "text_too_long": (
        N_("The text is too long"),
        N_("It has {length} characters; the limit for a comparison is {most}."),
        N_("Shorten it, or choose one article."),
    ),
    "same_model": (
        N_("The same model is chosen on both sides"),
        N_("There would be nothing to compare."),
        N_("Choose a different model on one side."),
    ),
}
