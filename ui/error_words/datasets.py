"""Errors of datasets."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "no_gold": (
        N_("Nothing is confirmed yet"),
        N_("A dataset is built from confirmed elements."),
        N_("Confirm elements in Review, then come back."),
    ),
    "bad_ratios": (
        N_("These shares are not valid"),
        N_("Shares must not be negative, and the training share must not be zero."),
        N_("Correct the shares; 80, 10 and 10 are typical."),
    ),
    "file_rows_invalid": (
        N_("The training file has errors"),
        N_("Rows with errors: {faults}. The first of them are listed below."),
        N_("Correct these rows or build a new dataset."),
    ),
}
