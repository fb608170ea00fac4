"""References as links: into the act itself, or to another act by its identifier."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.acts.notes import find_notes
from services.acts.references.finder import find
from services.acts.references.model import SELF, Path
from services.acts.references.resolver import Resolver
from services.acts.references.targets import identify
from services.acts.structure.units import Unit


@dataclass(frozen=True, slots=True)
class Link:
    """A reference that leads somewhere.

    `start`, `end`: half-open code points of the phrase. `unit`: the unit of the same act it leads to, or
    None; `number`: else the identifier of the other act, with the `path` to look for in it.
    """

    start: int
    end: int
    unit: Unit | None
    number: str | None
    path: Path


def links(
    text: str, units: list[Unit], titles: Mapping[str, str] | None = None, own: str | None = None
) -> list[Link]:
    """Return the links of an act in order of `start`; references that lead nowhere are left out.

    `units` is the structure of `text`, `own` the act's identifier: a code that names itself means itself;
    `titles` as for `identify`. Editorial notes link to the acts they name, but not to where they stand.
    """
    resolver = Resolver(units)
    notes = find_notes(text)
    starts = [start for start, _ in notes]
    found: list[Link] = []
    for reference in find(text):
        note = bisect_right(starts, reference.start) - 1
        in_note = note >= 0 and reference.start < notes[note][1]
        number = identify(reference.target_act, titles) if reference.target_act else None
        if number is not None and number == own:
            reference, number = replace(reference, scope=SELF), None
        unit = None if in_note else resolver.resolve(reference)
        if unit is not None or number is not None:
            found.append(Link(reference.start, reference.end, unit, number, reference.path))
    return found
