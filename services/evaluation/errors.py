"""What may go wrong with evaluations."""

from services.errors import AppError


class NothingToTestError(AppError):
    """No passage is left to test on: the dataset has none (`passages` 0), or the models learned on all."""

    code = "nothing_to_test"


class NoModelsError(AppError):
    """No model was chosen."""

    code = "no_models"
