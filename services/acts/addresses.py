"""Legal addresses: where in an act an offset stands, as a lawyer writes it («ст. 19 ч. 2 п. 3»)."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from services.acts.structure import Unit

_SHORT = {
    "book": "кн.",
    "section": "розд.",
    "subsection": "підрозд.",
    "chapter": "гл.",
    "paragraph_unit": "§",
    "article": "ст.",
    "part": "ч.",
    "point": "п.",
    "subpoint": "пп.",
    "indent": "абз.",
    "note": "прим.",
    "annex": "додаток",
}
_ABOVE_ARTICLE = frozenset({"book", "section", "subsection", "chapter", "paragraph_unit"})


class Addresses:
    """Addresses in one act: built once over its units, each answer found by bisection."""

    def __init__(self, units: list[Unit]) -> None:
        self._units = units
        self._starts = [unit.start for unit in units]
        self._parts = Counter(id(unit.parent) for unit in units if unit.kind == "part")
        self._known: dict[int, str] = {}

    def of(self, start: int) -> str:
        """Return the address of the offset `start`; empty for a title block or what no unit holds."""
        index = bisect_right(self._starts, start) - 1
        unit = self._units[index] if index >= 0 else None
        while unit is not None and unit.end <= start:
            unit = unit.parent
        return self.of_unit(unit) if unit is not None else ""

    def of_unit(self, unit: Unit) -> str:
        """Return the address of a unit of the act."""
        key = id(unit)
        if key not in self._known:
            self._known[key] = self._compose(unit)
        return self._known[key]

    def _compose(self, unit: Unit) -> str:
        chain = unit.chain()
        if any(step.kind == "article" for step in chain):
            chain = [step for step in chain if step.kind not in _ABOVE_ARTICLE]
        return " ".join(word for step in chain if (word := self._word(step)))

    def _word(self, unit: Unit) -> str:
        if unit.kind == "preamble":
            return "преамбула"
        if unit.kind == "final" or (unit.kind == "annex" and not unit.number):
            return _name(unit)
        if unit.kind == "book" and unit.number in ("загальна", "особлива"):
            return f"{unit.number.capitalize()} частина"
        if unit.kind == "indent" and unit.number == "1":
            return ""
        if unit.kind == "part" and unit.number == "1" and self._parts[id(unit.parent)] == 1:
            return ""
        return f"{_SHORT[unit.kind]} {unit.number}".rstrip()


def written(path: Iterable[tuple[str, str]]) -> str:
    """Return the address that a reference gives by (kind, number) pairs; what has no number is left out."""
    return " ".join(f"{_SHORT[kind]} {number}" for kind, number in path if number and kind in _SHORT)


def _name(unit: Unit) -> str:
    """Return what a document or a part without a number is called: «Порядок», «Прикінцеві положення»."""
    title = unit.title.strip()
    if unit.kind == "final":
        return title.capitalize() or "прикінцеві положення"
    word = title.split()[0].strip(",.:") if title else ""
    return word.capitalize() or "додаток"


def address(units: list[Unit], start: int) -> str:
    """Return the address of one offset; for many offsets of an act build `Addresses` once."""
    return Addresses(units).of(start)
