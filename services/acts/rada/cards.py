"""Cards of acts: what `laws/card/{number}.json` says, with its traps taken out."""

import json
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 (beside fields named date)
from typing import Any

from services.acts.rada.errors import UnreadableReplyError

# typ.txt and stan.txt of data.rada.gov.ua, ogd/zak/laws/data/csv.
_TYPES = {
    1: "Закон",
    2: "Постанова",
    3: "Указ",
    6: "Розпорядження",
    8: "Декрет",
    9: "Наказ",
    21: "Кодекс",
    124: "Кодекс",
    216: "Конституція",
}
_BODIES = {2: "Кабінет Міністрів України"}
STATUSES = {
    0: "не визначено",
    1: "втратив чинність",
    2: "набирає чинності",
    3: "дію зупинено",
    4: "дію відновлено",
    5: "чинний",
    6: "не набрав чинності",
    7: "не застосовується",
    8: "частково набрав чинності",
    9: "втратив чинність, крім окремих положень",
}
_NOT_FIXED = 3000  # the year by which the Rada says that a day is not set


@dataclass(frozen=True)
class Edition:
    """An edition of an act: its first day, and the identifiers of the acts that made it."""

    day: Day
    amended_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """An act as the Rada describes it. `current` is the edition in force, `editions` stand in their order.

    `status` is one of STATUSES.
    """

    number: str
    title: str
    act_type: str = ""
    body: str = ""
    adopted: Day | None = None
    status: int = 0
    current: Day | None = None
    editions: tuple[Edition, ...] = ()

    def edition(self, day: str) -> Edition | None:
        """The edition of a day (ISO), or None."""
        return next((edition for edition in self.editions if edition.day.isoformat() == day), None)

    def is_future(self, edition: Edition) -> bool:
        """Has this edition been adopted for a day that is still to come?"""
        return self.current is not None and edition.day > self.current


def read_card(data: bytes) -> Card:
    """Read a card. Raises UnreadableReplyError for anything else, the service's own refusals too."""
    try:
        values = json.loads(data)
        number, title = str(values["nreg"]), str(values["nazva"])
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise UnreadableReplyError(what="card") from problem
    if not number or not title:
        raise UnreadableReplyError(what="card")
    organ = _whole(values.get("org"))
    return Card(
        number=number,
        title=title,
        act_type=_type(values.get("types"), values.get("typ")),
        body=_BODIES.get(organ, ""),
        adopted=_day(values.get("orgdat")),
        status=_whole(values.get("status")),
        current=_day(values.get("datred")),
        editions=_editions(values.get("eds")),
    )


def _type(types: Any, main: Any) -> str:
    """`types` is one number, or several as "21|1|124": the most telling of them."""
    codes = [_whole(code) for code in str(types if types is not None else "").split("|")]
    known = [code for code in (*codes, _whole(main)) if code in _TYPES]
    for telling in (216, 21, 124):
        if telling in known:
            return _TYPES[telling]
    return _TYPES[known[0]] if known else ""


def _editions(entries: Any) -> tuple[Edition, ...]:
    editions: dict[Day, Edition] = {}
    for entry in entries if isinstance(entries, list) else ():
        day = _day(entry.get("datred")) if isinstance(entry, dict) else None
        if day is not None:
            acts = str(entry.get("pidstava") or "").replace(",", "|").split("|")
            editions[day] = Edition(day, tuple(act.strip() for act in acts if act.strip()))
    return tuple(editions[day] for day in sorted(editions))


def _day(value: Any) -> Day | None:
    """Days are numbers like 20260114; 30000101 says that it is not fixed."""
    digits = str(value or "")
    try:
        day = Day(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) if len(digits) == 8 else None
    except ValueError:
        return None
    return day if day is not None and day.year < _NOT_FIXED else None


def _whole(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0
