"""Titles of headings: on the same line, on the lines below, or none because the text begins at once."""

import re

from services.acts.structure.lines import Layout, Line
from services.acts.structure.markers import Heading, marker, reads_as_norm

ENDS = (".", ":", ";", ",")
"""What a title does not end with."""

LONG_TITLE = 300
_FIRST_PART = re.compile(r"(?P<title>[^\d.][^.]{2,200})\.[ ]+(?=1\.[ ])")  # «Назва. 1. Текст»
_MAX_WRAPPED = 3  # lines a title is wrapped onto
_MAX_BELOW = 4  # lines of a title in capitals below its heading


class Titles:
    """Reads the titles of one text."""

    def __init__(self, layout: Layout, headings: list[Heading | None]) -> None:
        self.text = layout.text
        self.lines = layout.lines
        self.headings = headings

    def of_section(self, found: Heading, index: int) -> tuple[str, int]:
        """Return the title of the section at `index`, and the index of the first line after it."""
        line = self.lines[index]
        if found.kind == "final" or found.number in ("загальна", "особлива"):
            return self.slice(line, 0), index + 1
        if found.rest < len(line.text):
            return self._wrapped(self.slice(line, found.rest), index)
        return self._below(index + 1)

    def of_article(self, found: Heading, index: int, below: int | None) -> tuple[str, str, int]:
        """Return the title of the article at `index`, the text its heading line holds, and what follows.

        `below` is the next line of law, None where another heading stands before it.
        """
        line = self.lines[index]
        rest = line.text[found.rest :]
        if not rest:
            if below is not None and self._is_title(below) and self._law_follows(below):
                return self.slice(self.lines[below], 0), "", below + 1
            return "", "", index + 1
        if first := _FIRST_PART.match(rest):
            return self.slice(line, found.rest)[: first.end("title")], rest[first.end() :], index + 1
        if self._is_text(rest, below):
            return "", rest, index + 1
        title, following = self._wrapped(self.slice(line, found.rest), index)
        return title, "", following

    def slice(self, line: Line, offset: int) -> str:
        """Return what the act writes from `offset` in a line on, up to an editorial note."""
        return self.text[line.start + offset : line.end].split("{")[0].strip()

    def _wrapped(self, title: str, index: int) -> tuple[str, int]:
        end = index + 1
        while end < min(len(self.lines) - 1, index + 1 + _MAX_WRAPPED):
            text = self.lines[end].text
            if title.endswith(ENDS) or not text[:1].islower() or text.endswith(ENDS) or marker(text):
                break
            title += " " + self.slice(self.lines[end], 0)
            end += 1
        return title, end

    def _below(self, index: int) -> tuple[str, int]:
        rows: list[str] = []
        while index < len(self.lines) and len(rows) < _MAX_BELOW:
            line = self.lines[index]
            if line.is_note and not rows:
                index += 1
                continue
            if not self._is_title(index) or (rows and not (line.text.isupper() and rows[-1].isupper())):
                break
            rows.append(self.slice(line, 0))
            index += 1
        return " ".join(rows), index

    def _is_title(self, index: int) -> bool:
        line, found = self.lines[index], self.headings[index]
        if line.is_note or line.quoted or len(line.text) > LONG_TITLE or marker(line.text) is not None:
            return False
        if found is not None and found.kind != "final":
            return False
        return line.text.isupper() or not (line.text.endswith(ENDS) or reads_as_norm(line.text))

    def _law_follows(self, index: int) -> bool:
        """Tell whether a line that may be a title has a text below it."""
        for at in range(index + 1, len(self.lines)):
            if self.headings[at] is not None:
                return False
            if not self.lines[at].is_note:
                return True
        return False

    def _is_text(self, rest: str, below: int | None) -> bool:
        """Tell whether what follows «Стаття 5.» on its line is the article's text, as in the Constitution."""
        first = marker(rest)
        if first is not None and first.style == "dot":
            return True
        if below is None:
            return rest.endswith(ENDS) or len(rest) > LONG_TITLE
        after = marker(self.lines[below].text)
        if after is not None and after.style in ("dot", "multi"):
            return False
        return rest.endswith((*ENDS, "-")) or len(rest) > LONG_TITLE
