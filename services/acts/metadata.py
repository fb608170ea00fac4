"""What an act says of itself: title, number, type, date and body, read from its head and signature block."""

import re
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 (beside fields named date)

from services.acts.folding import fold, latin
from services.acts.structure.head import head_end
from services.acts.structure.lines import Layout, Line, read
from services.acts.structure.markers import heading

_MONTHS = {
    "січня": 1,
    "лютого": 2,
    "березня": 3,
    "квітня": 4,
    "травня": 5,
    "червня": 6,
    "липня": 7,
    "серпня": 8,
    "вересня": 9,
    "жовтня": 10,
    "листопада": 11,
    "грудня": 12,
}
_TYPES = (
    ("КОНСТИТУЦІЯ", "Конституція"),
    ("КОДЕКС", "Кодекс"),
    ("ЗАКОН", "Закон"),
    ("ПОСТАНОВА", "Постанова"),
    ("РОЗПОРЯДЖЕННЯ", "Розпорядження"),
    ("НАКАЗ", "Наказ"),
    ("УКАЗ", "Указ"),
    ("ДЕКРЕТ", "Декрет"),
    ("РІШЕННЯ", "Рішення"),
    ("КОНВЕНЦІЯ", "Конвенція"),
    ("ПАКТ", "Пакт"),
    ("ДЕКЛАРАЦІЯ", "Декларація"),
    ("УГОДА", "Угода"),
    ("ПРОТОКОЛ", "Протокол"),
)
_PARLIAMENT = frozenset({"Закон", "Кодекс", "Конституція"})
# The suffix of a law's identifier; before 1991 the same Roman numbers count the convocations of the
# Ukrainian SSR (data.rada.gov.ua, laws/readme.txt).
_SINCE_1991 = {"XII": "12", "XIV": "14", "III": "14", "IV": "15", "V": "16"}
_SINCE_1991 |= {"VI": "17", "VII": "18", "VIII": "19", "IX": "20"}
_BEFORE_1991 = {"VII": "07", "VIII": "08", "IX": "09", "X": "10", "XI": "11", "XII": "12"}
_DATE = re.compile(
    r"(?P<day>\d{1,2})(?:\.(?P<number>\d\d)\.|[ ]+(?P<month>[а-яі]{5,9})[ ]+)(?P<year>\d{4})(?!\d)"
)
_NUMBER = re.compile(r"(?:№|N)[ ]?(?P<number>\d[\w/-]*)")
_REGISTERED = re.compile(r"за[ ]+(?:№|N)[ ]?(?P<number>\d+)/\d+", re.IGNORECASE)
_LAW_NUMBER = re.compile(r"(\d+[а-я]?)-([ІVХ]+)")
_INTRODUCED = re.compile(r"(?:Введен|Указом|Затверджен|Схвален)")
_PLACE_AND_DAY = re.compile(r"(?:м\.[ ]?)?(?:Київ,?[ ]*)?\d.{0,40}$")
_LINES_OF_SIGNATURE = 4
_MAX_TITLE_LINES = 8


@dataclass(frozen=True, slots=True)
class ActCard:
    """What an act's text tells of it; empty or None where it tells nothing.

    `number` is the Rada's identifier (`2939-17`, `448-2022-п`, `z0281-25`) where the printed number has
    one, else the printed number.
    """

    title: str = ""
    number: str = ""
    act_type: str = ""
    date: Day | None = None
    body: str = ""


def guess(text: str) -> ActCard:
    """Return what the head and the signature block of an act tell of it. Never raises."""
    lines = read(text).lines
    head = _head(lines)
    kind = _act_type(head)
    title = _title(text, head, kind)
    if not kind and not title:
        return ActCard()
    registered, year = _registration(head)
    number, adopted = _numbered(head) if kind not in _PARLIAMENT else ("", None)
    if not number:
        number, signed = _signed(lines)
        adopted = signed or adopted
    if not number and kind in _PARLIAMENT:
        number, adopted = _approved_by(text)
    body = _body(text, head, kind, adopted)
    if registered and year:
        return ActCard(title, f"z{int(registered):04}-{year % 100:02}", kind, adopted, body)
    return ActCard(title, identifier(number, kind, adopted, body), kind, adopted, body)


def title_of(layout: Layout) -> str:
    """Return the title in the head of a text whose lines are read already, empty if it has none."""
    head = _head(layout.lines)
    return _title(layout.text, head, _act_type(head))


def identifier(number: str, act_type: str, adopted: Day | None, body: str = "") -> str:
    """Return the Rada's identifier for a printed number, or the number itself where there is no rule.

    `2939-VI` → `2939-17`; `448` of the Cabinet of Ministers in 2022 → `448-2022-п`; `254к/96-ВР` →
    `254к/96-вр`; `50` of the National Bank in 2003 → `v0050500-03`.
    """
    folded = fold(number)
    law = _LAW_NUMBER.fullmatch(folded)
    if law is not None:
        old = adopted is not None and adopted.year < 1991
        suffix = (_BEFORE_1991 if old else _SINCE_1991).get(latin(law[2]))
        return f"{law[1]}-{suffix}" if suffix else number
    if folded.upper().endswith("-ВР"):
        return number[:-3] + "-вр"
    if adopted is not None and number.isdigit():
        if body == "Кабінет Міністрів України" and act_type in ("Постанова", "Розпорядження"):
            year = f"{adopted.year}" if adopted.year >= 2000 else f"{adopted.year % 100:02}"
            return f"{number}-{year}-{'п' if act_type == 'Постанова' else 'р'}"
        if "аціонального банку" in body and int(number) < 10_000:
            return f"v{int(number):04}500-{adopted.year % 100:02}"
    return number


