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
_LONGEST = 40  # characters of a number with what stands around it
_MOST_LETTERS = 3
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


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
        self._shapes: dict[str, dict[int, Any]] = {}
        self._counts: dict[str, list[int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, paragraph: Any) -> str:
        """The number drawn before this paragraph («1.», «а)»), or nothing."""
        number_id, level = self._place(paragraph)
        levels = self._levels(number_id)
        if level not in levels:
            return ""
        counts = self._counts.setdefault(self._abstract_of(number_id), [0] * _LEVELS)
        begins = self._begins_anew(number_id, level)
        if counts[level] == 0 or begins:
            counts[level] = begins or _start(levels[level])
        else:
            counts[level] = min(counts[level] + 1, MOST)
        for deeper in range(level + 1, _LEVELS):
            if _restarts(levels.get(deeper), level):
                counts[deeper] = 0
        return _drawn(levels, level, counts)

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

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """The list and the level of a paragraph: its own or, where it tells only one or none, its style's."""
        name = _child(paragraph.find(f"{W}pPr"), "pStyle")
        own, (style, styled) = paragraph.find(f"{W}pPr/{W}numPr"), self._of_style(name)
        number_id = _child(own, "numId") or _child(styled, "numId")
        level = _child(own, "ilvl") or _child(styled, "ilvl")
        if not level and own is None:
            level = self._level_of_style(number_id, style)
        return number_id, min(int(level), _LEVELS - 1) if level.isdigit() else 0

    def _of_style(self, name: str) -> tuple[str, Any]:
        """The style, or one it is based on, that numbers its paragraphs, and how it does."""
        for _ in range(10):
            style = self._styles.get(name)
            if style is None:
                break
            found = style.find(f"{W}pPr/{W}numPr")
            if found is not None:
                return name, found
            name = _child(style, "basedOn")
        return "", None

    def _level_of_style(self, number_id: str, style: str) -> str:
        """The level that names a style as its own."""
        levels = self._levels(number_id).items()
        return next((str(at) for at, level in levels if style and _child(level, "pStyle") == style), "")

    def _abstract_of(self, number_id: str) -> str:
        """The shape of a list; a shape that only names a style of lists is that style's own."""
        abstract = _child(self._lists.get(number_id), "abstractNumId")
        for _ in range(10):
            linked = self._styles.get(_child(self._abstract.get(abstract), "numStyleLink"))
            if linked is None:
                break
            number = self._lists.get(_child(linked.find(f"{W}pPr/{W}numPr"), "numId"))
            abstract = _child(number, "abstractNumId")
        return abstract

    def _levels(self, number_id: str) -> dict[int, Any]:
        """Shapes of the levels of a list, those that it draws its own way included."""
        if number_id not in self._shapes:
            abstract, own = self._abstract.get(self._abstract_of(number_id)), self._lists.get(number_id)
            nodes = (node for part in (abstract, own) if part is not None for node in part.iter(f"{W}lvl"))
            levels = ((_value(node, "ilvl"), node) for node in nodes)
            self._shapes[number_id] = {
                int(at): node for at, node in levels if at.isdigit() and int(at) < _LEVELS
            }
        return self._shapes[number_id]


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


def _restarts(level: Any, above: int) -> bool:
    """Does a level count anew after a number of the level `above`?"""
    after = _child(level, "lvlRestart")
    return not after.isdigit() or above < int(after)


def _drawn(levels: dict[int, Any], level: int, counts: list[int]) -> str:
    shape, kind = _child(levels[level], "lvlText"), _format(levels[level])
    if kind in ("bullet", "none") or not shape:
        return "-" if kind == "bullet" else ""
    is_legal = levels[level].find(f"{W}isLgl") is not None

    def number(match: "re.Match[str]") -> str:
        at = int(match[1]) - 1
        if at not in levels:
            return str(counts[at] or 1)
        own = "decimal" if is_legal else _format(levels[at])
        return "" if own == "none" else _spelled(counts[at] or _start(levels[at]), own)

    return re.sub(r"%([1-9])", number, shape)[:_LONGEST]


def _format(level: Any) -> str:
    """The kind of a level's numbers; the plain form of one that only new versions of Word know."""
    kinds = (level.find(path) for path in (f"{W}numFmt", f".//{_FALLBACK}/{W}numFmt"))
    return next((_value(kind, "val") for kind in kinds if kind is not None), "decimal")


def _spelled(number: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman"):
        letters = roman(number)
        return letters if kind == "upperRoman" else letters.lower()
    alphabet = {"russianLower": RUSSIAN, "russianUpper": RUSSIAN.upper(), "lowerLetter": LATIN,
                "upperLetter": LATIN.upper()}.get(kind)  # fmt: skip
    if alphabet:
        rounds, letter = divmod(number - 1, len(alphabet))
        return alphabet[letter] * min(rounds + 1, _MOST_LETTERS)
    return f"{number:02}" if kind == "decimalZero" else str(number)


def roman(number: int) -> str:
    """A number in Roman capitals."""
    letters = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        letters += sign * times
    return letters
