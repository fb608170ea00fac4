"""Attributes of time limits: what kind, how much of what, counted from what."""

import re

from engine.elements import JsonValue
from engine.nlp.attributes.numbers import first_number, plain
from engine.nlp.tokens import fold, tokenize

_UNITS = (
    (re.compile(r"(?:робоч|банківськ)\w+ (?:день|дня|дні|днів)"), "working_day", 1),
    (re.compile(r"\b(?:годин|хвилин)\w*|годинн\w*"), "hour", 1),
    (re.compile(r"\b(?:місяц|місяч)\w*|місячн\w*"), "month", 1),
    (re.compile(r"\b(?:рік|рок\w*|річн\w*)\b|річн\w*"), "year", 1),
    (re.compile(r"\bквартал\w*"), "month", 3),
    (re.compile(r"\b(?:тижн|тижден)\w*|тижнев\w*"), "calendar_day", 7),
    (re.compile(r"\b(?:день|дня|дні|днів|днями|доба|доби|діб|добу)\b|денн\w*|добов\w*"), "calendar_day", 1),
)
_KINDS = (
    ("min", re.compile(r"не (?:менш|раніш)")),
    ("max", re.compile(r"не (?:більш|довш)|не перевищу")),
    ("latest", re.compile(r"не пізніш|^(?:протягом|упродовж|впродовж)|^(?:невідкладно|негайно|одразу)")),
    ("exact", re.compile(r"^що(?:року|річно|місяц|місячно|квартал|дня|денно|тижня)|^раз|^один раз|^через")),
    ("exact", re.compile(r"^(?:у|в) (?:день|момент)|^з \d")),
    ("exact", re.compile(r"^на \S+(?:річний|місячний|денний) строк|^(?:у|в) кінці")),
    ("until", re.compile(r"^(?:до|на період|на час|на строк|перед|доти|(?:у|в) період)\b")),
)  # fmt: skip
_EVENT = re.compile(
    r"(?:(?:\b(?:з|із|зі|від) (?:дня|дати|моменту|часу|дати))|\bпісля(?: дня)?|^перед"
    r"|^(?:у|в) (?:день|момент)|^на (?:період|час|строк)|^до(?: моменту| дня| дати)?)\s+(.+)$",
    re.DOTALL,
)
_DATE = re.compile(
    r"^(?:з|до)\s+((?:\d{1,2}\s+(?:січ|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листопад"
    r"|груд)\w+).*)$",
    re.DOTALL,
)
_NUMBER_AHEAD = re.compile(r"\d|\S+ (?:робоч|календарн|дн|місяц|рок|годин)")


def deadline_attributes(quote: str) -> dict[str, JsonValue]:
    """kind, value, unit and from_event of a time limit's text."""
    text = fold(quote)
    if date := _DATE.search(text):
        words = quote[date.start(1) : date.end(1)]
        return {
            "kind": "until" if " до " in f" {text}" else "exact",
            "value": None,
            "unit": None,
            "from_event": words,
        }
    match = next(((m, unit, times) for form, unit, times in _UNITS if (m := form.search(text))), None)
    value: float | None = None
    unit: str | None = None
    if match:
        found, unit, times = match
        ahead = [token.norm for token in tokenize(text[: found.end()])]
        number = first_number(ahead)
        value = (
            number * times
            if number is not None
            else (1.0 if re.match(r"(?:протягом|за) (?:місяц|рок)", text) else None)
        )
    if value is None:
        unit = None
    return {
        "kind": next(
            (name for name, form in _KINDS if form.search(text)), "max" if match and value else "latest"
        ),
        "value": plain(value),
        "unit": unit,
        "from_event": _event(quote, text),
    }


def _event(quote: str, text: str) -> str | None:
    match = _EVENT.search(text)
    if not match or _NUMBER_AHEAD.match(match.group(1)):
        return None
    return quote[match.start(1) : match.end(1)].strip(" ,")
