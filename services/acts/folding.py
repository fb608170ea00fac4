"""One-to-one character folding: what looks alike is matched alike, and every offset stays true.

The characters of Ukrainian acts are not uniform: Latin letters stand inside Cyrillic words («Cтаття»),
both apostrophes inside one act, three kinds of quotes, five kinds of dashes. Text is never rewritten for
that; it is folded for matching, character by character, so that an offset in the folded text is an offset
in the act. After folding, Roman numerals consist of `І V Х L С D М` (Cyrillic where a look-alike exists).
"""

import re

APOSTROPHES = "’ʼ‘`´ʹ′ˈ＇"
QUOTES = "“”„‟«»″〝〞＂"
DASHES = "‐‑‒–—―−﹣－"
SPACES = "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

_LATIN = "ABCEHIKMOPTXYaceiopxyÏïí"
_CYRILLIC = "АВСЕНІКМОРТХУасеіорхуЇїі"

_TABLE: dict[str, str] = {
    **dict(zip(_LATIN, _CYRILLIC, strict=True)),
    **dict.fromkeys(APOSTROPHES, "'"),
    **dict.fromkeys(QUOTES, '"'),
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(SPACES, " "),
}
_FOLDED = re.compile(f"[{re.escape(''.join(_TABLE))}]")

_LETTER_BY_LETTER = re.compile(r"(?:[^\W\d_] +){3,}[^\W\d_]")

_BACK_TO_LATIN = str.maketrans("АВСЕНІКМОРТХ", "ABCEHIKMOPTX")


def fold(text: str) -> str:
    """Return `text` with look-alike letters, apostrophes, quotes, dashes and spaces unified.

    The result has exactly the length of `text`; case and line ends are kept.
    """
    # A pattern finds the few characters to change five times faster than `str.translate` visits them all.
    return _FOLDED.sub(lambda match: _TABLE[match[0]], text)


def fold_case(text: str) -> str:
    """Return `fold(text)` in lower case, of exactly the length of `text`."""
    folded = fold(text)
    lowered = folded.lower()
    if len(lowered) == len(folded):
        return lowered
    # A few letters of other scripts («İ») grow when lowered: those keep their case.
    return "".join(low if len(low := char.lower()) == 1 else char for char in folded)


def closed_up(text: str) -> str:
    """Return a line that old texts print letter by letter as words: «П О Л О Ж Е Н Н Я» → «ПОЛОЖЕННЯ».

    Two spaces or more stand between its words. Any other line is returned as it is.
    """
    if _LETTER_BY_LETTER.fullmatch(text) is None:
        return text
    return " ".join(word.replace(" ", "") for word in re.split(r" {2,}", text))


def latin(text: str) -> str:
    """Return `text` with the Cyrillic capitals that look Latin turned to Latin (Roman numerals)."""
    return text.translate(_BACK_TO_LATIN)
