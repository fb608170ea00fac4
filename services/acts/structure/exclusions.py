"""Editorial notes that say that a unit was excluded: it keeps its number though its text is gone."""

import re
from dataclasses import dataclass

from services.acts.unit_numbers import ORDINAL, normal

_NUMBER = rf"(?:\d+(?:\.\d+)*(?:-\d+)?|\"[а-яіїєґ](?:-\d+)?\"|{ORDINAL})"
_JOIN = r"(?:[ ]?,[ ]|[ ](?:та|і|й)[ ]|[ ]?-[ ]?)"
_EXCLUDED = re.compile(
    rf"\{{\s*(?P<unit>абзац|частин|пункт|підпункт|статт)[а-яіїє]*[ ]+"
    rf"(?P<numbers>{_NUMBER}(?:{_JOIN}{_NUMBER}){{0,20}})"
    rf"(?:[ ]+(?:абзацу|підпункту|пункту|частини|статті)[ ]+(?P<owner>{_NUMBER}))?[^{{}}]{{0,160}}?виключ"
)
_UNNUMBERED = re.compile(
    rf"\{{\s*(?P<unit>абзац|частину)[ ]+(?:підпункту|пункту|частини|статті)[ ]+(?P<owner>{_NUMBER})"
    r"[^{}]{0,160}?виключ"
)
_ONE = re.compile(_NUMBER)
_RANGE = re.compile(r"[ ]?-[ ]?")
_KINDS = {"абзац": "indent", "частин": "part", "пункт": "point", "підпункт": "subpoint", "статт": "article"}
_MAX_RANGE = 40


@dataclass(frozen=True, slots=True)
class Excluded:
    """The units a note excludes: `kind`, `numbers`, and the number of the unit they were in, if named.

    Without numbers it is the unit whose turn it is: other units took its number since.
    """

    kind: str
    numbers: tuple[str, ...]
    owner: str


def excluded(note: str) -> Excluded | None:
    """Return what a note, folded, excludes: «{Частину четверту статті 22 виключено …}»; None if nothing."""
    low = note.lower()
    match = _EXCLUDED.match(low)
    if match is None:
        unnumbered = _UNNUMBERED.match(low)
        if unnumbered is None:
            return None
        return Excluded(_KINDS[unnumbered["unit"][:6]], (), normal(unnumbered["owner"]))
    owner = normal(match["owner"]) if match["owner"] else ""
    return Excluded(_KINDS[match["unit"]], _numbers(match["numbers"]), owner)


def _numbers(written: str) -> tuple[str, ...]:
    numbers: list[str] = []
    end = 0
    for match in _ONE.finditer(written):
        number = normal(match[0])
        if (
            numbers
            and _RANGE.fullmatch(written[end : match.start()])
            and numbers[-1].isdigit()
            and number.isdigit()
        ):
            numbers += [
                str(n) for n in range(int(numbers[-1]) + 1, min(int(number), int(numbers[-1]) + _MAX_RANGE))
            ]
        numbers.append(number)
        end = match.end()
    return tuple(numbers)
