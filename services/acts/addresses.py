"""Legal addresses: where in an act an offset stands, as a lawyer writes it («ст. 19 ч. 2 п. 3»)."""

from bisect import bisect_right
from collections import Counter, defaultdict
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
_MAX_WORDS = 8  # of a title, by which a document is told from others
_MAX_ALIKE = 50  # documents of one name that are told apart
_ABOVE_ARTICLE = frozenset({"book", "section", "subsection", "chapter", "paragraph_unit"})


class Addresses:
    """Addresses in one act: built once over its units, each answer found by bisection."""

    def __init__(self, units: list[Unit]) -> None:
        self._units = units
        self._starts = [unit.start for unit in units]
        self._parts = Counter(id(unit.parent) for unit in units if unit.kind == "part")
        self._documents = _documents([unit for unit in units if unit.kind == "annex"])
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
        inner = [*chain[1:], None]
        return " ".join(
            word
            for step, below in zip(chain, inner, strict=True)
            if not _says_again(step, below) and (word := self._word(step))
        )

    def _word(self, unit: Unit) -> str:
        if unit.kind == "preamble":
            return "преамбула"
        if unit.kind == "annex":
            return self._documents[id(unit)]
        if unit.kind == "final":
            return unit.title.strip().capitalize() or "прикінцеві положення"
        if unit.kind == "book" and unit.number in ("загальна", "особлива"):
            return f"{unit.number.capitalize()} частина"
        if unit.kind == "indent" and unit.number == "1":
            return ""
        if unit.kind == "part" and unit.number == "1" and self._parts[id(unit.parent)] == 1:
            return ""
        return _numbered(unit.kind, unit.number)


def written(path: Iterable[tuple[str, str]]) -> str:
    """Return the address that a reference gives by (kind, number) pairs; what has no number is left out."""
    return " ".join(_numbered(kind, number) for kind, number in path if number and kind in _SHORT)


def _numbered(kind: str, number: str) -> str:
    if kind == "annex":
        number = number.upper()
    letter = number[:1].isalpha() and number[:1].islower()
    return f"{_SHORT[kind]} {f'«{number}»' if letter else number}".rstrip()


def _says_again(unit: Unit, below: Unit | None) -> bool:
    """Tell whether the number of the point below holds this one's: «п. 2.4» of «п. 2»."""
    return below is not None and below.kind == unit.kind and below.number.startswith(f"{unit.number}.")


def _documents(annexes: list[Unit]) -> dict[int, str]:
    """Return what each annexed or approved document is called, by the identity of its unit.

    «додаток 2»; «Порядок», or «Порядок ведення» where another Порядок is approved too; annexes of the same
    number are told apart by the document they stand below: «Порядок додаток 1».
    """
    groups: dict[str, list[Unit]] = defaultdict(list)
    for unit in annexes:
        groups[unit.number or _name(unit, 1)].append(unit)
    names: dict[int, str] = {}
    document = ""
    for unit in annexes:
        if not unit.number:
            document = names[id(unit)] = _told_apart(unit, groups[_name(unit, 1)])
        elif len(groups[unit.number]) > 1:
            names[id(unit)] = f"{document} {_numbered('annex', unit.number)}".lstrip()
        else:
            names[id(unit)] = _numbered("annex", unit.number)
    return names


def _told_apart(unit: Unit, alike: list[Unit]) -> str:
    """Return as few words of a document's title as no other begins with, or its first and which it is."""
    if len(alike) > _MAX_ALIKE:
        return _name(unit, 1)
    for words in range(1, _MAX_WORDS + 1):
        if all(other is unit or _name(other, words) != _name(unit, words) for other in alike):
            return _name(unit, words)
    return f"{_name(unit, 1)} ({alike.index(unit) + 1})"


def _name(unit: Unit, words: int) -> str:
    """Return the first words of the title of a document without a number: «Порядок»."""
    title = (unit.title.lower() if unit.title.isupper() else unit.title).split()[:words]
    if not title:
        return _SHORT["annex"]
    return " ".join([title[0].capitalize(), *title[1:]]).rstrip(",.:;")


def address(units: list[Unit], start: int) -> str:
    """Return the address of one offset; for many offsets of an act build `Addresses` once."""
    return Addresses(units).of(start)
