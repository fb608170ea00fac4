"""Old texts are wrapped by hand at about 70 characters: their lines become paragraphs again."""

import re

_WIDEST = 82
_FEWEST_LINES = 12
_FULL = 45  # characters of a line that was broken because it was full
_FULL_SHARE = 0.4
_INDENT = re.compile(r" {2,}")
_HEADING = re.compile(r"(?:Стаття|СТАТТЯ|Розділ|РОЗДІЛ|Глава|ГЛАВА)\s+[\dIVXLC]")


def unwrapped(text: str) -> str:
    """Return a cleaned text with the lines of each paragraph joined; a text that is not wrapped as it is.

    A paragraph begins with an indent or after a blank line: only texts that mark paragraphs so are touched.
    """
    lines = text.split("\n")
    if not _is_wrapped([line for line in lines if line]):
        return text
    paragraphs: list[list[str]] = []
    begins = True
    for line in lines:
        if not line:
            begins = True
        elif begins or _INDENT.match(line) or _HEADING.match(line):
            paragraphs.append([line.strip()])
            begins = False
        else:
            paragraphs[-1].append(line.strip())
    return "\n".join(re.sub(" {2,}", " ", " ".join(rows)) for rows in paragraphs) + "\n"


def _is_wrapped(lines: list[str]) -> bool:
    if len(lines) < _FEWEST_LINES or max(map(len, lines)) > _WIDEST:
        return False
    indented = sum(bool(_INDENT.match(line)) for line in lines)
    full = sum(len(line) >= _FULL for line in lines)
    return full >= _FULL_SHARE * len(lines) and 0.03 * len(lines) <= indented <= 0.8 * len(lines)
