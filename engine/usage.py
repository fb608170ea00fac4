"""Token counts of the engine: words and punctuation marks.

The engine reads words, not the sub-word tokens of a language model, so its `usage` and `max_tokens` count
what it really reads and writes: a run of letters, digits and underscores is one token, and so is every other
visible character. The counts are not comparable with those of other providers.
"""

import re

_TOKEN = re.compile(r"\w+|[^\w\s]")


def count(text: str) -> int:
    """Number of tokens in a text."""
    return sum(1 for _ in _TOKEN.finditer(text))


def cut(text: str, limit: int) -> tuple[str, bool]:
    """The first `limit` tokens of a text, and whether something was cut off."""
    end = 0
    for number, token in enumerate(_TOKEN.finditer(text)):
        if number == limit:
            return text[:end], True
        end = token.end()
    return text, False
