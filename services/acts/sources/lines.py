"""Lines of a text as a reader of markup collects them: cleaned at once, so that places in them stay true."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from services.acts.sources.cleaning import clean, clean_inline

_BLANKS = re.compile(" {2,}")
# What is left where markup stood between the characters of one number or word: «111 - 1 .», «13 -1»,
# «купівлі -продажу». The groups are the spaces to take out.
_REPAIRS = (
    re.compile(r"^[СC]таття\s\d{1,6}( ?)-( ?)\d{1,6}( ?)(?=\.)"),
    re.compile(r"^\d{1,6}(?:-\d{1,6})?( +)(?=[.)](?:\s|$))"),
    re.compile(r"(?<=[а-яіїєґ])( )-(?=[а-яіїєґ]{4})"),
)
# «13 -1» and «статті 111 - 1» count downwards: no ranges, indices.
_DOWNWARDS = (
    re.compile(r"(?<![\d-])(?P<from>\d{1,6})( )-(?P<to>\d{1,3})(?!\d)"),
    re.compile(r"(?:стат|пункт|частин)\w{0,12}\s(?P<from>\d{1,6})( )-( )(?P<to>\d{1,2})(?!\d)"),
)
_NUMERALS = frozenset("0123456789IVXLCІХ")
_NO_BRACES = str.maketrans("{}", "()")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Link(NamedTuple):
    """A hyperlink: columns of its line, or offsets of the text."""

    start: int
    end: int
    target: str


class Lines:
    """Collects pieces of text into lines. Anchors and links are places in the line being written."""

    def __init__(self, *, repair: bool = False) -> None:
        self._repair = repair
        self._done: list[str] = []
        self._length = 0
        self._pieces: list[str] = []
        self._width = 0
        self._names: list[tuple[str, int]] = []
        self._carried: list[str] = []  # anchors of lines before, which had no text
        self._notes: list[tuple[str, str]] = []
        self._line_links: list[Link] = []
        self._open: tuple[int, str] | None = None
        self._anchors: dict[str, int] = {}
        self._links: list[Link] = []

    @property
    def line(self) -> str:
        """The line being written."""
        return "".join(self._pieces)

    def add(self, piece: str) -> None:
        """Append text to the present line; spaces and line ends in it are one space."""
        piece = _BLANKS.sub(" ", clean_inline(piece))
        if self._last in ("", " "):
            piece = piece.removeprefix(" ")
        self._append(piece)

    def add_superscript(self, piece: str) -> None:
        """Append raised text: an index after a number is written `19-1`, after anything else as `м²`."""
        digits = clean_inline(piece).strip().lstrip("-")
        if digits.isdigit() and self._last.isdigit():
            self._append(f"-{digits}")
        elif digits.isdigit() and self._last.strip(" -"):
            self._append(digits.translate(_SUPERSCRIPTS))
        else:
            self.add(piece)

    def footnote(self, mark: str, text: str) -> None:
        """Mark this place with the number of a footnote, which follows the line on one of its own.

        After a number its mark would read as an index, so none is written there.
        """
        if mark.isdigit() and self._last not in _NUMERALS:
            self.add_superscript(mark)
        self._notes.append((mark, text))

    def note(self, mark: str, text: str) -> None:
        """Write a footnote on a line of its own, in the braces of what is no text of the act itself."""
        self.end()
        words = text.translate(_NO_BRACES).strip()
        self.add(f"{{Виноска {mark}: {(words if mark.isdigit() else words.removeprefix(mark)).strip()}}}")
        self.end()

    def anchor(self, name: str) -> None:
        """Remember this place under a name; the first of a name counts."""
        self._names.append((name, self._width))

    def begin_link(self, target: str) -> None:
        """From here on the text is a link, until `end_link`."""
        self._open = (self._width, target)

    def end_link(self) -> None:
        """Close the link that is open."""
        if self._open is not None:
            self._line_links.append(Link(self._open[0], self._width, self._open[1]))
            self._open = None

    def drop(self) -> None:
        """Forget the text of the present line; its anchors stand at the next."""
        self._carried += [name for name, _ in self._names]
        self._begin()

    def end(self) -> None:
        """End the line. An empty one is left out; its anchors stand at the next line."""
        line = self.line.rstrip()
        if not line:
            # Its anchors are at its beginning, which is where they stand in the next.
            return
        cut = set(_needless_spaces(line)) if self._repair else set()
        self._place(sorted(cut), len(line))
        if cut:
            line = "".join(char for index, char in enumerate(line) if index not in cut)
        self._done.append(line)
        self._length += len(line) + 1
        self._carried = []
        self._begin()
        notes, self._notes = self._notes, []
        for mark, words in notes:
            self.note(mark, words)

    @property
    def _last(self) -> str:
        return self._pieces[-1][-1] if self._pieces else ""

    def _append(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)
            self._width += len(piece)

    def _begin(self) -> None:
        self._pieces, self._width, self._names, self._line_links = [], 0, [], []

    def _place(self, cut: Sequence[int], length: int) -> None:
        """Turn columns of this line into offsets of the text."""

        def offset(column: int) -> int:
            column = min(column, length)
            return self._length + column - bisect_left(cut, column)

        for name, column in (*((name, 0) for name in self._carried), *self._names):
            self._anchors.setdefault(name, offset(column))
        if self._open is not None:
            # A link over several lines is one link a line.
            target = self._open[1]
            self.end_link()
            self._open = (0, target)
        for start, end, target in self._line_links:
            if start < min(end, length):
                self._links.append(Link(offset(start), offset(end), target))

    def text(self) -> str:
        """The whole text, in the form that is stored."""
        self.end()
        return clean("\n".join(self._done))

    def marks(self) -> dict[str, Any] | None:
        """Anchors and links of the text; None where there are none, or cleaning would have moved them."""
        text = "\n".join(self._done) + "\n"
        if not (self._anchors or self._links) or clean(text) != text:
            return None
        return {"anchors": self._anchors, "links": [list(link) for link in self._links]}


def _needless_spaces(line: str) -> Iterator[int]:
    for pattern in _REPAIRS:
        for match in pattern.finditer(line):
            for group in range(1, pattern.groups + 1):
                yield from range(*match.span(group))
    for pattern in _DOWNWARDS:
        for match in pattern.finditer(line):
            if int(match["to"]) < int(match["from"]):
                yield from (
                    index for index in range(match.end("from"), match.start("to")) if line[index] == " "
                )
