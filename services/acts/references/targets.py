"""Which act an external reference names, by the Rada's identifier.

From what is written: a printed code «(2121-14)», a number with a date, the name of a code. Titles of laws
are looked up among acts that are known, because a title alone says no number: those of the collection, then
`laws.csv`, the laws that the sample acts cite by title, with the acts to which the Rada's editors linked
them (zakon.rada.gov.ua, CC BY 4.0).
"""

import csv
import re
from collections.abc import Mapping
from datetime import date as Day  # noqa: N812 (as beside columns named date)
from functools import cache
from pathlib import Path

from services.acts.folding import fold_case
from services.acts.metadata import identifier

# Identifiers of the acts that are cited by name alone: zakon.rada.gov.ua, addresses of their pages.
_BY_NAME = (
    (r"конституці(?:я|ї|ю|єю)(?!\w)", "254к/96-вр", "Конституція України"),
    (
        r"кримінальн\w+ кодекс\w* україни (?:від \d+ грудня )?1960",
        "2001-05",
        "Кримінальний кодекс України 1960 року",
    ),
    (
        r"кримінальн\w+ процесуальн\w+ кодекс\w* україни(?! 1960)",
        "4651-17",
        "Кримінальний процесуальний кодекс України",
    ),
    (r"кримінально-виконавч\w+ кодекс", "1129-15", "Кримінально-виконавчий кодекс України"),
    (r"кримінальн\w+ кодекс", "2341-14", "Кримінальний кодекс України"),
    (r"цивільн\w+ процесуальн\w+ кодекс", "1618-15", "Цивільний процесуальний кодекс України"),
    (r"цивільн\w+ кодекс", "435-15", "Цивільний кодекс України"),
    (r"господарськ\w+ процесуальн\w+ кодекс", "1798-12", "Господарський процесуальний кодекс України"),
    (r"господарськ\w+ кодекс", "436-15", "Господарський кодекс України"),
    (r"кодекс\w* адміністративного судочинства", "2747-15", "Кодекс адміністративного судочинства України"),
    (r"кодекс\w* законів про працю", "322-08", "Кодекс законів про працю України"),
    (
        r"кодекс\w* україни про адміністративні правопорушення",
        "80731-10",
        "Кодекс України про адміністративні правопорушення",
    ),
    (r"кодекс\w* україни про надра", "132/94-вр", "Кодекс України про надра"),
    (r"кодекс\w* україни з процедур банкрутства", "2597-19", "Кодекс України з процедур банкрутства"),
    (r"кодекс\w* цивільного захисту", "5403-17", "Кодекс цивільного захисту України"),
    (r"кодекс\w* торговельного мореплавства", "176/95-вр", "Кодекс торговельного мореплавства України"),
    (r"податков\w+ кодекс", "2755-17", "Податковий кодекс України"),
    (r"бюджетн\w+ кодекс", "2456-17", "Бюджетний кодекс України"),
    (r"митн\w+ кодекс", "4495-17", "Митний кодекс України"),
    (r"земельн\w+ кодекс", "2768-14", "Земельний кодекс України"),
    (r"сімейн\w+ кодекс", "2947-14", "Сімейний кодекс України"),
    (r"житлов\w+ кодекс", "5464-10", "Житловий кодекс України"),
    (r"водн\w+ кодекс", "213/95-вр", "Водний кодекс України"),
    (r"лісов\w+ кодекс", "3852-12", "Лісовий кодекс України"),
    (r"повітрян\w+ кодекс", "3393-17", "Повітряний кодекс України"),
    (r"виборч\w+ кодекс", "396-20", "Виборчий кодекс України"),
    (r"правил\w* дорожнього руху", "1306-2001-п", "Правила дорожнього руху"),
    (r"регламент\w* верховної ради україни", "1861-17", "Регламент Верховної Ради України"),
)
_ABBREVIATED = {
    "купап": "80731-10",
    "кзпп": "322-08",
    "квк": "1129-15",
    "кпк": "4651-17",
    "кас": "2747-15",
    "цпк": "1618-15",
    "гпк": "1798-12",
    "кк": "2341-14",
    "цк": "435-15",
    "гк": "436-15",
    "пк": "2755-17",
    "мк": "4495-17",
    "ск": "2947-14",
    "зк": "2768-14",
    "бк": "2456-17",
}
_NAMES = [(re.compile(pattern), number) for pattern, number, _ in _BY_NAME]
_CODE = re.compile(
    r"\(\s?(?!\d+/\d\d\s?\))(?P<code>\d+[а-яa-z]?(?:[-/]\w+)+|[a-z]\d{3}\w{0,6}-\d\d|\d{3}_\w{2,4})\s?\)",
    re.IGNORECASE,
)
_LAW = re.compile(r"(?:№|n)\s?(?P<number>\d+[а-я]?-[ivxіvх]+|\d+[а-я]?/\d\d-вр)")
_OWN_CODE = re.compile(r"(?:№|n)\s?(?P<code>\d+[а-я]?-\d\d)(?![\w/-])")
_KEPT_UNDER_IT = re.compile(r"закон|указ|декрет|пвр")
_COURT = re.compile(
    r"конституційн\w+ суд\w*.*(?:№|n)\s?(?P<number>\d{1,3})-рп?/(?P<year>\d{2}(?:\d\d)?)(?!\d)"
)
_REGISTERED = re.compile(r"юстиції.*(?P<year>\d\d)(?!\d)\D*за (?:№|n)\s?(?P<number>\d{1,4})/\d+")
_NUMBER = re.compile(r"(?:№|n)\s?(?P<number>\d+(?:/\d{4})?)(?:-р)?(?![\w/-])")
_TITLE = re.compile(r'"(?P<title>.+)"')
_MONTHS = ("січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру")
_DAY = re.compile(
    rf"(?P<day>\d{{1,2}})(?:\.(?P<number>\d\d)\.|\s+(?P<month>{'|'.join(_MONTHS)})\w+\s+)(?P<year>\d{{4}}|\d\d)(?!\d)"
)
_CENTURY = 100  # years; «24.01.83» is of the twentieth
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
        called = title["title"].replace('"', "")
        return (
            (titles or {}).get(called) or _numbered(name.replace(title[0], "")) or _often_cited().get(called)
        )
    return _numbered(name) or (None if _SOVIET.search(name) else _named(name))


