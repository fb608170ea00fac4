"""Numbers of units as acts write them: Roman, in words, with an index, in quotes; one spelling for all.

A number is a string: digits with a hyphenated index (`19-1`, `14.1.106`), a Roman number in Latin
capitals (`IV`, `III-А`), a lower-case letter (`б`) or, for «Загальна частина», a word.
"""

import re

from services.acts.folding import latin

_ONES = [
    "перш",
    "друг",
    "трет",
    "четверт",
    "п'ят",
    "шост",
    "сьом",
    "восьм",
    "дев'ят",
    "десят",
    "одинадцят",
    "дванадцят",
    "тринадцят",
    "чотирнадцят",
    "п'ятнадцят",
    "шістнадцят",
    "сімнадцят",
    "вісімнадцят",
    "дев'ятнадцят",
]
_TENS = ["двадцят", "тридцят", "сороков", "п'ятдесят", "шістдесят", "сімдесят", "вісімдесят", "дев'яност"]
_STEMS: dict[str, int] = {
    **{stem: index for index, stem in enumerate(_ONES, start=1)},
    **{stem: index * 10 for index, stem in enumerate(_TENS, start=2)},
    "сот": 100,
}
_LEADING: dict[str, int] = {
    "двадцять": 20,
    "тридцять": 30,
    "сорок": 40,
    "п'ятдесят": 50,
    "шістдесят": 60,
    "сімдесят": 70,
    "вісімдесят": 80,
    "дев'яносто": 90,
    "сто": 100,
}
_ENDING = r"(?:ий|ій|а|я|у|ю|ого|ього|ої|ьої|ому|ьому|ім|им|ою|ьою|е|є|і|их|іх|ими|іми)"
_STEM = "|".join(sorted(_STEMS, key=len, reverse=True))
_LEAD = "|".join(_LEADING)

ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
"""The letters that number points, in order."""

ORDINAL = rf"(?:(?:{_LEAD})[ ]){{0,2}}(?:{_STEM}){_ENDING}(?![\w'])"
"""Pattern of an ordinal in words in any case ending, in folded lower-case text: «двадцять першої»."""

ROMAN = r"[ІVХLСМ]+"
"""Pattern of a Roman number in folded text (see `folding`)."""

_ORDINAL = re.compile(rf"((?:(?:{_LEAD})[ ]+){{0,2}})({_STEM}){_ENDING}(?![\w'])")
_ROMAN_PARTS = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_MAX_LEVELS = 8


def ordinal(words: str) -> int | None:
    """Return the number an ordinal in folded lower-case words names («двадцять першої» → 21), or None."""
    match = _ORDINAL.fullmatch(words)
    if match is None:
        return None
    return sum(_LEADING[lead] for lead in match[1].split()) + _STEMS[match[2]]


def roman(text: str) -> int | None:
    """Return the value of a Roman number written in Latin or folded letters, or None if it is none."""
    letters = latin(text.upper())
    if not letters or not _ROMAN_PARTS.fullmatch(letters):
        return None
    values = [_ROMAN_DIGITS[letter] for letter in letters]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def normal(number: str) -> str:
    """Return the one spelling of a unit's number as written in folded text.

    «19 - 1» → `19-1`, «ІХ» → `IX`, «"Б"» → `б`, «двадцять першої» → `21`, «14.1.» → `14.1`.
    """
    bare = number.strip(' ".')
    if bare[:1].isdigit():
        return re.sub(r"\s*-\s*", "-", bare)
    head, dash, index = bare.partition("-")
    if head.isupper() and roman(head.strip()) is not None:
        return latin(head.strip()) + dash + index.strip()
    value = ordinal(bare.lower())
    return str(value) if value is not None else re.sub(r"\s*-\s*", "-", bare.lower())


def sort_key(number: str) -> tuple[int, ...]:
    """Return a key by which numbers of one series stand in order (`9` < `10` < `10-1` < `11`).

    Letters follow the Ukrainian alphabet; what is no number gives an empty key.
    """
    if number[:1].isdigit():
        return tuple(int(part) for part in re.findall(r"\d{1,9}", number)[:_MAX_LEVELS])
    head, _, index = number.partition("-")
    tail = (int(index),) if index.isdigit() else ()
    value = roman(head) if head.isupper() else None
    if value is not None:
        return (value, *tail)
    if len(head) == 1 and head in ALPHABET:
        return (ALPHABET.index(head) + 1, *tail)
    return ()
