"""What can go wrong with an extraction as a whole; passages fail one by one, by name."""

from services.errors import AppError


class NothingToExtractError(AppError):
    """No act was chosen, or all chosen ones are gone."""

    code = "nothing_to_extract"


class NoModelError(AppError):
    """The provider has no model chosen: neither a setting nor an active model."""

    code = "no_model"
