"""The title of an act, read from its head: «Про …», a code's name, what a treaty is about."""

import re

from services.acts.folding import closed_up
from services.acts.issuers import sentence_case
from services.acts.structure.lines import Line

TREATIES = frozenset(
    {"Конвенція", "Пакт", "Декларація", "Угода", "Протокол", "Меморандум", "Договір", "Хартія"}
)
_CODES = ("Кодекс", "Конституція")
_MAX_LINES = 8
_MAX_CODE_LINES = 3
_SHORTEST = 12  # characters of a title that does not begin with «Про»
_DATE = re.compile(r"(?:від[ ]+)?\d{1,2}(?:\.\d\d\.|[ ]+[а-яі]{5,9}[ ]+)\d{4}(?!\d)")
# What tells of an act without being its title.
_FACT = re.compile(
    r"(?:від[ ])?\d|(?:№|N)[ ]?\d|м\.|Київ|\(|\||зареєстрован|юстиції|за[ ](?:№|N)|справа|дата[ ]|указом|"
    r"введен|затвердж|схвален|погодж|інд\.|сесія|[\w-]+[ ](?:сесія|скликання)|постановою|наказом|рішенням|"
    r"(?:постанова|наказ|указ|рішення|розпорядження)(?![\w'])",
    re.IGNORECASE,
)


def title_of_head(text: str, head: list[Line], kind: str) -> str:
    """Return the title that the head of an act of a `kind` gives, empty where it gives none."""
    for index, line in enumerate(head):
        if line.text.startswith("Про "):
            return " ".join(_rows(text, head[index:]))
        if line.text.startswith("ПРО ") and line.text.isupper() and kind not in _CODES:
            return sentence_case(" ".join(_capitals(text, head[index:])))
    if kind in TREATIES:
        return _of_treaty(text, head)
    if kind in _CODES:
        return _of_code(text, head)
    if kind and head and not head[0].text.isupper() and not _FACT.match(head[0].text):
        return _written(text, head[0])
    return _in_own_words(text, head) if kind else ""


def _written(text: str, line: Line) -> str:
    """Return a line as the act writes it, without notes and marks of a footnote."""
    return closed_up(text[line.start : line.end].split("{")[0].strip().removesuffix("(*)").rstrip())


def _rows(text: str, head: list[Line]) -> list[str]:
    """Return the lines of a title: the first, and those it is wrapped onto."""
    rows: list[str] = []
    for line in head[:_MAX_LINES]:
        if rows and (line.text.startswith("(") or line.text.isupper() or _DATE.match(line.text)):
            break
        rows.append(_written(text, line))
    return rows


def _capitals(text: str, head: list[Line]) -> list[str]:
    rows: list[str] = []
    for line in head[:_MAX_LINES]:
        if not line.text.isupper() or (rows and _FACT.match(line.text)):
            break
        rows.append(_written(text, line))
    return rows


def _of_treaty(text: str, head: list[Line]) -> str:
    """Return «Угода між …»: the line with the kind, and those that say between whom and on what."""
    first = next(
        (at for at, line in enumerate(head) if closed_up(line.text).capitalize().split()[0] in TREATIES), 0
    )
    return _lowered(_rows(text, head[first:]))


def _of_code(text: str, head: list[Line]) -> str:
    first = next((at for at, line in enumerate(head) if "КОДЕКС" in line.text.upper()), None)
    named = head[max(0, first - 1) if first and head[first - 1].text.endswith("ИЙ") else first or 0 :]
    capitals = [_written(text, line) for line in named if line.text.isupper()]
    if first is None or head[first].text.isupper():
        return sentence_case(" ".join(capitals[:_MAX_CODE_LINES]))
    return _lowered(_rows(text, head[first:]))


def _lowered(rows: list[str]) -> str:
    """Return the first line of a title, in small letters, with those that go on in small letters."""
    title = sentence_case(rows[0]) if rows and rows[0].isupper() else " ".join(rows[:1])
    for row in rows[1:]:
        if not row[:1].islower():
            break
        title += f" {row}"
    return title


def _in_own_words(text: str, head: list[Line]) -> str:
    """Return «Деякі питання …»: the last line of the head that is a sentence and no fact about the act."""
    for index in range(len(head) - 1, -1, -1):
        line = head[index]
        if line.text.isupper() or len(line.text) < _SHORTEST or _FACT.match(line.text):
            continue
        begins = line.text[0].isupper() or line.text.startswith("про ")
        if begins or index == 0 or head[index - 1].text.isupper():
            rows = _rows(text, head[index:])
            title = " ".join([rows[0], *(row for row in rows[1:] if not _FACT.match(row))])
            return title[:1].upper() + title[1:] if title.startswith("про ") else title
    return ""
