"""Editorial notes: the `{…}` with which the Rada's editors annotate a text. They are not law."""

import re

from services.acts.folding import fold

Span = tuple[int, int]

_BRACE = re.compile(r"[{}]")
# What can only be law: a heading at the start of a line ends a note that nobody closed.
_HEADING = re.compile(
    r"^[ ]*(?:стаття[ ]+\d|(?:розділ|глава|книга|підрозділ)[ ]+(?:[ІVХLС]+|\d+)[. \n]|"
    r"\d+(?:-\d+)?\.[ ]+[А-ЯІЇЄҐ])",
    re.IGNORECASE | re.MULTILINE,
)


def find_notes(text: str, folded: str | None = None) -> list[Span]:
    """Return the half-open spans of editorial notes in `text`, in order, braces included, never overlapping.

    Nested notes are one span. A note that is never closed ends where the next heading of the act makes
    plain that law goes on: at its last closing brace before that heading, else at the end of its line.
    A closing brace without an opening one is no note. Linear time.
    """
    notes: list[Span] = []
    depth, opened, last_close = 0, 0, -1
    folded = fold(text) if folded is None else folded
    position = 0
    while brace := _BRACE.search(text, position):
        at = brace.start()
        if depth and (heading := _heading_between(folded, last_seen(position, opened), at)) is not None:
            notes.append((opened, _forced_end(text, opened, last_close, heading)))
            depth = 0
            continue
        position = at + 1
        if text[at] == "{":
            if not depth:
                opened, last_close = at, -1
            depth += 1
        elif depth:
            depth -= 1
            last_close = at
            if not depth:
                notes.append((opened, at + 1))
    if depth:
        heading = _heading_between(folded, last_seen(position, opened), len(text))
        notes.append(
            (opened, _forced_end(text, opened, last_close, len(text) if heading is None else heading))
        )
    return notes


def last_seen(position: int, opened: int) -> int:
    """Return where the search for a heading goes on: never before the note's own brace."""
    return max(position, opened + 1)


def _heading_between(folded: str, start: int, end: int) -> int | None:
    match = _HEADING.search(folded, start, end)
    return match.start() if match else None


def _forced_end(text: str, opened: int, last_close: int, limit: int) -> int:
    if last_close > opened:
        return last_close + 1
    line_end = text.find("\n", opened, limit)
    return limit if line_end < 0 else line_end
