"""Which act an external reference names, by the Rada's identifier.

From what is written: a printed code «(2121-14)», a number with a date, the name of a code. Titles of laws
are looked up among acts that are known, because a title alone says no number.
"""

import re
from collections.abc import Mapping
from datetime import date as Day  # noqa: N812 (as beside columns named date)

from services.acts.folding import fold_case
from services.acts.metadata import identifier

# Identifiers of the acts that are cited by name alone: zakon.rada.gov.ua, addresses of their pages.
_BY_NAME = (
    (r"конституці(?:я|ї|ю|єю)(?!\w)", "254к/96-вр"),
    (r"кримінальн\w+ кодекс\w* україни (?:від \d+ грудня )?1960", "2001-05"),
    (r"кримінальн\w+ процесуальн\w+ кодекс\w* україни(?! 1960)", "4651-17"),
    (r"кримінально-виконавч\w+ кодекс", "1129-15"),
    (r"кримінальн\w+ кодекс", "2341-14"),
    (r"цивільн\w+ процесуальн\w+ кодекс", "1618-15"),
    (r"цивільн\w+ кодекс", "435-15"),
    (r"господарськ\w+ процесуальн\w+ кодекс", "1798-12"),
    (r"господарськ\w+ кодекс", "436-15"),
    (r"кодекс\w* адміністративного судочинства", "2747-15"),
    (r"кодекс\w* законів про працю", "322-08"),
    (r"кодекс\w* україни про адміністративні правопорушення", "80731-10"),
    (r"кодекс\w* україни про надра", "132/94-вр"),
    (r"кодекс\w* україни з процедур банкрутства", "2597-19"),
    (r"кодекс\w* цивільного захисту", "5403-17"),
    (r"кодекс\w* торговельного мореплавства", "176/95-вр"),
    (r"податков\w+ кодекс", "2755-17"),
    (r"бюджетн\w+ кодекс", "2456-17"),
    (r"митн\w+ кодекс", "4495-17"),
    (r"земельн\w+ кодекс", "2768-14"),
    (r"сімейн\w+ кодекс", "2947-14"),
    (r"житлов\w+ кодекс", "5464-10"),
    (r"водн\w+ кодекс", "213/95-вр"),
    (r"лісов\w+ кодекс", "3852-12"),
    (r"повітрян\w+ кодекс", "3393-17"),
    (r"виборч\w+ кодекс", "396-20"),
    (r"правил\w* дорожнього руху", "1306-2001-п"),
    (r"регламент\w* верховної ради україни", "1861-17"),
)
_NAMES = [(re.compile(pattern), number) for pattern, number in _BY_NAME]
_CODE = re.compile(
    r"\(\s?(?P<code>\d+[а-яa-z]?(?:[-/]\w+)+|[a-z]\d{3}\w{0,6}-\d\d|\d{3}_\w{2,4})\s?\)", re.IGNORECASE
)
_LAW = re.compile(r"(?:№|n)\s?(?P<number>\d+[а-я]?-[ivxіvх]+|\d+[а-я]?/\d\d-вр)")
_NUMBER = re.compile(r"(?:№|n)\s?(?P<number>\d+(?:/\d{4})?)(?![\w/-])")
_TITLE = re.compile(r'"(?P<title>.+)"')
_DAY = re.compile(r"(?P<day>\d{1,2})(?:\.(?P<number>\d\d)\.|\s+(?P<month>[а-яіїє']+)\s+)(?P<year>\d{4})")
_MONTHS = ("січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру")
_SOVIET = re.compile(r"української рср|урср|срср")


def identify(target_act: str, titles: Mapping[str, str] | None = None) -> str | None:
    """Return the identifier of the act named by `Reference.target_act`, None where it cannot be told.

    `titles` gives the identifiers of known acts by their titles (`folding.fold_case`, without quotes).
    """
    code = _CODE.search(target_act)
    if code is not None:
        return code["code"].lower()
    name = re.sub(r"\s+", " ", fold_case(target_act))
    title = _TITLE.search(name)
    if title is not None:
        return (titles or {}).get(title["title"]) or _numbered(name.replace(title[0], ""))
    return _numbered(name) or (None if _SOVIET.search(name) else _named(name))


def _named(name: str) -> str | None:
    return next((number for pattern, number in _NAMES if pattern.search(name)), None)


def _numbered(name: str) -> str | None:
    law = _LAW.search(name)
    if law is not None:
        return identifier(law["number"].upper(), "Закон", _day(name)).lower()
    number = _NUMBER.search(name)
    if number is None:
        return None
    if "указ" in name and "/" in number["number"]:
        return number["number"]
    adopted = _day(name)
    if adopted is None or not re.search(r"кабінету міністрів|(?<!\w)км(?:у)?(?!\w)", name):
        return None
    act_type = "Розпорядження" if "розпорядж" in name else "Постанова"
    return identifier(number["number"], act_type, adopted, "Кабінет Міністрів України")


def _day(name: str) -> Day | None:
    match = _DAY.search(name)
    if match is None:
        return None
    month = match["number"] or ""
    value = int(month) if month else _month(match["month"])
    try:
        return Day(int(match["year"]), value, int(match["day"]))
    except ValueError:
        return None


def _month(word: str) -> int:
    return _MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else 0
