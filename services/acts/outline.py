"""The headings of an act, nested: what a reader navigates by."""

from dataclasses import dataclass, field

from services.acts.structure import Unit

_HEADINGS = frozenset(
    {"annex", "book", "section", "subsection", "chapter", "paragraph_unit", "final", "preamble", "article"}
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: `kind`, `number`, `title` as in its `Unit`, the unit's half-open range, what it holds."""

    kind: str
    number: str
    title: str
    start: int
    end: int
    children: "list[Heading]" = field(default_factory=list)


def outline(units: list[Unit]) -> list[Heading]:
    """Return the headings of an act's `units`, outermost first, each with those inside it."""
    roots: list[Heading] = []
    made: dict[int, Heading] = {}
    for unit in units:
        if unit.kind not in _HEADINGS:
            continue
        heading = Heading(unit.kind, unit.number, unit.title, unit.start, unit.end)
        made[id(unit)] = heading
        above = unit.parent
        while above is not None and id(above) not in made:
            above = above.parent
        (made[id(above)].children if above is not None else roots).append(heading)
    return roots
