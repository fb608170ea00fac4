"""What an act says of itself: title, number, type, date and body, read from its head and signature block."""

import re
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 (beside fields named date)

from services.acts.act_titles import TREATIES, title_of_head
from services.acts.folding import closed_up, fold, latin
from services.acts.issuers import body_of, known_body
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
    ("МЕМОРАНДУМ", "Меморандум"),
    ("ДОГОВІР", "Договір"),
    ("ХАРТІЯ", "Хартія"),
    ("ДИРЕКТИВА", "Директива"),
    ("УХВАЛА", "Ухвала"),
    ("ВИСНОВОК", "Висновок"),
    ("ЛИСТ", "Лист"),
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
_NUMBER = re.compile(r"(?:№|N)[ ]?(?P<number>\d[\w/-]*(?:\([ІVХ]+\)[\w/-]*)?)")
_ROMAN_IN_NUMBER = re.compile(r"(?<![^\W\d_])[ІVХ]+(?![^\W\d_])")
_COURT_NUMBER = re.compile(r"(\d{1,3})-рп?/\d{4}")
_REGISTERED = re.compile(r"за[ ]+(?:№|N)[ ]?(?P<number>\d+)/\d+", re.IGNORECASE)
_LAW_NUMBER = re.compile(r"(\d+[а-я]?)-([ІVХ]+)")
_INTRODUCED = re.compile(r"(?:Введен|Указом|Затверджен|Схвален)")
_PLACE_AND_DAY = re.compile(r"(?:м\.[ ]?)?(?:Київ,?[ ]*)?\d.{0,40}$")
_LINES_OF_SIGNATURE = 4


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
    title = title_of_head(text, head, kind)
    if not kind and not title:
        return ActCard()
    registered, year = _registration(head)
    number, adopted = ("", None) if _is_of_parliament(head, kind) else _numbered(head)
    if not number:
        number, signed = _signed(lines)
        adopted = signed or adopted
    if not number and _is_of_parliament(head, kind):
        number, adopted = _approved_by(text)
    body = _body(text, head, kind, adopted)
    if registered and year:
        return ActCard(title, f"z{int(registered):04}-{year % 100:02}", kind, adopted, body)
    return ActCard(title, identifier(number, kind, adopted, body), kind, adopted, body)


def title_of(layout: Layout) -> str:
    """Return the title in the head of a text whose lines are read already, empty if it has none."""
    head = _head(layout.lines)
    return title_of_head(layout.text, head, _act_type(head))


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
    court = _COURT_NUMBER.fullmatch(number)
    if court is not None and adopted is not None and "онституційн" in body:
        return f"v{int(court[1]):03}p710-{adopted.year % 100:02}"
    if body == "Кабінет Міністрів України" and act_type == "Розпорядження":
        number = number.removesuffix("-р")
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
    return closed_up(line.text.upper())


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
            return _in_latin(number["number"]), adopted
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
                return _in_latin(number["number"]), adopted
    return "", None


def _in_latin(number: str) -> str:
    """Return a number with its Roman parts in Latin letters: «845-23/VII»."""
    return _ROMAN_IN_NUMBER.sub(lambda match: latin(match[0]), number)


def _body(text: str, head: list[Line], kind: str, adopted: Day | None) -> str:
    if _is_of_parliament(head, kind):
        soviet = adopted is not None and adopted < Day(1991, 8, 24)
        return "Верховна Рада УРСР" if soviet else "Верховна Рада України"
    if kind in TREATIES or kind == "Кодекс":
        return ""
    for line in head:
        words = _plain(line)
        if body := known_body(words) if line.text.isupper() or kind.upper() in words else "":
            return body
        of_kind = words.startswith(kind.upper()) or any(mark == words for mark, _ in _TYPES)
        if line.text.isupper() and len(words) > 8 and not of_kind:
            return body_of(closed_up(text[line.start : line.end]))
    return "Президент України" if kind == "Указ" else ""


def _is_of_parliament(head: list[Line], kind: str) -> bool:
    """Tell whether an act is a law, or a code that is one: other codes are of conduct."""
    if kind != "Кодекс":
        return kind in _PARLIAMENT
    return any("УКРАЇН" in words or "ЗАКОНІВ" in words or "УРСР" in words for words in map(_plain, head))
