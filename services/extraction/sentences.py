"""Cutting one paragraph that is too long: at sentences, then at clauses, then anywhere."""

import re

from services.acts.notes import Span
from services.datasets.tokens import count

_SENTENCE = re.compile(r"(?<=[.!?;])[ \n]+(?=[\"«“„(А-ЯІЇЄҐA-Z])")
_CLAUSE = re.compile(r"(?<=[,;:|])[ \n]+")
_WORD = re.compile(r"\s+")
_PATTERNS = (_SENTENCE, _CLAUSE, _WORD)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[а-яіїєґ]{1,2}|[А-ЯІЇЄҐ]|див|роз|підп|абз|тис|млн|млрд|грн|ім|вул|просп|буд|обл|респ|№)\.$"
)
BRACKETED = r"\(?[а-яіїєґa-z]\)|\(\d{1,3}\)"
"""Pattern of a letter or a number in brackets that numbers a paragraph."""
_NUMBER_AT_END = re.compile(
    rf"(?:^|\n|[.;:]\s+)\s*(?:\d{{1,3}}(?:-\d+)?[.)]|{BRACKETED}|Стаття\s+\d+(?:-\d+)?\.?)\s*$"
)
# Before a cut even «Основні терміни 1.» is the number of what follows, as in texts without line ends.
_HANGING = re.compile(
    rf"(?:^|\s)(?:\d{{1,3}}(?:-\d+)?[.)]|{BRACKETED}|"
    r"(?:стаття|розділ|глава|§)\s+[\dIVXLCІХ-]+\.?)\s*$",
    re.IGNORECASE,
)
_TAIL = 40


def ends_in_number(text: str) -> bool:
    """Tell whether a text ends in the number of a point or an article whose norm would stand elsewhere."""
    return _NUMBER_AT_END.search(text.rstrip()[-_TAIL:]) is not None


def pieces(text: str, start: int, end: int, max_tokens: int, level: int = 0) -> list[Span]:
    """Return stretches of `text[start:end]` of at most `max_tokens` tokens each, white space between them.

    `level` is how fine the cuts are: sentences, clauses, words, and at last anywhere.
    """
    if level == len(_PATTERNS):
        return _hard(text, start, end, max_tokens)
    spans: list[Span] = []
    total = 0
    for low, high in _bounds(text, start, end, _PATTERNS[level]):
        gap = text[spans[-1][1] : low] if spans else ""
        size = count(gap + text[low:high]) if len(gap) > 1 or gap == "\u00a0" else count(text[low:high]) + 1
        if size > max_tokens:
            spans += pieces(text, low, high, max_tokens, level + 1)
            total = max_tokens
        elif spans and total + size <= max_tokens:
            spans[-1] = (spans[-1][0], high)
            total += size
        else:
            spans.append((low, high))
            total = size
    return spans


def _bounds(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[Span]:
    spans: list[Span] = []
    low = start
    for gap in pattern.finditer(text, start, end):
        before = text[max(low, gap.start() - _TAIL) : gap.start()]
        if gap.start() <= low or _ABBREVIATED.search(before) or _HANGING.search(before):
            continue
        spans.append((low, gap.start()))
        low = gap.end()
    return [*spans, (low, end)] if low < end else spans


def _hard(text: str, start: int, end: int, max_tokens: int) -> list[Span]:
    """Cut a word without end. A token is a character at least, but for rare ones, which take several."""
    spans: list[Span] = []
    while start < end:
        stop = min(end, start + max_tokens)
        while stop - start > 1 and count(text[start:stop]) > max_tokens:
            stop = start + (stop - start) // 2
        spans.append((start, stop))
        start = stop
    return spans
