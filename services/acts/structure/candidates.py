"""What each line of an act may head, before the order of numbers is looked at."""

import re

from services.acts.structure.exclusions import excluded
from services.acts.structure.head import head_end
from services.acts.structure.lines import Line
from services.acts.structure.markers import Heading, Marker, heading, marker, roman_dot
from services.acts.structure.titles import ENDS, LONG_TITLE
from services.acts.unit_numbers import normal, sort_key

_EXCLUDED = re.compile(r"\{\s*Стаття\s+(\d+(?:\s?-\s?\d+)?)\.\s[^{}]{0,300}?виключ", re.IGNORECASE)
# Below a decree stands the decision it brings into force; in an act's own head this tells of the act.
_BROUGHT_INTO_FORCE = re.compile(r"введено[ ]+в[ ]+дію(?:[ ]+указом[ ].*)?$", re.IGNORECASE)
_LOOK_AHEAD = 5  # lines
_SHORTEST_TITLE = 5


def candidates(lines: list[Line]) -> list[Heading | None]:
    """Return, for each line, the heading it may be; `rest` is -1 for an article that was excluded."""
    found = [_candidate(lines, index) for index in range(len(lines))]
    for index in _notes_in_lists(lines, found):
        found[index] = None
    for index in range(head_end(lines, 0), len(lines)):
        if _BROUGHT_INTO_FORCE.match(lines[index].text) and not lines[index].quoted:
            found[index] = Heading("approved", "", len(lines[index].text))
    return found


def _notes_in_lists(lines: list[Line], found: list[Heading | None]) -> list[int]:
    """Return the lines of notes below a point of a by-law whose list goes on after them: «2.4 … 2.5»."""
    inside: list[int] = []
    waiting: list[tuple[int, dict[str, tuple[int, ...]]]] = []
    above: dict[str, tuple[int, ...]] = {}
    in_article = False
    for index, line in enumerate(lines):
        mark = None if line.quoted or line.is_note else marker(line.text)
        own = found[index]
        if own is not None and own.kind == "note":
            if not in_article and marker(line.text[own.rest :]) is None:
                waiting.append((index, dict(above)))
        elif own is not None:
            in_article = own.kind == "article"
            waiting, above = [], {}
        elif mark is not None:
            key = sort_key(mark.number)
            inside += [at for at, numbers in waiting if () < numbers.get(mark.style, ()) < key]
            waiting = []
            above[mark.style] = key
    return inside


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
    """Return «2. НАЗВА» or «2. Назва» before «2.1.» as the heading of a section."""
    text = lines[index].text
    mark = marker(text)
    if mark is None or mark.style != "dot" or text.endswith(ENDS) or len(text) > LONG_TITLE:
        return None
    rest = text[mark.rest :]
    if not rest or not rest[0].isupper():
        return None
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
