"""Words that the printer broke at the ends of lines."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from services.acts.sources.pdf_lines import HYPHEN

_BROKEN = re.compile(rf"([^\W\d_]+)(?:{HYPHEN}\n?|[-‐\xad] ?\n)([^\W\d_]+)")
_COMPOUND = re.compile(r"\w{4,}[нвк]о", re.IGNORECASE)  # «нормативно-правових», «техніко-економічне»
_ADVERBIAL = re.compile(r"\w{4,}о", re.IGNORECASE)  # «геолого-екологічних», where no dictionary has it as one
_PARTICLES = frozenset({"будь", "хтозна", "казна", "бозна", "невідь"})  # «будь-який»
_BROKEN_NUMBER = re.compile(r"(?<=\d)[-‐]\n(?=\w)|(?<=\w)[-‐]\n(?=\d)")
_AFTER_SLASH = re.compile(r"(?<=[^\W\d_])/\n(?=[^\W\d_])")  # «та/або»
_LOOSE = re.compile(rf"{HYPHEN}\n?")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def mended(paragraphs: Sequence[str]) -> list[str]:
    """Put together the words that were broken at the ends of lines; the whole text tells which are words."""
    known = Counter(word.lower() for text in paragraphs for word in _WORD.findall(text))

    def word(match: "re.Match[str]") -> str:
        first, second = match[1], match[2]
        soft = match[0][len(first)] in "‐\xad"
        if not second[0].islower():
            return f"{first}-{second}"
        return f"{first}{second}" if soft or _is_one_word(first, second, known) else f"{first}-{second}"

    def whole(text: str) -> str:
        text = _AFTER_SLASH.sub("/", _BROKEN.sub(word, text))
        return _LOOSE.sub("-", _BROKEN_NUMBER.sub("-", text))

    return [whole(text) for text in paragraphs]


def _is_one_word(first: str, second: str, known: Counter[str]) -> bool:
    """Was «first-second» broken by the printer, or is the hyphen its own? The document knows best."""
    together, apart = f"{first}{second}".lower(), f"{first}-{second}".lower()
    if known[together] != known[apart]:
        return known[together] > known[apart]
    if not _is_known(second.lower()):
        return True
    if first.lower() in _PARTICLES or second.lower() == "небудь":
        return False
    if _COMPOUND.fullmatch(first):
        return False
    return _is_known(together) or not (_is_known(first.lower()) or _ADVERBIAL.fullmatch(first))


@cache
def _is_known(word: str) -> bool:
    return bool(_dictionary().word_is_known(word))


@cache
def _dictionary() -> Any:
    import pymorphy3  # half a second, and few documents need it

    return pymorphy3.MorphAnalyzer(lang="uk")
