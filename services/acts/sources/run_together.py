"""Texts pasted without their line ends: what can only begin a line gets one again."""

import re
from itertools import pairwise

from services.acts.unit_numbers import sort_key

_LONG = 1_000  # characters; a paragraph of law that holds headings is no paragraph
_FEWEST_HEADINGS = 3
_ARTICLE = re.compile(r"(?<=[^\s\"«“„(] )(?:Стаття|СТАТТЯ) (\d+(?:-\d+)?)\. ?(?=[А-ЯІЇЄҐ\d])")
_ABBREVIATED = r"(?<!ст\. )(?<!ч\. )(?<!п\. )(?<!гл\. )(?<!абз\. )(?<!розд\. )"
_BEGINS = re.compile(
    r" (?=(?:Стаття|СТАТТЯ) \d+(?:-\d+)?\. ?[А-ЯІЇЄҐ\d])"
    r"|(?<=[^\s\"«“„(]) (?=(?:Розділ|РОЗДІЛ|Глава|ГЛАВА) (?:[IVXLCІХ]+|\d+)\.? [А-ЯІЇЄҐ])"
    rf"|(?<=[.;:]) {_ABBREVIATED}(?=\d{{1,3}}\. [А-ЯІЇЄҐ])"
    r"|(?<=[.;:]) (?=(?:\d{1,3}|[а-яіїєґ])\) [а-яіїєґА-ЯІЇЄҐ])"
    r"|(?<=ЗАКОН УКРАЇНИ) (?=П[рР][оО] )| (?=\(Відомості Верховної Ради)|(?<=\)) (?=Цей Закон )"
)


def parted(text: str) -> str:
    """Return a cleaned text in which lines that hold several articles are broken before each of them."""
    return "\n".join(_broken(line) if _runs_together(line) else line for line in text.split("\n"))


def _runs_together(line: str) -> bool:
    """Tell whether a line holds articles in their order: new text that is quoted holds one or two."""
    if len(line) < _LONG:
        return False
    numbers = [sort_key(match[1]) for match in _ARTICLE.finditer(line)]
    return len(numbers) >= _FEWEST_HEADINGS and all(one < other for one, other in pairwise(numbers))


def _broken(line: str) -> str:
    return _BEGINS.sub("\n", line)
