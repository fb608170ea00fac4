"""What can go wrong with a comparison."""

from services.errors import AppError


class EmptyTextError(AppError):
    """There is no text to compare on."""

    code = "empty_text"


class TextTooLongError(AppError):
    """The text is longer than one passage can be (`length`, `most` in characters)."""

    code = "text_too_long"


class SameModelError(AppError):
    """Both sides name the same model (`model`)."""

    code = "same_model"
