"""Words on which the meaning of a norm turns: a place that differs in one of them is another norm."""

import re
from collections.abc import Sequence

_TURNING = frozenset({"не", "ні", "без", "крім", "може", "можуть", "після"})
_MODALS = re.compile(r"заборон|дозвол|зобовяз|повин|більш|менш")
_NUMERALS = {  # value: roots of the cardinal and the ordinal, as they stay through declension
    1: "один одн перш",
    2: "два дві двом двох двома друг",
    3: "три трьо трет",
    4: "чотир четверт",
    5: "п'ят",
    6: "шіст шест шост",
    7: "сім сем сьом",
    8: "вісім восьм",
    9: "дев'ят",
    10: "десят",
    11: "одинадцят",
    12: "дванадцят",
    13: "тринадцят",
    14: "чотирнадцят",
    15: "п'ятнадцят",
    16: "шістнадцят",
    17: "сімнадцят",
    18: "вісімнадцят",
    19: "дев'ятнадцят",
    20: "двадцят",
    30: "тридцят",
    40: "сорок",
    50: "п'ятдесят",
    60: "шістдесят",
    70: "сімдесят",
    80: "вісімдесят",
    90: "дев'яност",
    100: "сто ста сотн",
    200: "двіст двохсот",
    300: "трист трьохсот",
    400: "чотирист чотирьохсот",
    500: "п'ятсот п'ятисот",
    600: "шістсот шестисот",
    700: "сімсот семисот",
    800: "вісімсот восьмисот",
    900: "дев'ятсот дев'ятисот",
    1_000: "тисяч",
    1_000_000: "мільйон",
}
_ROOTS = {root.replace("'", ""): str(value) for value, roots in _NUMERALS.items() for root in roots.split()}
_WHOLE = {"сто", "ста"}  # roots that begin too many other words
_NUMERAL = re.compile(
    "|".join(f"{root}$" if root in _WHOLE else root for root in sorted(_ROOTS, key=len, reverse=True))
)


def deciding(words: Sequence[str]) -> list[str]:
    """The numbers, in digits or words, the negations and the modal words among `words`, in their order.

    `words` are folded and without apostrophes.
    """
    return [sign for sign in map(_sign, words) if sign]


def _sign(word: str) -> str:
    if word in _TURNING or any(map(str.isdigit, word)):
        return word
    if modal := _MODALS.match(word):
        return modal.group()
    numeral = _NUMERAL.match(word)
    return _ROOTS[numeral.group()] if numeral else ""
