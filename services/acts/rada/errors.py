"""What can go wrong with the Rada's open data, as codes with data."""

from services.acts.errors import FileError


class RadaError(FileError):
    """An act was not brought; nothing was stored."""

    code = "rada_failed"


class NumberUnclearError(RadaError):
    """What was typed (`number`) names no act."""

    code = "number_unclear"


class ForeignLinkError(RadaError):
    """A link that does not lead to an act on the Rada's pages (`number`)."""

    code = "link_foreign"


class OfflineError(RadaError):
    """The computer has no way to the network: the name of the service is not resolved (`host`)."""

    code = "rada_offline"


class UnreachableError(RadaError):
    """The service does not answer, however often it was asked (`host`, `attempts`)."""

    code = "rada_unreachable"


class BlockedError(RadaError):
    """The service refuses to answer this computer (`status`)."""

    code = "rada_blocked"


class MovedError(RadaError):
    """The service sent us elsewhere (`to`): it did not take us for a reader of open data, or it has moved."""

    code = "rada_moved"


class NotAtRadaError(RadaError):
    """The service knows no such act (`number`)."""

    code = "act_not_at_rada"


class EditionNotAtRadaError(NotAtRadaError):
    """The act (`number`) has no edition of this day (`edition`, ISO)."""

    code = "edition_not_at_rada"


class ServiceFailedError(RadaError):
    """The service answered with an error of its own (`status`), however often it was asked."""

    code = "rada_failed"


class UnreadableReplyError(RadaError):
    """An answer that is not what the service promises (`what`)."""

    code = "rada_reply_unreadable"


class DailyLimitError(RadaError):
    """What the service allows a day is used up (`limit_mb`)."""

    code = "rada_daily_limit"


class NotAskedError(RadaError):
    """Not asked for: the service had turned away the numbers before it."""

    code = "rada_not_asked"
