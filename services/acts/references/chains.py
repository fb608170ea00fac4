"""Chains of units: «підпункт "б" пункту 2 частини першої статті 10»."""

import re
from dataclasses import dataclass, field

from services.acts.references import grammar
from services.acts.references.documents import approved_here_at, owner_at
from services.acts.references.members import Member, NumberReader
from services.acts.references.mentions import abbreviated_at, named_at, treaty_at
from services.acts.references.model import BARE, EXTERNAL, SELF
from services.acts.unit_numbers import normal

_NEEDS_NO_NUMBER = frozenset({"note", "preamble", "annex"})
_TO = re.compile(r"[ \n]+до[ \n]+(?!\w*[ \n]*%)")


@dataclass(slots=True)
class Chain:
    """A chain as read: `levels` from the smallest unit to the largest, numbers of the first target.

    `lists` holds the members of the levels that name more than one unit, by kind.
    """

    start: int
    end: int
    levels: list[tuple[str, str]] = field(default_factory=list)
    lists: dict[str, list[Member]] = field(default_factory=dict)
    scope: str = BARE
    target: tuple[int, int] | None = None
    noun: str = ""

    @property
    def largest(self) -> int:
        return max((grammar.RANK[kind] for kind, _ in self.levels), default=-1)


class ChainReader:
    """Reads chains in one text. `low` and `folded` are the folded text in lower and in its own case."""

    def __init__(self, low: str, folded: str) -> None:
        self.low = low
        self.folded = folded
        self.numbers = NumberReader(low, folded)

    def read(self, position: int) -> Chain | None:
        """Return the chain that begins at `position`, or None when no numbered unit does."""
        chain = Chain(position, position)
        at: int | None = position
        while at is not None:
            end = self._level(chain, at)
            if end is None:
                break
            chain.end = end
            if len(chain.levels) == 1:
                self._down(chain)
            at = self._next(chain)
        if not chain.levels:
            return None
        self._ending(chain)
        return None if self._is_plain_speech(chain) else chain

    def _is_plain_speech(self, chain: Chain) -> bool:
        """Tell whether the chain only counts: «друга частина строку», unlike «другої частини цієї статті»."""
        alone = len(chain.levels) == 1 and chain.scope == BARE and chain.levels[0][0] != "sentence"
        return alone and grammar.BEFORE_ORDINAL.match(self.low, chain.start) is not None

    def _level(self, chain: Chain, at: int) -> int | None:
        """Add the unit named at `at`; return its end, None if there is none or it does not fit."""
        special = grammar.SPECIAL.match(self.low, at)
        if special is not None:
            return self._add(chain, *_special(special), special.end())
        before = grammar.BEFORE_ORDINAL.match(self.low, at)
        unit = grammar.UNIT.match(self.low, before.end() if before else at)
        if unit is None:
            return None
        kind = str(unit.lastgroup)
        if before is not None:
            return self._add(chain, kind, self.numbers.ordinals(*before.span()), unit.end())
        members = self.numbers.read(unit.end(), kind, grammar.is_singular(unit[0]))
        if not members:
            return (
                self._add(chain, kind, "", unit.end()) if kind in _NEEDS_NO_NUMBER and chain.levels else None
            )
        end = members[-1].end
        if members[-1].number[0].isdigit():
            kind, end = self._in_brackets(chain, kind, end)
            if members[0].part and len(members) == 1 and chain.largest < grammar.RANK["part"]:
                chain.levels.append(("part", members[0].part))
        return self._add(chain, kind, members, end)

    def _in_brackets(self, chain: Chain, kind: str, at: int) -> tuple[str, int]:
        """Take in the smaller unit in brackets at `at`: «пункту 9.9 ("в")», «підпункту 2(b)», «статті 8(1)».

        Return the kind of what stands before the brackets, and the end.
        """
        part = grammar.PART_IN_BRACKETS.match(self.low, at) if kind == "article" else None
        if part is not None and chain.largest < grammar.RANK["part"]:
            chain.levels += [("subpoint", normal(part["letter"]))] if part["letter"] else []
            chain.levels.append(("part", part["part"]))
            return kind, part.end()
        if chain.levels:
            return kind, at
        letters = grammar.LETTERS_IN_BRACKETS.match(self.low, at)
        if letters is None or kind not in ("point", "subpoint", "article"):
            return kind, at
        chain.levels.append(("subpoint", normal(letters["number"])))
        return "point" if kind == "subpoint" else kind, letters.end()

    def _down(self, chain: Chain) -> None:
        """Take in the smaller units that follow the largest: «ст. 19 ч. 2 п. 3»."""
        while not chain.lists and (gap := grammar.DOWN.match(self.low, chain.end)) is not None:
            unit = grammar.UNIT.match(self.low, gap.end())
            kind = str(unit.lastgroup) if unit else ""
            if unit is None or grammar.RANK[kind] >= grammar.RANK[chain.levels[0][0]]:
                return
            members = self.numbers.read(unit.end(), kind, grammar.is_singular(unit[0]))
            if not members or self._is_in_larger(kind, members[-1].end):
                return
            chain.levels.insert(0, (kind, members[0].number))
            chain.end = members[-1].end
            if len(members) > 1:
                chain.lists[kind] = members

    def _is_in_larger(self, kind: str, at: int) -> bool:
        """Tell whether a larger unit follows: in «підрозділу 4 § 1 глави 8» the § begins another chain."""
        gap = grammar.GAP.match(self.low, at)
        unit = grammar.UNIT.match(self.low, gap.end()) if gap else None
        return unit is not None and grammar.RANK[str(unit.lastgroup)] > grammar.RANK[kind]

    def _add(self, chain: Chain, kind: str, numbers: str | list[Member], end: int) -> int | None:
        if (
            chain.levels
            and grammar.RANK[kind] <= grammar.RANK[chain.levels[-1][0]]
            and not _nests(chain.levels, kind)
        ):
            return None
        if isinstance(numbers, str):
            chain.levels.append((kind, numbers))
            return end
        chain.levels.append((kind, numbers[0].number))
        if len(numbers) > 1:
            chain.lists[kind] = numbers
        return end

    def _next(self, chain: Chain) -> int | None:
        """Return where the next, larger unit of the chain may begin."""
        kind = chain.levels[-1][0]
        title = (
            grammar.QUOTED_TITLE.match(self.low, chain.end)
            if kind in ("section", "subsection", "chapter")
            else None
        )
        end = title.end() if title else chain.end
        if kind in ("note", "annex") and (to := _TO.match(self.low, end)):
            return to.end()
        gap = grammar.GAP.match(self.low, end) or grammar.AFTER_DOTTED.match(self.folded, end)
        return gap.end() if gap else None

    def _ending(self, chain: Chain) -> None:
        """Read what the chain belongs to: «цього Закону», «цієї статті», «Закону України "Про …"»."""
        at = self._next(chain)
        if at is None:
            return
        this = grammar.THIS.match(self.low, at)
        if this is not None:
            self._this(chain, this)
            return
        if (approved := approved_here_at(self.low, at)) is not None:
            chain.levels.append(("annex", ""))
            chain.end, chain.noun = approved
            return
        end = (
            named_at(self.low, at)
            or treaty_at(self.low, self.folded, at)
            or abbreviated_at(self.folded, at)
            or owner_at(self.low, self.folded, at)
        )
        if end is not None:
            chain.scope, chain.target, chain.end = EXTERNAL, (at, end), end

    def _this(self, chain: Chain, this: "re.Match[str]") -> None:
        unit = grammar.UNIT.fullmatch(this["word"])
        chain.scope, chain.end = SELF, this.end()
        if unit is None:
            chain.noun = this["word"]
            return
        kind = str(unit.lastgroup)
        if grammar.RANK[kind] > grammar.RANK[chain.levels[-1][0]]:
            chain.levels.append((kind, ""))
            # «пункту 2 цієї частини статті 5» does not occur; «абзацу першого цього пункту цієї статті» does.
            gap = grammar.GAP.match(self.low, chain.end)
            after = grammar.THIS.match(self.low, gap.end()) if gap else None
            if after is not None:
                self._this(chain, after)


