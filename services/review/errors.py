"""What can be wrong with a decision, as codes with data."""

from services.errors import AppError, NotFoundError


class ElementNotFoundError(NotFoundError):
    """No element has this id (`key`)."""

    code = "element_not_found"

    def __init__(self, element_id: int) -> None:
        super().__init__(what="element", key=element_id)


class SpanError(AppError):
    """A selection that holds no word of the act's text."""

    code = "empty_selection"


class NotLocatedError(AppError):
    """The quote does not stand in the text, so it cannot be confirmed before its place is shown."""

    code = "element_not_located"


class AlreadyConfirmedError(AppError):
    """The same type is confirmed in exactly this place already (`element_id`)."""

    code = "element_already_confirmed"


class UnknownTypeError(AppError):
    """No element type has this `type`."""

    code = "element_type_unknown"


class PassageUnfinishedError(AppError):
    """`count` elements of the passage still wait for a decision."""

    code = "passage_unfinished"
