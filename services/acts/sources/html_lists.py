"""Numbers that a browser draws before the items of a list, and the page does not hold."""

import re
from itertools import islice
from typing import Any

from services.acts.sources.numbering import LATIN, MOST, roman

_ITEMS = ("ol", "ul", "menu")
_UNMARKED = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_OWN = re.compile(
    r"\s*(?:(?:Стаття|Розділ|Глава|§)\s*)?(?:\d{1,4}(?:[.-]\d{1,4})*|[а-яіїєґa-z]|[IVXLC]+)\s?[.)]",
    re.IGNORECASE,
)
_FEW = 10  # elements around the first words of an item
_STYLES = {"lower-latin": "a", "lower-alpha": "a", "upper-latin": "A", "upper-alpha": "A",
           "lower-roman": "i", "upper-roman": "I"}  # fmt: skip
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)


class ListNumbers:
    """Counts the items of the lists of one page, in order."""

    def __init__(self) -> None:
        self._open: list[int | None] = []

    def enter(self, element: Any) -> str:
        """What is drawn before an element that begins: the number of an item, else nothing."""
        if element.tag in _ITEMS:
            self._open.append(_whole(element.get("start"), 1) - 1 if element.tag == "ol" else None)
        if element.tag != "li" or not self._open or self._open[-1] is None:
            return ""
        number = min(_whole(element.get("value"), self._open[-1] + 1), MOST)
        self._open[-1] = number
        return _drawn(element, number)

    def leave(self, element: Any) -> None:
        """An element ends."""
        if element.tag in _ITEMS and self._open:
            self._open.pop()


def _drawn(item: Any, number: int) -> str:
    owner = item.getparent()
    style = f"{owner.get('style', '')};{item.get('style', '')}"
    if _UNMARKED.search(style) or _OWN.match(_first_words(item)):
        return ""
    named = _STYLE.findall(style)
    kind = _STYLES.get(named[-1].lower(), "") if named else item.get("type") or owner.get("type") or ""
    return f"{_spelled(number, kind)}."


def _first_words(item: Any) -> str:
    """Many pages leave the numbers to their own text, and let a style sheet draw none."""
    texts = (node.text or "" for node in islice(item.iter(), _FEW))
    return next((text for text in texts if text.strip()), "")


def _spelled(number: int, kind: str) -> str:
    if kind in ("I", "i"):
        return roman(number) if kind == "I" else roman(number).lower()
    if kind in ("A", "a"):
        letter = LATIN[(number - 1) % len(LATIN)]
        return letter.upper() if kind == "A" else letter
    return str(number)


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"\d{1,6}", value.strip()) else otherwise
