"""What each line of an act may head, before the order of numbers is looked at."""

import re

from services.acts.structure.contextual import in_context
from services.acts.structure.exclusions import excluded
from services.acts.structure.lines import Line
from services.acts.structure.markers import Heading, Marker, heading, marker, roman_dot
from services.acts.structure.titles import ENDS, LONG_TITLE
from services.acts.unit_numbers import normal

_EXCLUDED = re.compile(r"\{\s*Стаття\s+(\d+(?:\s?-\s?\d+)?)\.\s[^{}]{0,300}?виключ", re.IGNORECASE)
_LOOK_AHEAD = 5  # lines
_SHORTEST_TITLE = 5


def candidates(lines: list[Line]) -> list[Heading | None]:
    """Return, for each line, the heading it may be; `rest` is -1 for an article that was excluded."""
    return in_context(lines, [_candidate(lines, index) for index in range(len(lines))])


def _candidate(lines: list[Line], index: int) -> Heading | None:
    line = lines[index]
    if line.quoted:
        return None
    if line.is_note:
        return _excluded_article(line)
    return heading(line.text) or roman_dot(line.text) or _digit_section(lines, index)


def _excluded_article(line: Line) -> Heading | None:
    """Return the place of an excluded article: «{Стаття 3. Статтю 3 виключено …}», «{Статтю 3 …}»."""
    if match := _EXCLUDED.match(line.note):
        return Heading("article", normal(match[1]), -1)
    gone = excluded(line.note)
    if gone is None or gone.kind != "article":
        return None
    return Heading("article", gone.numbers[0], -1)


def _digit_section(lines: list[Line], index: int) -> Heading | None:
    """Return the heading «2. НАЗВА», or «2. Назва» before «2.1.», of a section, «4.1. Назва» of a chapter."""
    text = lines[index].text
    mark = marker(text)
    if mark is None or mark.style not in ("dot", "multi") or text.endswith(ENDS) or len(text) > LONG_TITLE:
        return None
    rest = text[mark.rest :]
    if not rest or not rest[0].isupper():
        return None
    if mark.style == "multi":
        return Heading("chapter", mark.number, mark.rest) if _numbers_its_points(lines, index, mark) else None
    if (rest.isupper() and len(rest) > _SHORTEST_TITLE) or _numbers_its_points(lines, index, mark):
        return Heading("digit", mark.number, mark.rest)
    return None


def _numbers_its_points(lines: list[Line], index: int, mark: Marker) -> bool:
    """Tell whether the next number begins with this one: «2.1» after «2.»."""
    for line in lines[index + 1 : index + 1 + _LOOK_AHEAD]:
        if line.is_note:
            continue
        following = marker(line.text)
        if following is not None:
            return following.style == "multi" and following.number.startswith(f"{mark.number}.")
        if line.text.endswith(ENDS):
            return False
    return False
