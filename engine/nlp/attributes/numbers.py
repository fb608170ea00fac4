"""Ukrainian numerals in words and digits as numbers, whatever their case."""

import re
from collections.abc import Iterable

_STEMS = (
    ("одинадцят", 11), ("дванадцят", 12), ("тринадцят", 13), ("чотирнадцят", 14), ("п'ятнадцят", 15),
    ("шістнадцят", 16), ("сімнадцят", 17), ("вісімнадцят", 18), ("дев'ятнадцят", 19), ("двадцят", 20),
    ("тридцят", 30), ("сорок", 40), ("п'ятдесят", 50), ("п'ятидесят", 50), ("шістдесят", 60),
    ("шестидесят", 60), ("сімдесят", 70), ("семидесят", 70), ("вісімдесят", 80), ("восьмидесят", 80),
    ("дев'яност", 90), ("двіст", 200), ("двохсот", 200), ("трист", 300), ("трьохсот", 300),
    ("чотирист", 400), ("чотирьохсот", 400), ("п'ятсот", 500), ("п'ятисот", 500), ("шістсот", 600),
    ("шестисот", 600), ("сімсот", 700), ("семисот", 700), ("вісімсот", 800), ("восьмисот", 800),
    ("дев'ятсот", 900), ("дев'ятисот", 900), ("десят", 10), ("дев'ят", 9), ("вісім", 8), ("восьм", 8),
    ("сьом", 7), ("сім", 7), ("сем", 7), ("шіст", 6), ("шест", 6), ("шост", 6), ("п'ят", 5),
    ("чотир", 4), ("четверт", 4), ("трет", 3), ("трьо", 3), ("три", 3), ("трь", 3), ("друг", 2),
    ("дво", 2), ("два", 2), ("дві", 2), ("перш", 1), ("один", 1), ("одн", 1),
)  # fmt: skip
_HUNDRED = re.compile(r"ст(?:о|а)$")
_LARGE = (
    ("тисяч", 1_000),
    ("мільйон", 1_000_000),
    ("млн", 1_000_000),
    ("тис", 1_000),
    ("мільярд", 1_000_000_000),
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?$")
_ENDINGS = re.compile(
    r"(?:|х|м|ма|а|я|и|і|о|у|ю|є|ої|ій|ою|ий|ого|ому|им|их|ими|ів|ь|ьох|ьом|ьома|ох|ом|ома|ма|ьма|ьми"
    r"|ьої|ьому|ього|ьою|ім|іх"
    r"|нього|ьоє|ри|ирьох|ох|не|ної|ного|ним|ній|ною|ну|на|ні|ух)$"
)
_COMPOUND = re.compile(r"(?:и|о|ьох|ох|ти|и-)?(?:денн|годинн|місячн|річн|тижнев|добов|хвилинн)\w*$")


def number_of(norm: str) -> float | None:
    """The number a folded word stands for: «тридцяти» 30, «п'ятиденний» 5, «12» 12, «2,5» 2.5; else None."""
    if _DIGITS.match(norm):
        return float(norm.replace(",", "."))
    if _HUNDRED.match(norm):
        return 100
    for stem, value in _STEMS:
        if norm.startswith(stem):
            rest = norm[len(stem) :]
            return value if _ENDINGS.match(rest) or _COMPOUND.match(rest) else None
    return None


def scale_of(norm: str) -> int | None:
    """1000 for «тисяч», 1000000 for «мільйонів»; else None."""
    return next((value for stem, value in _LARGE if norm.startswith(stem)), None)


def first_number(words: Iterable[str]) -> float | None:
    """The first number among folded words, read as far as it goes («ста сорока п'яти» 145)."""
    numbers = all_numbers(words)
    return numbers[0] if numbers else None


def all_numbers(words: Iterable[str]) -> list[float]:
    """All numbers among folded words, in order; neighbouring numerals make one number."""
    found: list[float] = []
    current: float | None = None
    last = 0.0
    for word in words:
        value, scale = number_of(word), scale_of(word)
        if scale and current is not None:
            current *= scale
            last = scale
        elif value is not None and current is not None and value < last and not word[0].isdigit():
            current, last = current + value, value
        elif value is not None:
            if current is not None:
                found.append(current)
            current, last = value, value
        elif current is not None:
            found.append(current)
            current = None
    return [*found, current] if current is not None else found


def plain(value: float | None) -> int | float | None:
    """5.0 as 5."""
    return int(value) if value is not None and value == int(value) else value