def _head(lines: list[Line]) -> list[Line]:
    """Return the lines of the title block, notes left out."""
    block = [line for line in lines[: head_end(lines, 0)] if not line.is_note]
    stop = next((at for at, line in enumerate(block) if at and heading(line.text) is not None), len(block))
    return block[:stop]


def _plain(line: Line) -> str:
    """Return a line of the head in capitals, «П О С Т А Н О В А» closed up."""
    words = line.text.upper()
    return words.replace(" ", "") if re.fullmatch(r"(?:\w[ ]+)+\w", words) else words


def _act_type(head: list[Line]) -> str:
    for line in head:
        if line.text.startswith("Про "):
            continue
        words = _plain(line)
        for mark, kind in _TYPES:
            if not re.search(rf"(?<!\w){mark}(?!\w)", words):
                continue
            if line.text.isupper() or line is head[0] or words.startswith(mark):
                return kind
    return ""


def _title(text: str, head: list[Line], kind: str) -> str:
    for index, line in enumerate(head):
        if line.text.startswith("Про "):
            return " ".join(_rows(text, head[index:]))
    if kind in ("Кодекс", "Конституція"):
        capitals = [text[line.start : line.end] for line in head if line.text.isupper()]
        if capitals:
            return _sentence_case(" ".join(capitals[:3]))
    if kind and head and not head[0].text.isupper():
        return text[head[0].start : head[0].end].removesuffix("(*)").strip()
    return ""


def _rows(text: str, head: list[Line]) -> list[str]:
    """Return the lines of a title: the first, and those it is wrapped onto."""
    rows: list[str] = []
    for line in head[:_MAX_TITLE_LINES]:
        if rows and (line.text.startswith("(") or line.text.isupper() or _DATE.match(line.text)):
            break
        rows.append(text[line.start : line.end].split("{")[0].strip())
    return rows


def _sentence_case(capitals: str) -> str:
    words = capitals.lower().capitalize()
    for name in ("України", "Міністрів", "Рада", "Президент", "Крим", "Автономної", "Республіки"):
        words = re.sub(rf"(?<!\w){name.lower()}(?!\w)", name, words)
    return words


def _day(text: str) -> Day | None:
    match = _DATE.search(text)
    if match is None:
        return None
    month = int(match["number"]) if match["number"] else _MONTHS.get(match["month"].lower(), 0)
    try:
        return Day(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return None


def _numbered(head: list[Line]) -> tuple[str, Day | None]:
    """Return number and date of «від 14 січня 2026 р. № 31», or at least the date."""
    first: Day | None = None
    for index, line in enumerate(head):
        if line.text.startswith(("Про ", "(")) or _INTRODUCED.match(head[index - 1].text if index else ""):
            continue
        number, adopted = _NUMBER.search(line.text), _day(line.text)
        if number is not None and adopted is not None:
            return number["number"], adopted
        first = first or adopted
    return "", first


_APPROVED_BY = re.compile(
    r"\{Затверджується Законом № (?P<number>\d+-[IVXІХ]+) від "
    r"(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d\d(?:\d\d)?)"
)


def _approved_by(text: str) -> tuple[str, Day | None]:
    """Return number and date of the law that a code of the Ukrainian SSR was approved by."""
    match = _APPROVED_BY.search(text, 0, 2_000)
    if match is None:
        return "", None
    year = int(match["year"]) + (1900 if len(match["year"]) == 2 else 0)
    try:
        return match["number"], Day(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return match["number"], None


def _registration(head: list[Line]) -> tuple[str, int | None]:
    """Return the number and year of the registration in the Ministry of Justice."""
    for index, line in enumerate(head):
        match = _REGISTERED.search(line.text)
        if match is not None:
            days = [_day(row.text) for row in reversed(head[max(0, index - 2) : index + 1])]
            return match["number"], next((day.year for day in days if day is not None), None)
    return "", None


def _signed(lines: list[Line]) -> tuple[str, Day | None]:
    """Return number and date of the signature block: «м. Київ / 13 січня 2011 року / № 2939-VI»."""
    for index, line in enumerate(lines):
        adopted = _day(line.text) if _PLACE_AND_DAY.match(line.text) else None
        if adopted is None:
            continue
        for row in lines[index : index + _LINES_OF_SIGNATURE]:
            number = _NUMBER.search(row.text)
            if number is not None and len(row.text) < 60:
                return latin_roman(number["number"]), adopted
    return "", None


def latin_roman(number: str) -> str:
    """Return a printed number with its Roman part in Latin letters."""
    match = _LAW_NUMBER.fullmatch(number)
    return f"{match[1]}-{latin(match[2])}" if match else number


_BODIES = {
    "Указ": "Президент України",
}


def _body(text: str, head: list[Line], kind: str, adopted: Day | None) -> str:
    if kind in _PARLIAMENT:
        soviet = adopted is not None and adopted < Day(1991, 8, 24)
        return "Верховна Рада УРСР" if soviet else "Верховна Рада України"
    if kind in _BODIES:
        return _BODIES[kind]
    for line in head:
        words = _plain(line)
        if line.text.isupper() and len(words) > 8 and not any(mark == words for mark, _ in _TYPES):
            return _sentence_case(text[line.start : line.end])
    return ""
