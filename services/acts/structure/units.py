"""The unit of an act: what a reference, an address and a passage point at."""

from dataclasses import dataclass, field

KINDS = (
    "annex",
    "book",
    "section",
    "subsection",
    "chapter",
    "paragraph_unit",
    "final",
    "preamble",
    "article",
    "note",
    "part",
    "point",
    "subpoint",
    "indent",
)
"""Every kind of unit, from the largest to the smallest."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of an act's structure.

    `start` is the first character of the unit's line, its marker included; `end` (exclusive) takes its
    descendants in; both are code points of the act. `number` is spelled as `numbers.normal` does; an
    implicit part or indent is numbered by position. `title` is empty where the act gives none.
    """

    kind: str
    number: str
    title: str
    start: int
    end: int
    parent: "Unit | None" = field(default=None, repr=False, compare=False)

    def chain(self) -> "list[Unit]":
        """Return the unit and what encloses it, largest first."""
        units: list[Unit] = []
        unit: Unit | None = self
        while unit is not None:
            units.append(unit)
            unit = unit.parent
        return units[::-1]