@cache
def known_titles() -> dict[str, str]:
    """The titles of codes and often cited laws by identifier, in the nominative as their acts bear them."""
    laws = {number: title for title, number in reversed(_laws())}
    return laws | {number: title for _, number, title in _BY_NAME}


@cache
def _often_cited() -> dict[str, str]:
    """Return the identifiers of laws by their folded titles without quotes."""
    return {fold_case(title).replace('"', ""): number for title, number in _laws()}


@cache
def _laws() -> list[tuple[str, str]]:
    with Path(__file__).with_name("laws.csv").open(encoding="utf-8", newline="") as file:
        return [(row["title"], row["number"]) for row in csv.DictReader(file)]


def _named(name: str) -> str | None:
    if (abbreviated := _ABBREVIATED.get(name.removesuffix(" україни"))) is not None:
        return abbreviated
    return next((number for pattern, number in _NAMES if pattern.search(name)), None)


def _numbered(name: str) -> str | None:
    law = _LAW.search(name)
    if law is not None:
        return identifier(law["number"].upper(), "Закон", _day(name)).lower()
    own = _OWN_CODE.search(name)
    if own is not None and _KEPT_UNDER_IT.search(name):
        return own["code"]
    registered = _REGISTERED.search(name)
    if registered is not None:
        return f"z{int(registered['number']):04}-{registered['year']}"
    court = _COURT.search(name)
    if court is not None:
        return f"v{int(court['number']):03}p710-{court['year'][-2:]}"
    number, adopted = _NUMBER.search(name), _day(name)
    return _by_issuer(name, number["number"], adopted) if number is not None else None


def _by_issuer(name: str, number: str, adopted: Day | None) -> str | None:
    """Return the identifier that the kind of the act and its issuer make of its number and day."""
    if "указ" in name and ("/" in number or "президент" in name):
        return number if "/" in number else f"{number}/{adopted.year}" if adopted is not None else None
    if adopted is None:
        return None
    if "національного банку" in name:
        return identifier(number, "Постанова", adopted, "Правління Національного банку України")
    if not re.search(r"кабінету міністрів|(?<!\w)км(?:у)?(?!\w)", name):
        return None
    act_type = "Розпорядження" if "розпорядж" in name else "Постанова"
    return identifier(number, act_type, adopted, "Кабінет Міністрів України")


def _day(name: str) -> Day | None:
    match = _DAY.search(name)
    if match is None:
        return None
    month = int(match["number"]) if match["number"] else _MONTHS.index(match["month"]) + 1
    try:
        year = int(match["year"])
        return Day(year if year >= _CENTURY else 1900 + year, month, int(match["day"]))
    except ValueError:
        return None
