"""Errors of datasets."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "no_gold": (
        N_("Nothing is confirmed yet"),
        N_("A dataset is made of confirmed elements."),
        N_("Confirm elements in Review, then come back."),
    ),
    "bad_ratios": (
        N_("These shares cannot be used"),
        N_("Shares must not be negative, and training needs some."),
        N_("Correct the shares; 80, 10 and 10 are usual."),
    ),
    "file_rows_invalid": (
        N_("The training file has faults"),
        N_("Rows with faults: {faults}. The first of them are listed below."),
        N_("Correct these rows or build the dataset anew."),
    ),
}
