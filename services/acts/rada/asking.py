"""A list of numbers, asked for one after the other."""

from collections.abc import Iterable

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
    ServiceFailedError,
    UnreachableError,
)
from services.acts.storing import FileReport

_SHUT = {
    error.code
    for error in (
        BlockedError,
        DailyLimitError,
        MovedError,
        NotAskedError,
        OfflineError,
        UnreachableError,
    )
}
_NEVER_ASKED = {ForeignLinkError.code, NumberUnclearError.code}
TURNED_AWAY = 3
"""Numbers in a row after which the service is left alone."""


class RadaList:
    """Brings acts by number, one after the other, until the service has turned away three in a row.

    What it says of one act is no such case: a number it does not know, a reply that cannot be read.
    """

    def __init__(self, client: Client, before: Iterable[FileReport] = ()) -> None:
        """`before` are the last reports of the same list from before it was interrupted, the oldest first."""
        self._client = client
        self._turned_away = 0
        for report in before:
            self._note(report)

    def bring(self, number: str) -> FileReport:
        """Bring one act by number or link; what cannot be brought is a refused report, never an error."""
        if self._turned_away >= TURNED_AWAY:
            return FileReport(number, "refused", code=NotAskedError.code)
        try:
            report = rada.import_act(number, self._client)
        except FileError as problem:
            report = FileReport(number, "refused", code=problem.code, data=problem.data)
        self._note(report)
        return report

    def _note(self, report: FileReport) -> None:
        if report.code in _SHUT:
            self._turned_away += 1
        elif report.code not in _NEVER_ASKED:
            self._turned_away = 0


def may_come_later(report: FileReport) -> bool:
    """Was a number refused for what passes: the service was away, failed, or was not asked?"""
    return report.outcome == "refused" and report.code in _SHUT | {ServiceFailedError.code}