def _nests(levels: list[tuple[str, str]], kind: str) -> bool:
    """Tell whether a subpoint stands in another one: «підпункт "б" підпункту 1 пункту 2»."""
    return kind == "subpoint" and [level for level, _ in levels].count(kind) == 1 and levels[-1][0] == kind


def _special(match: "re.Match[str]") -> tuple[str, str]:
    """Return kind and number of «Особливої частини» or of «Перехідних положень»."""
    if match["half"]:
        return "book", f"{match['half']}а"
    return "final", f"{match['closing']}і"


def share_owner(chains: list[Chain]) -> None:
    """Let a chain take over what the next one belongs to.

    «пункту 1 частини першої та частини другої статті 5 цього Закону»: both are of article 5 of this Law.
    """
    for chain, following in zip(reversed(chains[:-1]), reversed(chains[1:]), strict=True):
        largest = chain.largest
        chain.levels += [level for level in following.levels if grammar.RANK[level[0]] > largest]
        chain.scope, chain.target, chain.noun = following.scope, following.target, following.noun


def single_targets(chain: Chain) -> list[tuple[int, int, list[tuple[str, str]]]]:
    """Return start, end and levels of each unit a chain names: «статтями 42-1», «46 цього Кодексу».

    The first member takes the words before it along, the last those after it. Where two levels are lists
    («пунктами 1, 2 частин першої, третьої») the later members of the larger one stand for themselves:
    which of the smaller units are meant in them is not said.
    """
    found: list[tuple[int, int, list[tuple[str, str]]]] = []
    for index, (kind, number) in enumerate(chain.levels):
        listed = chain.lists.get(kind, [])
        members = listed if listed and listed[0].number == number else []  # not of the subpoint around it
        smaller = chain.levels[:index]
        if found and members:
            found[-1] = (found[-1][0], members[0].end, found[-1][2])
            members, smaller = members[1:], []
        for member in members:
            within = [("part", member.part)] if member.part else smaller
            levels = [*within, (kind, member.number), *chain.levels[index + 1 :]]
            found.append((member.start, member.end, levels))
    if not found:
        return [(chain.start, chain.end, chain.levels)]
    found[0] = (chain.start, *found[0][1:])
    found[-1] = (found[-1][0], chain.end, found[-1][2])
    return found
