"""Numbers of articles whose raised index was lost on the way: «Стаття 191» is 19-1 or 191.

Plain text, and documents made from it, write the index of an inserted article right after its number. Which
of the two it is, the sequence tells: the likeliest path through all headings of the act, in which numbers
grow by one, an index follows its number, and jumps cost the more the longer they are.
"""

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from services.acts.folding import fold
from services.acts.structure.lines import Line, read

_INDEX = r"(?:[ ]?-[ ]?(\d{1,3}))?"
_HEADING = re.compile(
    rf"^[ ]*(?:Стаття|СТАТТЯ)[ ]+(\d{{1,7}}){_INDEX}{_INDEX}(?=[ ]?\.(?!\d)|[ ]?$|[ ]*\{{|[ ]+[А-ЯІЇЄҐ\"])",
    re.MULTILINE,
)
_QUOTES = re.compile(r"(?:змісту|редакції)\s*:\s*\n\s*[\"“«]")
_MENTION = re.compile(r"(?<!\w)[Сс]татт(?:я|і|ю|ею)[ ]+(\d{2,6})(?![\d-]|[ ]?-[ ]?\d)")
_OWN = re.compile(r"[ ]+ц(?:ього|ьому|им)[ ]+(?:Кодекс|Закон)")
_LONGEST = 400  # characters of a note that begins before a mention

_SPLIT, _SPLIT_WHERE_KEPT = 0.05, 4.0
_MOST_HEADINGS = 20_000  # of a text; a path is looked for through all of them
_MOST_ARTICLES, _TOO_MANY = 1_500, 6.0  # the Civil Code has 1,308
_SKIPPED, _RESTART, _BACK = 0.8, 4.0, 7.0
_NO_BASE = 1.0


class Number(NamedTuple):
    """The number of an article: `19`, `19-1` with an index, `172-8-1` with an index of its own."""

    main: int
    sub: int = 0
    third: int = 0

    def __str__(self) -> str:
        return "-".join(str(part) for part in self if part) or "0"


def recover(text: str) -> str:
    """Return `text` with the lost indices of article headings written as `19-1`.

    Mentions of such an article in the act's notes and in «статті 191 цього Кодексу» follow, where no article
    of the act has the other number. A text that lost nothing is returned as it is.
    """
    headings = list(_own_headings(text))
    if not 2 <= len(headings) <= _MOST_HEADINGS:
        return text
    numbers = likeliest([tuple(filter(None, match.groups())) for match in headings])
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


def _own_headings(text: str) -> Iterator["re.Match[str]"]:
    """Headings of the act itself; those in new text that an amending act quotes belong to another act."""
    quoted: list[Line] = []
    if _QUOTES.search(text):
        quoted = [line for line in read(text).lines if line.quoted]
    position = 0
    for match in _HEADING.finditer(fold(text)):
        at = match.start(1)
        while position < len(quoted) and quoted[position].end <= at:
            position += 1
        if position == len(quoted) or quoted[position].start > at:
            yield match


def likeliest(written: Sequence[tuple[str, ...]]) -> list[Number]:
    """The likeliest numbers of headings in order, each given as its digits and the indices it still has."""
    split = _SPLIT_WHERE_KEPT if any(len(parts) > 1 for parts in written) else _SPLIT
    costs: dict[Number, float] = {Number(0): 0.0}
    back: list[dict[Number, Number]] = []
    for position, parts in enumerate(written):
        reached: dict[Number, float] = {}
        came: dict[Number, Number] = {}
        for number in _readings(parts):
            own = split if number.sub and len(parts) == 1 else 0.0
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


def _readings(parts: Sequence[str]) -> Iterator[Number]:
    """What the digits of a heading may mean: as they are, or cut into a number and its index or indices."""
    yield Number(*map(int, parts))
    digits = parts[0]
    if len(parts) > 1 or digits[0] == "0":
        return
    for at in range(max(1, len(digits) - 3), len(digits)):
        if digits[at] != "0":
            yield Number(int(digits[:at]), int(digits[at:]))
    if len(digits) > 3 and digits[-1] != "0":
        for at in (len(digits) - 3, len(digits) - 2):
            if digits[at] != "0":
                yield Number(int(digits[:at]), int(digits[at:-1]), int(digits[-1]))


def _step(before: Number, number: Number, position: int) -> float:
    """What it costs that `number` follows `before`; nothing for the next number and the next index."""
    if position == 0:
        # An excerpt may begin anywhere.
        return _NO_BASE if number.sub else 0.0
    if number <= before:
        return _RESTART if number == (1, 0, 0) else _BACK
    own_index = _NO_BASE + _jump(number.third - 1) if number.third else 0.0
    if number[:2] == before[:2]:
        return _jump(number.third - before.third - 1)
    if number.main == before.main:
        return own_index + _jump(number.sub - before.sub - 1)
    # An index whose own article is not here: excluded, or the reading is wrong.
    base = _NO_BASE + _jump(number.sub - 1) if number.sub else 0.0
    if number.main > max(_MOST_ARTICLES, before.main + 1):
        base += _TOO_MANY
    return own_index + base + _jump(number.main - before.main - 1)


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
