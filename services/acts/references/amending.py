"""References of an act that changes others: what names no act is part of the one that is being changed.

«6. Внести зміни до таких законодавчих актів: 1) у Кодексі законів про працю: статтю 38 після …»: article 38
is the code's. So is «цього Кодексу» in the new text that is quoted.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from services.acts.references import grammar
from services.acts.references.model import EXTERNAL, SELF, Path, Reference
from services.acts.structure.lines import Line, read
from services.acts.structure.markers import heading, marker, roman_dot
from services.acts.unit_numbers import sort_key

_MAY_CHANGE = re.compile(r"[ву]нести|внос[яи]ться", re.IGNORECASE)
_OBJECT = r"(?:акт|закон|кодекс|постанов|наказ|указ|розпоряджен|рішен|положен|порядк|правил|інструкц|статут)"
_LEAD_IN = re.compile(
    rf"[ву]нести(?!\w)[^\n]{{0,1500}}?(?:змін[иу]|доповнення)(?!\w)[^\n]*:$"
    rf"|до[ ][^\n]{{0,1500}}?{_OBJECT}[^\n]{{0,1500}}?[ву]нести(?!\w)[^\n]{{0,60}}?змін[иу](?!\w)[^\n]*:$",
    re.IGNORECASE,
)
_NAMES_ACTS = re.compile(_OBJECT, re.IGNORECASE)
_TITLE = re.compile(
    r"(?:змін[аи]|зміни (?:та|і|й) доповнення),?(?:$|[ ](?:до|що|які)(?!\w)[^\n]{0,600}(?<![.;:])$)",
    re.IGNORECASE,
)
_ANNEXED = re.compile(r"дода[єю]ться\.?$")
# What stands right before the name of the act that is changed.
_OWNS = re.compile(r"(?:^|(?<!\w)(?:[ув]|до|затверджен(?:ого|ої|их|ому|ій))[ ])$", re.IGNORECASE)
_RANKS = {"dot": 2.0, "multi": 3.0, "paren": 4.0, "letter": 5.0}
_TITLE_RANK, _ARTICLE_RANK, _SECTION_RANK, _NO_RANK = -1.0, 0.0, 1.0, 1.5
_UNNUMBERED, _ROW_IN_ROW = 0.5, 0.25  # how much farther in than the number above
_NAMED_WITHIN = 700  # characters of a line in which the act to be changed is named
_TITLE_LINES = 4
_HEAD_LINES = 12  # lines between «ЗАТВЕРДЖЕНО» and the title of what is approved


class _Change(NamedTuple):
    """What a line changes: the act as written, empty where it is not named, and the unit in it."""

    act: str
    path: Path = ()


class _Number(NamedTuple):
    """How a line is numbered: how far out, the number, and where the text after it begins."""

    rank: float | None
    value: tuple[int, ...]
    rest: int


@dataclass(slots=True)
class _Level:
    """An open level of a list of changes."""

    rank: float
    value: tuple[int, ...]
    change: _Change


def assigned(text: str, found: list[Reference]) -> list[Reference]:
    """Return `found` (in order) with those of changes to another act assigned to that act.

    They become external; `target_act` is empty where the act is not named. Their path begins with the unit
    that is being changed: «у статті 7: у частині першій …».
    """
    if _MAY_CHANGE.search(text) is None:
        return found
    reader = _Changes(read(text).lines, found)
    return [reader.owned(reference) for reference in found]


class _Changes:
    """Goes through the lines of an act once and keeps, for each line of a change, what it changes."""

    def __init__(self, lines: Sequence[Line], found: Sequence[Reference]) -> None:
        self.lines = lines
        self.starts = [line.start for line in lines]
        self.found = found
        self.levels: list[_Level] = []
        self.annexed = ""  # the act in «Внести до … зміни, що додаються»
        self.approved = -_HEAD_LINES  # the line where the last annex begins
        self.changes: dict[int, _Change] = dict(self._read())
        self.at, self.path = -1, Path()

    def owned(self, reference: Reference) -> Reference:
        """Return a reference as it is, or as one to the act that its line changes; to be asked in order."""
        index = bisect_right(self.starts, reference.start) - 1
        change = self.changes.get(index)
        if change is None:
            return reference
        if index != self.at:
            self.at, self.path = index, change.path
        line = self.lines[index]
        new_text = line.quoted or _is_quoted(line, reference.start)
        if reference.scope == EXTERNAL or (reference.scope == SELF and not new_text):
            if reference.target_act == change.act and reference.path and not new_text:
                self.path = reference.path
            return reference
        path = reference.path
        if reference.scope != SELF and not line.quoted:
            path = _inside(self.path, path)
            self.path = self.path if new_text else path
        return replace(reference, scope=EXTERNAL, target_act=change.act, path=path)

    def _read(self) -> Iterator[tuple[int, _Change]]:
        for index, line in enumerate(self.lines):
            if line.is_note:
                continue
            above = self.levels[-1].change if self.levels else None
            if not line.quoted:
                above = self._level(index, line)
            if self.levels and above is not None:
                yield index, above

    def _level(self, index: int, line: Line) -> _Change | None:
        """Open or close levels at a line of the act itself; return what stands above its references."""
        number = _number(line)
        if number.rank is not None and number.rank < _TITLE_RANK:
            self.approved = index
        if self.levels and self._is_over(number):
            self.levels = []
        if _ANNEXED.search(line.text) and _MAY_CHANGE.search(line.text):
            self.annexed = self._act(index)
        if _TITLE.match(line.text) and (line.text.isupper() or index - self.approved <= _HEAD_LINES):
            titled = (self._act(at) for at in range(index, min(len(self.lines), index + _TITLE_LINES)))
            act = next(filter(None, titled), self.annexed)
            self.levels = [_Level(_TITLE_RANK, (), _Change(act))]
        elif not self.levels and _LEAD_IN.match(line.text, number.rest) and _NAMES_ACTS.search(line.text):
            rank = _NO_RANK if number.rank is None else number.rank
            self.levels = [_Level(rank, number.value, _Change(self._act(index)))]
        elif self.levels:
            return self._nested(index, number)
        return self.levels[-1].change if self.levels else None

    def _is_over(self, number: _Number) -> bool:
        """Tell whether a line with this number ends the list: farther out, or the next of its row."""
        first = self.levels[0]
        if number.rank is None:
            return False
        return number.rank < first.rank or (number.rank == first.rank and number.value > first.value)

    def _nested(self, index: int, number: _Number) -> _Change:
        """Open a level at a line inside a list; return what stands above it."""
        rank = self._rank(number)
        first, *nested = self.levels
        self.levels = [first, *(level for level in nested if level.rank < rank)]
        above = self.levels[-1].change
        same = next((level.change for level in nested if level.rank == rank and number.rank is None), above)
        act = self._act(index)
        leads_in = self.lines[index].text.endswith(":")
        if number.rank is not None or act or leads_in:
            path = _inside(() if act else same.path, self._path(index)) if act or leads_in else above.path
            self.levels.append(_Level(rank, number.value, _Change(act or same.act, path)))
        elif same is not above:
            self.levels.append(_Level(rank, (), same))
        return _Change(act) if act else same

    def _rank(self, number: _Number) -> float:
        """Return how far in a line stands: an unnumbered one and a row that begins anew inside another."""
        if number.rank is None:
            return (
                max(_NO_RANK, *(one.rank for one in self.levels if one.rank % 1 != _UNNUMBERED)) + _UNNUMBERED
            )
        outer = [one for one in self.levels if one.rank == number.rank and one.value > number.value]
        return number.rank + _ROW_IN_ROW if outer else number.rank

    def _own(self, index: int) -> Iterator[Reference]:
        """The references at the beginning of a line, outside quotes."""
        line = self.lines[index]
        at = bisect_right(self.found, line.start - 1, key=lambda reference: reference.start)
        for place in range(at, len(self.found)):
            reference = self.found[place]
            if reference.start >= min(line.end, line.start + _NAMED_WITHIN):
                return
            if not _is_quoted(line, reference.start):
                yield reference

    def _act(self, index: int) -> str:
        """Return the act that a line names as the one to be changed, empty where it names none."""
        named = [reference for reference in self._own(index) if reference.target_act]
        line, rest = self.lines[index], _number(self.lines[index]).rest if named else 0
        return next((one.target_act or "" for one in named if _is_owner(line, rest, one)), "")

    def _path(self, index: int) -> Path:
        """Return the path of the first unit that a line names."""
        return next((reference.path for reference in self._own(index) if reference.path), ())


def _inside(above: Path, path: Path) -> Path:
    """Return a path with the larger units of another before it: part 1, after «у статті 7:»."""
    if not path or path[0][0] == "article":
        return path or above
    largest = grammar.RANK[path[0][0]]
    return (*(unit for unit in above if grammar.RANK[unit[0]] > largest), *path)


def _number(line: Line) -> _Number:
    named = heading(line.text)
    if named is not None and named.kind in ("annex", "approved"):
        return _Number(_TITLE_RANK - 1, (), len(line.text))
    if named is not None and named.kind != "note":
        rank = _ARTICLE_RANK if named.kind == "article" else _ARTICLE_RANK - 0.5
        return _Number(rank, sort_key(named.number), max(named.rest, 0))
    section = roman_dot(line.text)
    if section is not None:
        return _Number(_SECTION_RANK, sort_key(section.number), section.rest)
    mark = marker(line.text)
    if mark is None:
        return _Number(None, (), 0)
    return _Number(_RANKS[mark.style], sort_key(mark.number), mark.rest)


def _is_owner(line: Line, rest: int, reference: Reference) -> bool:
    """Tell whether a reference that names an act says what is changed: «у Законі …», «статтю 5 Закону …».

    `rest` is where the text of the line begins after its number.
    """
    before = line.text[rest : max(0, reference.start - line.start)]
    return bool(reference.path) or _OWNS.search(before) is not None


def _is_quoted(line: Line, offset: int) -> bool:
    """Tell whether a place of a line stands inside quotes: their number before it is odd."""
    return line.text.count('"', 0, max(0, offset - line.start)) % 2 == 1
