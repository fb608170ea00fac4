"""Numbers of articles whose raised index was lost on the way: «Стаття 191» is 19-1 or 191.

Plain text, and documents made from it, write the index of an inserted article right after its number. Which
of the two it is, the sequence tells: the likeliest path through all headings of the act, in which numbers
grow by one, an index follows its number, and jumps cost the more the longer they are.
"""

import math
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from services.acts.folding import fold

_HEADING = re.compile(
    r"^[ ]*Стаття[ ]+(\d{1,6})(?:[ ]?-[ ]?(\d{1,3}))?(?=[ ]?\.|[ ]?$|[ ]*\{|[ ]+[А-ЯІЇЄҐ\"])", re.MULTILINE
)
_MENTION = re.compile(r"(?<!\w)[Сс]татт(?:я|і|ю|ею)[ ]+(\d{2,6})(?![\d-]|[ ]?-[ ]?\d)")
_OWN = re.compile(r"[ ]+ц(?:ього|ьому|им)[ ]+(?:Кодекс|Закон)")
_LONGEST = 400  # characters of a note that begins before a mention

_SPLIT, _SPLIT_WHERE_KEPT = 0.05, 4.0
_MOST_ARTICLES, _TOO_MANY = 1_500, 2.0  # the Civil Code has 1,308
_SKIPPED, _RESTART, _BACK = 0.8, 4.0, 7.0
_NO_BASE = 1.0


class Number(NamedTuple):
    """The number of an article: `19`, or `19-1` with an index."""

    main: int
    sub: int = 0

    def __str__(self) -> str:
        return f"{self.main}-{self.sub}" if self.sub else str(self.main)


def recover(text: str) -> str:
    """Return `text` with the lost indices of article headings written as `19-1`.

    Mentions of such an article in the act's notes and in «статті 191 цього Кодексу» follow, where no article
    of the act has the other number. A text that lost nothing is returned as it is.
    """
    headings = list(_HEADING.finditer(fold(text)))
    if len(headings) < 2:
        return text
    numbers = likeliest([(match[1], match[2] or "") for match in headings])
    changes = [
        (match.start(1), match.end(1), str(number))
        for match, number in zip(headings, numbers, strict=True)
        if number.sub and not match[2]
    ]
    if not changes:
        return text
    whole = {str(number) for number in numbers if not number.sub}
    lost = {written: number for start, end, number in changes if (written := text[start:end]) not in whole}
    changes += _mentions(text, lost)
    return _rewritten(text, changes)


def likeliest(written: Sequence[tuple[str, str]]) -> list[Number]:
    """The likeliest numbers of headings in order, each given as its digits and the index it still has."""
    split = _SPLIT_WHERE_KEPT if any(index for _, index in written) else _SPLIT
    costs: dict[Number, float] = {Number(0): 0.0}
    back: list[dict[Number, Number]] = []
    for position, (digits, index) in enumerate(written):
        reached: dict[Number, float] = {}
        came: dict[Number, Number] = {}
        for number in _readings(digits, index):
            own = split if number.sub and not index else 0.0
            own += _TOO_MANY * (number.main > _MOST_ARTICLES)
            ways = ((cost + _step(before, number, position), before) for before, cost in costs.items())
            cost, came[number] = min(ways, key=lambda way: way[0])
            reached[number] = cost + own
        costs = reached
        back.append(came)
    return _path(costs, back)


def _path(costs: dict[Number, float], back: list[dict[Number, Number]]) -> list[Number]:
    number = min(costs, key=lambda one: costs[one])
    path = []
    for came in reversed(back):
        path.append(number)
        number = came[number]
    return path[::-1]


def _readings(digits: str, index: str) -> Iterable[Number]:
    if index:
        return [Number(int(digits), int(index))]
    splits = [
        Number(int(digits[:at]), int(digits[at:]))
        for at in range(max(1, len(digits) - 3), len(digits))
        if digits[at] != "0" and digits[0] != "0"
    ]
    return [Number(int(digits)), *splits]


def _step(before: Number, number: Number, position: int) -> float:
    """What it costs that `number` follows `before`; nothing for the next number and the next index."""
    if position == 0:
        # An excerpt may begin anywhere.
        return 0.0 if not number.sub else _NO_BASE
    if number <= before:
        return _RESTART if number == (1, 0) else _BACK
    if number.main == before.main:
        return _jump(number.sub - before.sub - 1)
    # An index whose own article is not here: excluded, or the reading is wrong.
    base = _NO_BASE + _jump(number.sub - 1) if number.sub else 0.0
    return base + _jump(number.main - before.main - 1)


def _jump(skipped: int) -> float:
    return _SKIPPED * math.log2(1 + skipped)


def _mentions(text: str, lost: dict[str, str]) -> list[tuple[int, int, str]]:
    found = []
    folded = fold(text)
    for match in _MENTION.finditer(folded):
        number = lost.get(match[1])
        if number is None:
            continue
        row = folded[max(folded.rfind("\n", 0, match.start()) + 1, match.start() - _LONGEST) : match.start()]
        in_note = row.lstrip().startswith("{") and "}" not in row
        if in_note or _OWN.match(folded, match.end()):
            found.append((match.start(1), match.end(1), number))
    return found


def _rewritten(text: str, changes: list[tuple[int, int, str]]) -> str:
    pieces, position = [], 0
    for start, end, number in sorted(set(changes)):
        pieces += [text[position:start], number]
        position = end
    return "".join([*pieces, text[position:]])
