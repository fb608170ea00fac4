"""Numbers that Word draws and does not store: counted again from the definitions of its lists."""

import re
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
"""Alphabets that number the items of lists."""
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
MOST = 10_000
"""The largest number an item can have."""
_LEVELS = 9


class Numbering:
    """Counts the numbered paragraphs of one document (python-docx's), in order."""

    def __init__(self, document: Any) -> None:
        root = _numbering_root(document)
        self._abstract = {
            _value(n, "abstractNumId"): n for n in (root.iter(f"{W}abstractNum") if root is not None else ())
        }
        self._lists = {_value(n, "numId"): n for n in (root.iter(f"{W}num") if root is not None else ())}
        self._styles = {
            _value(style, "styleId"): style for style in document.styles.element.iter(f"{W}style")
        }
        self._counts: dict[str, list[int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, paragraph: Any) -> str:
        """The number drawn before this paragraph («1.», «а)»), or nothing."""
        number_id, level = self._place(paragraph)
        levels = self._levels(number_id)
        if level not in levels:
            return ""
        abstract = self._abstract_of(number_id)
        counts = self._counts.setdefault(abstract, [0] * _LEVELS)
        begins = self._begins_anew(number_id, level)
        if counts[level] == 0 or begins:
            counts[level] = begins or _start(levels[level])
        else:
            counts[level] = min(counts[level] + 1, MOST)
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        return self._drawn(levels, level, counts)

    def _begins_anew(self, number_id: str, level: int) -> int:
        """The number at which a list begins that shares its shape with an earlier one; 0 where it goes on."""
        if (number_id, level) in self._begun:
            return 0
        self._begun.add((number_id, level))
        for override in self._lists[number_id].iter(f"{W}lvlOverride"):
            start = _child(override, "startOverride")
            if _value(override, "ilvl") == str(level) and start.isdigit():
                return min(int(start), MOST)
        return 0

    def _drawn(self, levels: dict[int, Any], level: int, counts: list[int]) -> str:
        shape = _child(levels[level], "lvlText")
        if _child(levels[level], "numFmt") in ("bullet", "none") or not shape:
            return "-" if _child(levels[level], "numFmt") == "bullet" else ""

        def number(match: "re.Match[str]") -> str:
            at = int(match[1]) - 1
            kind = _child(levels[at], "numFmt") if at in levels else "decimal"
            return _spelled(counts[at] or 1, kind)

        return re.sub(r"%([1-9])", number, shape)[:40]

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """The list and the level of a paragraph, its own or its style's."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is None:
            own = self._of_style(paragraph)
        if own is None:
            return "", 0
        level = _child(own, "ilvl")
        return _child(own, "numId"), min(int(level), _LEVELS - 1) if level.isdigit() else 0

    def _of_style(self, paragraph: Any) -> Any:
        name = _child(paragraph.find(f"{W}pPr"), "pStyle")
        for _ in range(10):
            style = self._styles.get(name)
            if style is None:
                return None
            found = style.find(f"{W}pPr/{W}numPr")
            if found is not None:
                return found
            name = _child(style, "basedOn")
        return None

    def _abstract_of(self, number_id: str) -> str:
        return _child(self._lists.get(number_id), "abstractNumId")

    def _levels(self, number_id: str) -> dict[int, Any]:
        abstract = self._abstract.get(self._abstract_of(number_id))
        if abstract is None:
            return {}
        levels = ((_value(level, "ilvl"), level) for level in abstract.iter(f"{W}lvl"))
        return {int(at): level for at, level in levels if at.isdigit() and int(at) < _LEVELS}


def _numbering_root(document: Any) -> Any:
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering"):
            return getattr(relation.target_part, "element", None)
    return None


def _value(node: Any, name: str) -> str:
    return str(node.get(f"{W}{name}") or "")


def _child(node: Any, name: str) -> str:
    found = node.find(f"{W}{name}") if node is not None else None
    return _value(found, "val") if found is not None else ""


def _start(level: Any) -> int:
    start = _child(level, "start")
    return min(int(start), MOST) if start.isdigit() else 1


def _spelled(number: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman"):
        letters = roman(number)
        return letters if kind == "upperRoman" else letters.lower()
    alphabet = {"russianLower": RUSSIAN, "russianUpper": RUSSIAN.upper(), "lowerLetter": LATIN,
                "upperLetter": LATIN.upper()}.get(kind)  # fmt: skip
    return alphabet[(number - 1) % len(alphabet)] if alphabet else str(number)


def roman(number: int) -> str:
    """A number in Roman capitals."""
    letters = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        letters += sign * times
    return letters
