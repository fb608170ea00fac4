"""From what people have at hand, a printed number or a link, to the Rada's identifier of an act."""

import re
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 (beside fields named date)
from urllib.parse import parse_qs, unquote, urlsplit

from services.acts.folding import fold, latin
from services.acts.metadata import identifier
from services.acts.rada.errors import ForeignLinkError, NumberUnclearError

_LONGEST = 400
_HOST = re.compile(r"(?:^|\.)rada\.(?:gov\.ua|kiev\.ua)$")
_PATH = re.compile(r"/(?:laws/(?:show|card|term|anot|main|go)|go|rada/show)/(?:(?:en|uk|ru)/)?(?P<number>.+)")
_TAIL = re.compile(
    r"/(?:ed(?P<edition>\d{8})|print\w*|paran\w+|page\w+|conv|stru|find\w*|sp:\S*|card|term)(?=/|$).*$"
)
_ENDING = re.compile(r"\.(?:json|txt|xml|html?)$")
# Identifiers as they are: laws, acts of the government, registered orders, treaties, decrees.
_IDENTIFIER = re.compile(
    r"\d{1,5}[а-яі]?-\d{2}|\d{1,5}[а-яі]?/\d{2}-вр|\d{1,4}(?:-\d{1,2})?-(?:19|20)\d\d-[пр]|"
    r"\d{1,4}/(?:19|20)\d\d(?:-рп)?|[a-z][\da-zа-яі]{2,12}-\d{2}|\d{3}_[\da-zа-яі]{2,6}|80731-10|80732-10"
)
_LAW = re.compile(r"(?<![\w/])(?P<number>\d{1,5}[а-яі]?)-(?P<roman>[ІVХ]{1,5})(?!\w)")
_CONSTITUTION = re.compile(r"(?<![\w/])\d{1,5}[а-яі]?/\d{2}-вр(?!\w)")
_REGISTERED = re.compile(r"(?<![\d/])(?P<number>\d{1,4})/(?P<serial>\d{3,6})(?![\d/])")
_DECREE = re.compile(r"(?<![\d/])\d{1,4}/(?:19|20)\d\d(?:-рп)?(?!\w)")
_NUMBERED = re.compile(r"(?:№|(?<!\w)n(?:o\.?)?)\s*(?P<number>\d{1,5})(?:-(?P<mark>[рп]))?(?![\w/-])")
_BARE = re.compile(r"(?<![\d.№/-])(?P<number>\d{1,4})(?:-(?P<mark>[рп]))?(?![\w./-])")
_IN_PARTS = re.compile(r"(?<![\w/])8073-(?:х|10)(?![\w/])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE = re.compile(r"\d{1,2}\.\d{2}\.\d{4}|\d{1,2}\s+[а-яі]{5,9}\s+\d{4}")

PARTS = ("80731-10", "80732-10")
"""The Code of Administrative Offences, № 8073-X: its articles up to 212-24, and from 213 on."""


@dataclass(frozen=True)
class Wanted:
    """An act to bring: its identifier, and the day of an edition (ISO) where one was named."""

    number: str
    edition: str = ""


def acts(typed: str) -> tuple[Wanted, ...]:
    """Every act to bring for what `wanted` reads: more than one where the Rada keeps an act in parts.

    Raises NumberUnclearError or ForeignLinkError.
    """
    if len(typed) <= _LONGEST and not _is_link(typed.strip()) and _IN_PARTS.search(fold(typed).lower()):
        return tuple(Wanted(part) for part in PARTS)
    return (wanted(typed),)


def wanted(typed: str) -> Wanted:
    """Read an identifier, a printed number («№ 2939-VI», «постанова КМУ від 29.04.2022 № 448») or a link.

    Raises NumberUnclearError or ForeignLinkError.
    """
    typed = typed.strip()
    if not typed or len(typed) > _LONGEST:
        raise NumberUnclearError(number=typed[:_LONGEST])
    if _is_link(typed):
        return _of_link(typed)
    number = _as_identifier(typed) or _printed(typed)
    if not number:
        raise NumberUnclearError(number=typed)
    return Wanted(number)


def _is_link(typed: str) -> bool:
    return re.match(r"https?://|[\w.-]+\.(?:gov|kiev)\.ua/", typed, re.IGNORECASE) is not None


def _of_link(typed: str) -> Wanted:
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host = parts.hostname or ""
    except ValueError:
        raise ForeignLinkError(number=typed) from None
    if not _HOST.search(host.lower()):
        raise ForeignLinkError(number=typed)
    query = parse_qs(parts.query)
    path = _PATH.search(unquote(parts.path))
    raw = query["nreg"][0] if "nreg" in query else path["number"] if path else ""
    tail = _TAIL.search(raw)
    edition = _iso(tail["edition"]) if tail and tail["edition"] else ""
    number = _ENDING.sub("", _TAIL.sub("", raw).rstrip("/"))
    known = _as_identifier(number)
    if not known:
        raise ForeignLinkError(number=typed)
    return Wanted(known, edition)


def _iso(digits: str) -> str:
    try:
        return Day(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return ""


def _as_identifier(typed: str) -> str:
    """The identifier that is written, with Cyrillic letters where the Rada has them; empty if it is none."""
    text = typed.strip().removeprefix("№").strip().lower()
    if text[:1].isdigit() and not text.endswith("p"):
        # A Latin «p» may stand for «п» (a resolution) or for «р» (an order): that is not guessed.
        text = fold(text)
    return text if _IDENTIFIER.fullmatch(text) else ""


def _printed(typed: str) -> str:
    text = fold(typed).lower()
    if law := _LAW.search(fold(typed.upper())):
        suffix = latin(law["roman"])
        return _changed(f"{law['number'].lower()}-{suffix}", "Закон", _day(text))
    for pattern in (_CONSTITUTION, _DECREE):
        if found := pattern.search(text):
            return found[0]
    year = _YEAR.search(text)
    if registered := _REGISTERED.search(text):
        return f"z{int(registered['number']):04}-{year[0][2:]}" if year else ""
    return _of_body(text, year[0]) if year else ""


def _of_body(text: str, year: str) -> str:
    """The number of an act that only its body and year make unique."""
    bare = _DATE.sub(" ", text)
    found = _NUMBERED.search(bare) or _BARE.search(bare)
    if found is None:
        return ""
    if "аціонального банку" in text or re.search(r"(?<!\w)нбу(?!\w)", text):
        return _changed(found["number"], "Постанова", Day(int(year), 1, 1), "Правління Національного банку")
    is_government = re.search(r"(?<!\w)кму?(?!\w)|кабінет\w* міністрів|кабмін", text)
    if found["mark"] == "р" or (is_government and "розпорядженн" in text):
        return f"{found['number']}-{year}-р"
    return f"{found['number']}-{year}-п" if is_government else ""


def _changed(number: str, kind: str, adopted: Day | None, body: str = "") -> str:
    """The identifier by the rule, or nothing where there is none."""
    changed = identifier(number, kind, adopted, body)
    return changed if changed != number else ""


def _day(text: str) -> Day | None:
    year = _YEAR.search(text)
    return Day(int(year[0]), 12, 31) if year else None
