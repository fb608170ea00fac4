"""From a reference to the unit it names."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from services.acts.folding import fold_case
from services.acts.references.model import BARE, EXTERNAL, Path, Reference
from services.acts.structure.units import Unit

_ALIKE: dict[str, tuple[str, ...]] = {
    "part": ("part", "point"),
    "point": ("point", "subpoint", "part"),
    "subpoint": ("subpoint", "point"),
    "section": ("section", "chapter", "subsection", "book", "final"),
    "subsection": ("subsection", "chapter", "paragraph_unit", "section"),
    "chapter": ("chapter", "section", "subsection"),
    "paragraph_unit": ("paragraph_unit", "chapter"),
    "book": ("book", "section", "subsection"),
}
"""Kinds that may stand for one another: acts name the same numbered paragraph differently."""

_CLOSING = re.compile(r"(?:прикінцев|перехідн|заключн).*положення")
_OWN_DOCUMENT = (
    "порядк",
    "правил",
    "положен",
    "інструкц",
    "методик",
    "статут",
    "регламент",
    "перелік",
    "кодекс",
)


class Resolver:
    """Finds units of one act by reference; built once, fast for thousands of references."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = units
        self.starts = [unit.start for unit in units]
        self.places: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.indexes = {id(unit): index for index, unit in enumerate(units)}
        for index, unit in enumerate(units):
            self.places[unit.kind, unit.number].append(index)

    def resolve(self, reference: Reference) -> Unit | None:
        """Return the unit `reference` names (the first of a range); None outside this act or if not there."""
        if reference.scope == EXTERNAL or not reference.path:
            return None
        here = self.enclosing(reference.start)
        kind, number = reference.path[0]
        if reference.path[0] == ("annex", "") and reference.noun and reference.scope == BARE:
            document = self._annexed(reference)
            return self._descend(document, reference.path[1:]) if document is not None else None
        if not number and kind not in ("final", "preamble"):
            root = self._nearest(here, kind)
            return self._descend(root, reference.path[1:]) if root is not None else None
        roots = self._roots(here, reference)
        if reference.scope == BARE:
            # «пункт 1» of a treaty is the part of this article before it is a point anywhere else.
            within = next((at for at, root in enumerate(roots) if root and root.kind == "article"), -1)
            unit = self._in_any(roots[: within + 1], reference.path)
            if unit is not None:
                return unit
        return self._in_any(roots, reference.path)

    def _in_any(self, roots: Sequence[Unit | None], path: Path) -> Unit | None:
        """Return the unit by its path from the first of `roots` that has it.

        What is called as it is numbered, however far out, goes before what is only numbered alike.
        """
        for exact in (True, False):
            for root in roots:
                unit = self._descend(root, path, exact)
                if unit is not None:
                    return unit
        return None

    def enclosing(self, offset: int) -> list[Unit]:
        """Return the units that hold `offset`, largest first."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0:
            return []
        return [unit for unit in self.units[index].chain() if unit.start <= offset < unit.end]

    def _nearest(self, here: list[Unit], kind: str) -> Unit | None:
        kinds = _ALIKE.get(kind, (kind,))
        exact = [unit for unit in here if unit.kind == kind]
        alike = [unit for unit in here if unit.kind in kinds]
        return exact[-1] if exact else alike[-1] if alike else None

    def _roots(self, here: list[Unit], reference: Reference) -> list[Unit | None]:
        """Return where to look, in order: None is the whole act."""
        document = here[0] if here and here[0].kind == "annex" else None
        if reference.scope == "self":
            own = document is not None and (
                reference.noun.startswith(_OWN_DOCUMENT) or _calls(reference.noun, document)
            )
            return [document, None] if own else [None, document] if document is not None else [None]
        return [*reversed(here), None]

    def _descend(self, root: Unit | None, path: Path, exact: bool = False) -> Unit | None:
        unit = root
        for kind, number in path:
            unit = self._child(unit, kind, number, exact)
            if unit is None:
                return None
        return unit

    def _child(self, root: Unit | None, kind: str, number: str, exact: bool) -> Unit | None:
        if kind == "final":
            return self._final(number)
        if kind == "indent" and root is not None:
            return self._indent(root, number)
        alikes = _ALIKE.get(kind, (kind,))
        if kind == "point" and "." in number:
            alikes = (*alikes, "chapter")  # «4.1. Назва» above «4.1.1»
        for alike in (kind,) if exact else alikes:
            found = self._first(root, alike, number)
            if found is not None and (alike == kind or root is None or found.parent is root):
                return found
        if kind == "note" and root is not None:
            return self._first(root, "note", "")
        if kind in ("point", "part") and root is not None and root.kind == "article":
            # A treaty calls «2.9» of its article 2 «пункт 9», and «2.9.1» «пункт 9.1».
            return self._first(root, "point", f"{root.number}.{number}") or self._first(
                root, "subpoint", f"{root.number}.{number}"
            )
        return None

    def _first(self, root: Unit | None, kind: str, number: str) -> Unit | None:
        """Return the first unit of that kind and number inside `root`, or of the act itself, annexes last."""
        places = self.places.get((kind, number), [])
        if root is not None:
            at = bisect_left(places, self.indexes[id(root)] + 1)
            unit = self.units[places[at]] if at < len(places) else None
            return unit if unit is not None and unit.start < root.end else None
        found = (self.units[place] for place in places)
        own = next((unit for unit in found if kind == "annex" or unit.chain()[0].kind != "annex"), None)
        return own if own is not None or not places else self.units[places[0]]

    def _indent(self, root: Unit, number: str) -> Unit | None:
        """Return the n-th paragraph of a unit: any line of its text counts, a numbered one too."""
        found = self._first(root, "indent", number)
        if found is not None and found.parent is root:
            return found
        if not number.isdigit():
            return None
        lines: list[Unit] = [] if root.kind == "article" else [root]
        index = bisect_left(self.starts, root.start)
        while index < len(self.units) and self.starts[index] < root.end and len(lines) < int(number):
            unit = self.units[index]
            if unit is not root and unit.end <= root.end and not (lines and lines[-1].start == unit.start):
                lines.append(unit)
            index += 1
        return lines[-1] if lines and len(lines) == int(number) else None

    def _annexed(self, reference: Reference) -> Unit | None:
        """Return the document below the reference whose title is most like its name."""
        words = _stems(reference.noun)
        best, likeness = None, 0
        for unit in self.units:
            if unit.kind == "annex" and unit.start > reference.start:
                alike = len(words & _stems(fold_case(unit.title)))
                if alike > likeness:
                    best, likeness = unit, alike
        return best

    def _final(self, name: str) -> Unit | None:
        """Return the closing provisions called `name` («перехідні»), any where none is called so."""
        closing = [
            unit
            for unit in self.units
            if unit.kind == "final"
            or (unit.kind in ("section", "chapter") and _CLOSING.match(unit.title.lower()))
        ]
        named = (unit for unit in closing if unit.title.lower().startswith(name))
        return next(named, closing[0] if closing else None)


def _calls(noun: str, document: Unit) -> bool:
    """Tell whether the title of an approved document begins with the word by which a reference calls it."""
    return len(noun) >= _STEM and fold_case(document.title[:_STEM]) == noun[:_STEM]


def _stems(name: str) -> set[str]:
    """Return the beginnings of the words of a name: the cases of «переліком» and «ПЕРЕЛІК» apart."""
    return {word[:_STEM] for word in re.findall(r"[\w']+", name) if len(word) >= _STEM}


_STEM = 5  # letters


_latest: list[Resolver] = []


def resolve(reference: Reference, units: list[Unit]) -> Unit | None:
    """Return the unit of `units` that `reference` names, or None: another act, or no such unit here.

    The index over `units` is kept for the next call with the same list; a changed act is a new list.
    """
    if not _latest or _latest[-1].units is not units:
        _latest[:] = [Resolver(units)]
    return _latest[-1].resolve(reference)
