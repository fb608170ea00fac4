"""Indices raised by characters of their own: «Стаття 19¹» is 19-1, while «10³» and «м²» stay."""

import re

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(_RAISED, "0123456789")
_INDEX = re.compile(rf"(?<=[\dIVXІХ])[{_RAISED}]+")
_ANY = re.compile(rf"[\dIVXІХ][{_RAISED}]")
_UNIT = (
    r"(?:(?:[Сс]тат|[Чч]астин|[Пп]ункт|[Пп]ідпункт|[Аа]бзац|[Рр]озділ|[Пп]ідрозділ|[Гг]лав|[Пп]араграф|[Кк]ниг|"
    r"[Дд]одат|СТАТ|РОЗДІЛ|ГЛАВ)[А-Яа-яІіЇїЄєҐґ'’]*|[Сс]т\.|[Чч]\.|[Пп]{1,2}\.|[Аа]бз\.|§)"
)
_NUMBER = rf"[\dIVXІХ.]+[{_RAISED}]*"
_JOIN = r"(?:,[ ]?|[ ]?[-–—][ ]?|[ ](?:і|й|та|або|чи)[ ])"
_LISTED = re.compile(rf"(?<!\w){_UNIT}[ \u00a0№]*\"?{_NUMBER}(?:{_JOIN}{_NUMBER}){{0,40}}")
_HEADS_A_LINE = re.compile(rf"^[ \"“„«(]*\d+[{_RAISED}]+(?=[.)])", re.MULTILINE)


def with_hyphens(text: str) -> str:
    """Return `text` with the raised indices of units written as `19-1`: after the unit's name, in a list
    of such numbers, or before a paragraph. Raised digits after anything else are left as they are."""
    if _ANY.search(text) is None:
        return text
    return _HEADS_A_LINE.sub(_lowered, _LISTED.sub(_lowered, text))


def _lowered(match: "re.Match[str]") -> str:
    return _INDEX.sub(lambda index: f"-{index[0].translate(_DIGITS)}", match[0])
