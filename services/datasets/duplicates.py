"""Finding passages that say the same in different acts.

A test passage whose twin stood in training measures memory. Twins are compared by runs of words
(shingles): two passages are twins when at least 80 % of the shorter one's runs occur in the other.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

Pair = tuple[int, int]
_WORD = re.compile(r"\w+")
_RUN = 5
_ALIKE = 0.8
# A run of words found in more passages than this is a formula of drafting and says nothing about twins.
_COMMON = 40
# No group of acts may hold more than this share of all passages, or the splits could not be filled.
_LARGEST = 0.2


def shingles(text: str) -> frozenset[int]:
    """Hashes of every run of five words, case and punctuation aside; a shorter text is one run."""
    words = _WORD.findall(text.casefold())
    runs = (words[i : i + _RUN] for i in range(max(1, len(words) - _RUN + 1)))
    return frozenset(zlib.crc32(" ".join(run).encode()) for run in runs)


def twins(texts: Sequence[str]) -> Iterator[Pair]:
    """Positions of passages that are twins, each pair once, the earlier first."""
    sets = [shingles(text) for text in texts]
    places: dict[int, list[int]] = defaultdict(list)
    for position, runs in enumerate(sets):
        shared: Counter[int] = Counter()
        for run in runs:
            if len(places[run]) <= _COMMON:
                shared.update(places[run])
            places[run].append(position)
        for other, common in sorted(shared.items()):
            if common >= _ALIKE * min(len(runs), len(sets[other])):
                yield other, position


def unite(owners: Sequence[str], pairs: Sequence[Pair]) -> dict[str, str]:
    """The group of each owner (an act): owners of twins stand together, up to a fifth of all passages.

    `owners` names the act of each passage. Where a group would grow beyond that, as over a closing
    formula that every by-law repeats, the acts stay apart; `crossing` then finds what to leave out.
    """
    sizes: Counter[str] = Counter(owners)
    group = {owner: owner for owner in sizes}
    members = {owner: [owner] for owner in sizes}
    for a, b in pairs:
        one, two = sorted((group[owners[a]], group[owners[b]]))
        if one == two or sizes[one] + sizes[two] > max(2, _LARGEST * len(owners)):
            continue
        for owner in members[two]:
            group[owner] = one
        members[one] += members.pop(two)
        sizes[one] += sizes.pop(two)
    return group


def crossing(pairs: Sequence[Pair], sides: Mapping[int, str], order: Sequence[str]) -> set[int]:
    """Passages to leave out so that no twins stand on two sides: of each such pair the later in `order`."""
    out: set[int] = set()
    for pair in pairs:
        if sides[pair[0]] != sides[pair[1]]:
            out.add(max(pair, key=lambda position: order.index(sides[position])))
    return out
