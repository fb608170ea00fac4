"""Folding: what models change without meaning to, taken out of a text, with the way back to its offsets.

Case, kinds of apostrophes, quotation marks and dashes, white space, invisible characters, and letters
that only look alike (Latin i for Ukrainian і) disappear; every character left knows where it came from.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

APOSTROPHES = frozenset("'’‘ʼ`´′‛ʹʻ＇")
QUOTATION_MARKS = frozenset('"«»“”„‟‹›″＂〝〞')
DASHES = frozenset("-‐‑‒–—―−⁃﹣－")
# Letters of another alphabet that are drawn like a Ukrainian one, after casefold (so also B for В).
LOOK_ALIKES = dict(zip("aceiopxykmthbïıαοριν", "асеіорхукмтнвїіаоріv", strict=True))
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u0301"
_RUN = re.compile(rf"[^\s{_INVISIBLE}]+")
_CLUSTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Folded:
    """`key` is the folded text without white space; `at[i]` the offset `key[i]` comes from."""

    key: str
    at: Sequence[int]


def _fold_character(char: str) -> str:
    if char in APOSTROPHES or char in QUOTATION_MARKS:
        return "'"  # one class: models write 'Про освіту' for "Про освіту" to spare themselves escaping
    if char in DASHES:
        return "-"
    if char == "№":
        return "n"
    if char == "…":
        return "..."
    return "".join(LOOK_ALIKES.get(c, c) for c in char.casefold())


class _Table(dict[int, str]):
    """A table for `str.translate`, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_TABLE = _Table()
_LAST_GROWING = 0xFB17  # the last character Unicode folds to several: a ligature
_GROWING = re.compile(
    f"[{''.join(c for c in map(chr, range(_LAST_GROWING + 1)) if len(_fold_character(c)) > 1)}]"
)


def fold_word(word: str) -> str:
    """`word` folded, where offsets do not matter."""
    return word.translate(_TABLE)


def fold(text: str) -> Folded:
    """`text` folded, with the offset of every character left. Linear."""
    if _GROWING.search(text) or not unicodedata.is_normalized("NFC", text):
        return _fold_clusters(text)
    parts: list[str] = []
    at: list[int] = []
    for run in _RUN.finditer(text.translate(_TABLE)):
        parts.append(run.group())
        at.extend(range(run.start(), run.end()))
    return Folded("".join(parts), at)


def _fold_clusters(text: str) -> Folded:
    """The same for the rare text in which one character folds to several, or several are one letter."""
    parts: list[str] = []
    at: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        composed = unicodedata.normalize("NFC", cluster.group()).translate(_TABLE)
        folded = "".join(_RUN.findall(composed))
        parts.append(folded)
        at.extend([cluster.start()] * len(folded))
    return Folded("".join(parts), at)
