"""What alignment answers with."""

from dataclasses import dataclass
from typing import Literal

How = Literal["exact", "folded", "fuzzy"]
Repair = Literal[
    "white_space",
    "case",
    "apostrophe",
    "quotation_mark",
    "dash",
    "look_alike",
    "invisible",
    "edge",
    "wording",
    "elision",
]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a quote stands: `[start, end)` in code points of the text.

    `how`: `exact`, the text's own characters; `folded`, the same after folding; `fuzzy`, the same words
    with other endings, small slips, or a middle left out. `repairs` names what was put right, in the
    order of `Repair`; `edge` is punctuation at an end, `wording` any difference between words.
    """

    start: int
    end: int
    how: How
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a quote may stand; `quality` from 1 to 1000, the latter for its own characters."""

    start: int
    end: int
    how: How
    quality: int
    repairs: tuple[Repair, ...] = ()
