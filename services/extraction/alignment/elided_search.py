"""Places of a quote whose middle a model left out: «зобов'язаний … протягом десяти днів»."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import zip_longest

from services.extraction.alignment.match import Candidate
from services.extraction.alignment.repairs import ordered

_ELLIPSIS = re.compile(r"\s*[\[(<]?\s*(?:…|\.{3,})\s*[\])>]?\s*")
_REACH = 2000  # characters that may have been left out between two parts
_LEAST = 3  # letters or digits a part must have

Search = Callable[[str], list[Candidate]]


def parts(quote: str) -> list[str]:
    """The parts an elided quote consists of; one where nothing was left out of the middle."""
    return [part for part in map(str.strip, _ELLIPSIS.split(quote)) if part]


def find(parts: list[str], text: str, search: Search) -> list[Candidate]:
    """Where the parts of a quote follow each other in `text`, each as near to the last as can be."""
    if any(sum(map(str.isalnum, part)) < _LEAST for part in parts):
        return []
    chains = search(parts[0])
    for part in parts[1:]:
        chains = _joined(chains, search(part), text)
    return chains


def _joined(heads: list[Candidate], tails: list[Candidate], text: str) -> list[Candidate]:
    """Each head with the next tail, unless another head stands between them: the shortest spans."""
    joined: list[Candidate] = []
    starts = [tail.start for tail in tails]
    for head, following in zip_longest(heads, heads[1:]):
        limit = min(head.end + _REACH, following.start if following else len(text))
        after = tails[bisect_left(starts, head.end) : bisect_right(starts, limit)]
        tail = next((t for t in after if _left_out(text[head.end : t.start])), None)
        if tail:
            joined.append(_span(head, tail))
    return joined


def _left_out(between: str) -> bool:
    return any(map(str.isalnum, between))


def _span(head: Candidate, tail: Candidate) -> Candidate:
    # Of several places the one that leaves out least; half as much again is no difference.
    quality = min(head.quality, tail.quality, 899) - 10 * (tail.start - head.end).bit_length()
    repairs = ordered((*head.repairs, *tail.repairs, "elision"))
    return Candidate(head.start, tail.end, "fuzzy", quality, repairs)
