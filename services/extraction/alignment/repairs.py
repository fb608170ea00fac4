"""Naming what folding had to put right."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import get_args

from services.extraction.alignment.folding import APOSTROPHES, DASHES, QUOTATION_MARKS, Folded, fold_word
from services.extraction.alignment.match import Repair


def ordered(found: Iterable[Repair]) -> tuple[Repair, ...]:
    """The repairs once each, in the order of `Repair`."""
    names = set(found)
    return tuple(name for name in get_args(Repair) if name in names)


def between(quote: str, needle: Folded, text: str, place: Sequence[int]) -> tuple[Repair, ...]:
    """What differs between `quote` (folded: `needle`) and `text`, read at the offsets `place`."""
    pairs = {(quote[i], text[j]) for i, j in zip(needle.at, place, strict=True)}
    found = {_of_letters(a, b) for a, b in pairs if a != b}
    here, there = _gaps(quote, needle.at), _gaps(text, place)
    for at in here.keys() | there.keys():
        a, b = here.get(at, ""), there.get(at, "")
        if a != b:
            found.add("white_space" if not (a + b).strip() else "invisible")
    return ordered(found)


def _of_letters(a: str, b: str) -> Repair:
    both = {a, b}
    if both <= APOSTROPHES:
        return "apostrophe"
    if both <= APOSTROPHES | QUOTATION_MARKS:
        return "quotation_mark"
    if both <= DASHES:
        return "dash"
    if a.casefold() == b.casefold():
        return "case"
    return "look_alike" if fold_word(a) == fold_word(b) else "invisible"


def _gaps(source: str, at: Sequence[int]) -> dict[int, str]:
    """What folding left out of `source` between the characters it kept, by position in the key."""
    return {k: source[i + 1 : j] for k, (i, j) in enumerate(pairwise(at)) if j > i + 1}
