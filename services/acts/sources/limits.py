"""How much a file and its text may be: what is beyond is no act, whatever the format."""

from services.acts.errors import FileTooLargeError
from services.acts.sources.errors import TooManyLinesError

MAX_BYTES = 20_000_000
"""Bytes of a file with one act, and characters of its text."""

MOST_LINES = 400_000
"""Lines and notes of a text, together; the Civil Code has 7,291."""

MEMORY = 1024**3
"""Bytes of address space that the reading process may take."""

_MEGABYTE = 1_000_000


def check_size(size: int, most: int = MAX_BYTES) -> None:
    """Raise FileTooLargeError for more bytes than `most`, else than one act may have."""
    if size > most:
        raise FileTooLargeError(limit_mb=most // _MEGABYTE, size_mb=round(size / _MEGABYTE, 1))


def check_text(text: str) -> None:
    """Raise FileTooLargeError or TooManyLinesError for a text that nothing could be done with later."""
    check_size(len(text))
    count = text.count("\n") + text.count("{")
    if count > MOST_LINES:
        raise TooManyLinesError(count=count, limit=MOST_LINES)
