"""Words and marks of a passage, with their places in it."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"(?<![\d,])\d+,\d+(?![\d,])|\w+(?:[-'’ʼ`‘]\w+)*|\S")
_APOSTROPHES = str.maketrans("’ʼ`‘", "''''")
_NOTE = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark: half-open offsets in the passage, as written and folded for look-ups."""

    text: str
    start: int
    end: int
    norm: str

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


def fold(text: str) -> str:
    """Lower case with one kind of apostrophe, character for character (the length never changes)."""
    folded = text.translate(_APOSTROPHES)
    lowered = folded.lower()
    if len(lowered) == len(folded):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in folded)


def notes(text: str) -> list[tuple[int, int]]:
    """Editorial notes in braces, also one cut off by the passage's beginning or end."""
    found = [match.span() for match in _NOTE.finditer(text)]
    opened, closed = text.find("{"), text.find("}")
    if closed >= 0 and (opened < 0 or closed < opened):
        found.insert(0, (0, closed + 1))
    last_open, last_close = text.rfind("{"), text.rfind("}")
    if last_open > last_close:
        line_end = text.find("\n", last_open)
        found.append((last_open, len(text) if line_end < 0 else line_end))
    return found


def tokenize(text: str) -> list[Token]:
    """Tokens outside editorial notes."""
    folded = fold(text)
    skipped = notes(text)
    tokens: list[Token] = []
    position = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while position < len(skipped) and skipped[position][1] <= start:
            position += 1
        if position < len(skipped) and skipped[position][0] <= start:
            continue
        tokens.append(Token(match.group(), start, end, folded[start:end]))
    return tokens
