"""Editorial notes: the `{…}` with which the Rada's editors annotate a text. They are not law."""

import re

from services.acts.folding import fold

Span = tuple[int, int]

_BRACE = re.compile(r"[{}]")
# What can only be law: a heading at the start of a line ends a note that nobody closed.
_HEADING = re.compile(
    r"^[ ]*(?:(?:стаття|с т а т т я)[ ]+\d|(?:розділ|глава|книга|підрозділ)[ ]+(?:[ІVХLС]+|\d+)[. \n]|"
    r"\d+(?:-\d+)?\.[ ]+[А-ЯІЇЄҐ])",
    re.IGNORECASE | re.MULTILINE,
)
# A note's line that ends with the date of the amending act says all, unless a list of acts goes on below.
_COMPLETE = re.compile(
    r"\d\d\.\d\d\.\d{4}[ ]*\n[ ]*(?!(?i:закон|кодекс|указ|декрет|постанов|наказ|рішен))[А-ЯІЇЄҐ]"
)
_AROUND = 16  # characters of a date and of a word


def find_notes(text: str, folded: str | None = None) -> list[Span]:
    """Return the half-open spans of editorial notes in `text`, in order, braces included, never overlapping.

    Nested notes are one span. A note that is never closed ends where the next heading of the act makes
    plain that law goes on: at its last brace before that heading, an opening one with its line. Where the
    next note begins below a paragraph of law, it ends with its own line. A closing brace without an opening
    one is no note. Linear time.
    """
    finder = _Finder(text, fold(text) if folded is None else folded)
    for brace in _BRACE.finditer(text):
        finder.meet(brace.start())
    return finder.finish()


class _Finder:
    """Meets the braces of a text in their order. `last` is the last one met of the note that is open."""

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self.folded = folded
        self.notes: list[Span] = []
        self.depth = 0
        self.opened = self.last = 0

    def meet(self, at: int) -> None:
        if self.depth:
            self._end_before(at)
        if self.text[at] == "{":
            self.opened = self.opened if self.depth else at
            self.depth += 1
        elif self.depth:
            self.depth -= 1
            if not self.depth:
                self.notes.append((self.opened, at + 1))
        self.last = at

    def finish(self) -> list[Span]:
        if self.depth:
            self._end_before(len(self.text))
        if self.depth:
            self._end(len(self.text))
        return self.notes

    def _end_before(self, at: int) -> None:
        """End the open note where law stands between its last brace and the one at `at`."""
        heading = _HEADING.search(self.folded, self.last + 1, at)
        if heading is not None:
            self._end(heading.start())
        elif self.last == self.opened and self._is_complete(at):
            self._end(at)

    def _is_complete(self, at: int) -> bool:
        if at < len(self.text) and self.text[at] == "}":
            return False
        line_end = self.text.find("\n", self.opened, at)
        around = max(self.opened, line_end - _AROUND), min(at, line_end + _AROUND)
        return line_end >= 0 and _COMPLETE.search(self.folded, *around) is not None

    def _end(self, limit: int) -> None:
        end = self.last + 1
        if self.text[self.last] == "{":
            line_end = self.text.find("\n", self.last, limit)
            end = limit if line_end < 0 else line_end
        self.notes.append((self.opened, end))
        self.depth = 0
