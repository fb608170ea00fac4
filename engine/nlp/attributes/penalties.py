"""Penalties of a sanction: each alternative with its least and greatest measure."""

import re

from engine.elements import JsonValue
from engine.nlp.attributes.numbers import all_numbers, plain
from engine.nlp.tokens import fold, tokenize

_SPLIT = re.compile(
    r"\s*,\s*або\s+|\s+або\s+|\s*,\s*(?:а також |із |з )|\s+(?:з|із)\s+(?=(?:конфіскаці"
    r"|позбавленням права|оплатним))"
)
_VERB = re.compile(r"^(?:кара(?:є|ю)ться|тягн(?:е|уть)(?: за собою)?)\s*(?:[-–—]\s*)?", re.IGNORECASE)
_KINDS = (
    (re.compile(r"довічн\w+ позбавленн\w+ волі"), "довічне позбавлення волі"),
    (re.compile(r"позбавленн\w+ волі"), "позбавлення волі"),
    (re.compile(r"обмеженн\w+ волі"), "обмеження волі"),
    (re.compile(r"пробаційн\w+ нагляд"), "пробаційний нагляд"),
    (re.compile(r"виправн\w+ роб"), "виправні роботи"),
    (re.compile(r"громадськ\w+ роб"), "громадські роботи"),
    (re.compile(r"суспільно корисн\w+"), "суспільно корисні роботи"),
    (re.compile(r"арешт\w* з утриманням на гауптвахті"), "арешт з утриманням на гауптвахті"),
    (re.compile(r"адміністративн\w+ арешт"), "адміністративний арешт"),
    (re.compile(r"\bарешт\w*"), "арешт"),
    (re.compile(r"тримання\w* в дисциплінарному"), "тримання в дисциплінарному батальйоні"),
    (re.compile(r"штраф"), "штраф"),
    (re.compile(r"попередженн"), "попередження"),
    (re.compile(r"конфіскаці"), "конфіскація"),
    (re.compile(r"відповідальн"), "відповідальність"),
    (re.compile(r"позбавленн\w+ (?:\w+ )?права"), "позбавлення права"),
)  # fmt: skip
_UNITS = (
    (re.compile(r"неоподатковуван"), "неоподатковуваний мінімум доходів громадян"),
    (re.compile(r"мінімальн\w+ заробітн"), "мінімальна заробітна плата"),
    (re.compile(r"прожитков\w+ мінімум"), "прожитковий мінімум"),
    (re.compile(r"гривень|гривн|\bгрн\b"), "гривня"),
    (re.compile(r"відсотк|процент"), "відсоток"),
    (re.compile(r"\b(?:рок|рік)"), "year"),
    (re.compile(r"місяц"), "month"),
    (re.compile(r"годин"), "hour"),
    (re.compile(r"\b(?:діб|доби|доба|дн)"), "calendar_day"),
)  # fmt: skip
_UP_TO = re.compile(r"\b(?:до|не більше|не перевищу)\b")
_FROM = re.compile(r"\bвід\b")


def penalties(quote: str) -> list[JsonValue]:
    """Alternatives as {kind, min, max, unit}; a measure that is not named is None."""
    body = _VERB.sub("", fold(quote))
    offset = len(quote) - len(body)
    parts: list[JsonValue] = []
    start = 0
    for match in [*_SPLIT.finditer(body), None]:
        end = match.start() if match else len(body)
        piece = body[start:end].strip()
        if piece:
            parts.append(_penalty(piece, quote[offset + start : offset + end].strip()))
        start = match.end() if match else end
    return parts


def _penalty(text: str, written: str) -> dict[str, JsonValue]:
    kind = next((name for form, name in _KINDS if form.search(text)), written)
    unit = next((name for form, name in _UNITS if form.search(text)), None)
    numbers = all_numbers(token.norm for token in tokenize(text)) if unit else []
    least: float | None = None
    most: float | None = None
    if len(numbers) >= 2 and _FROM.search(text):
        least, most = numbers[0], numbers[1]
    elif numbers and _UP_TO.search(text):
        most = numbers[0]
    elif numbers:
        least = most = numbers[0]
    return {"kind": kind, "min": plain(least), "max": plain(most), "unit": unit if numbers else None}
