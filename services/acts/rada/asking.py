"""A list of numbers, asked for one after the other."""

from services.acts.errors import FileError
from services.acts.rada import service as rada
from services.acts.rada.client import Client
from services.acts.rada.errors import (
    BlockedError,
    DailyLimitError,
    ForeignLinkError,
    MovedError,
    NotAskedError,
    NumberUnclearError,
    OfflineError,
    UnreachableError,
)
from services.acts.storing import FileReport

_SHUT = (BlockedError, DailyLimitError, MovedError, OfflineError, UnreachableError)
_NEVER_ASKED = (ForeignLinkError, NumberUnclearError)
_TURNED_AWAY = 3  # numbers in a row after which the service is left alone


class RadaList:
    """Brings acts by number, one after the other, until the service has turned away three in a row.

    What it says of one act is no such case: a number it does not know, a reply that cannot be read.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._turned_away = 0

    def bring(self, number: str) -> FileReport:
        """Bring one act by number or link; what cannot be brought is a refused report, never an error."""
        if self._turned_away >= _TURNED_AWAY:
            return FileReport(number, "refused", code=NotAskedError.code)
        try:
            report = rada.import_act(number, self._client)
        except FileError as problem:
            if isinstance(problem, _SHUT):
                self._turned_away += 1
            elif not isinstance(problem, _NEVER_ASKED):
                self._turned_away = 0
            return FileReport(number, "refused", code=problem.code, data=problem.data)
        self._turned_away = 0
        return report
