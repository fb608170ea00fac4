"""What may go wrong with datasets."""

from services.errors import AppError


class NoGoldError(AppError):
    """Nothing is confirmed yet, so there is nothing to build a dataset of."""

    code = "no_gold"


class BadRatiosError(AppError):
    """Shares of the splits that cannot be used: negative, or none for training (`ratios`)."""

    code = "bad_ratios"


class FileRowsError(AppError):
    """A training file that cannot be used: `rows` lists the first faults as (row, reason)."""

    code = "file_rows_invalid"
