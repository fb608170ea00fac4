"""Acts cut out of a real code, so that each has several different passages."""

import re
from itertools import pairwise
from pathlib import Path

_CODE = Path(__file__).parent.parent / "samples" / "acts" / "435-15.txt"
_ARTICLE = re.compile(r"^Стаття \d", re.MULTILINE)
_ARTICLES, _LONGEST = 5, 2500


def of_the_civil_code(count: int) -> list[str]:
    """So many acts (200 at most) of five articles each; no article stands in two of them."""
    code = _CODE.read_text(encoding="utf-8")
    starts = [found.start() for found in _ARTICLE.finditer(code)]
    articles = [code[start:end].strip() for start, end in pairwise(starts)]
    short = [article for article in articles if len(article) < _LONGEST]
    parts = [short[i : i + _ARTICLES] for i in range(0, count * _ARTICLES, _ARTICLES)]
    return [f"ЗАКОН УКРАЇНИ\nПро договори № {n}\n" + "\n".join(part) for n, part in enumerate(parts)]
