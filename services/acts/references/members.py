"""Numbers of the units a phrase names: «пунктами 1, 3-1 та 5», «частинами першою - третьою»."""

import re
from typing import NamedTuple

from services.acts.references import grammar
from services.acts.unit_numbers import ORDINAL, normal

_ORDINAL = re.compile(ORDINAL)


class Member(NamedTuple):
    """One number, or range, of a list: `number` is that of the unit, the first of a range.

    `part` is the first of its parts where brackets name them: «147 (частина перша)».
    """

    number: str
    start: int
    end: int
    part: str = ""


class NumberReader:
    """Reads lists of numbers in one text: `low` and `folded` are it, folded, in lower and in its own case."""

    def __init__(self, low: str, folded: str) -> None:
        self.low = low
        self.folded = folded

    def read(self, at: int, kind: str, singular: bool) -> list[Member]:
        """Return the members of the list of numbers that begins at `at`, empty where none does."""
        members: list[Member] = []
        letter = grammar.ANNEX_LETTER.match(self.low, at) if kind == "annex" else None
        if letter is not None and not grammar.ROMAN_NUMBER.fullmatch(letter["number"]):
            start = letter.start("number")
            return [Member(normal(letter["number"]), start, letter.end())] if self._is_capital(start) else []
        match = grammar.FIRST.match(self.low, at)
        if match is not None and self._heads_a_line(match):
            return []  # «ІІ. Підрозділи⏎2.8. …»
        while match is not None and self._is_number(match, kind):
            start = match.start("number")
            number = self._first(match["number"], start, singular)
            members.append(self._member(number, start, match.end(), kind))
            match = grammar.MORE.match(self.low, members[-1].end)
            if match is not None and self._heads_a_line(match):
                break  # «… додатком 1;⏎2) інших» is the next item of a list, not of this one
        return members

    def _member(self, number: str, start: int, end: int, kind: str) -> Member:
        parts = grammar.PARTS_IN_BRACKETS.match(self.low, end) if kind == "article" else None
        return Member(number, start, parts.end() if parts else end, normal(parts["part"]) if parts else "")

    def _heads_a_line(self, match: "re.Match[str]") -> bool:
        """Tell whether a number is that of the paragraph below."""
        return "\n" in match[0] and grammar.ITEM.match(self.low, match.start("number")) is not None

    def _is_capital(self, at: int) -> bool:
        return self.folded[at].isupper()

    def _is_number(self, match: "re.Match[str]", kind: str) -> bool:
        number, start = match["number"], match.start("number")
        if grammar.ROMAN_NUMBER.fullmatch(number):
            return self._is_capital(start) and kind not in ("part", "point", "subpoint", "indent")
        return not (number.endswith(")") and kind not in ("point", "subpoint"))

    def _first(self, written: str, start: int, singular: bool) -> str:
        """Return the first number of «статтях 301-1-303» (301-1), «статтями 253-255» (253), «пункту 3-8»."""
        own_case = self.folded[start : start + len(written)]
        if grammar.ROMAN_NUMBER.fullmatch(written):
            return normal(own_case)
        if not written[0].isdigit():
            return normal(written.strip("() "))
        head, *rest = re.split(r"[ ]?-[ ]?", own_case)
        if not rest or "." in rest[0]:
            return head
        index = rest[0]
        is_index = singular or not index.isdigit() or "." in head or int(index) < int(head)
        return f"{head}-{index}" if is_index else head

    def ordinals(self, start: int, end: int) -> list[Member]:
        """Return the members of «першою та другою» before the word for the unit."""
        words = _ORDINAL.finditer(self.low, start, end)
        return [Member(normal(word[0]), word.start(), word.end()) for word in words]
