"""What a page of the Rada says of its act outside the text: number, title, kind, day, body and edition."""

import re
from datetime import date as Day  # noqa: N812 (beside a field named date)
from email.utils import parsedate_to_datetime
from typing import TypedDict
from urllib.parse import unquote

import lxml.html

from services.acts.sources.cleaning import clean_inline

_DAY = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")
_EDITION = re.compile(
    r"(?:Редакція\s+(?:станом\s+на|від)|Текст\s+документа\s+від)[\s:]*(?:<[^<>]{0,200}>\s*){0,3}"
    r"(\d\d\.\d\d\.\d{4})"
)
_ADDRESS = re.compile(r"/laws/show/([^#?\"']+)")
_NOT_NUMBER = re.compile(r"/(?:ed\d{8}|print|paran\d+|page\d+)\b.*$")
_NEVER = 3000  # a year: the Rada's «not fixed»


class Facts(TypedDict, total=False):
    """Fields of a Document."""

    title: str
    number: str
    act_type: str
    date: Day | None
    body: str
    edition: str


def describe(root: lxml.html.HtmlElement, page: str) -> Facts:
    """What the page says of its act; a field the page does not tell is left out."""
    meta = {
        str(element.get("name", "")).lower(): clean_inline(str(element.get("content") or "")).strip()
        for element in root.iter("meta")
    }
    head = page[: page.find('id="article"') if 'id="article"' in page else 20_000][:100_000]
    facts: Facts = {
        "title": _title(root),
        "number": meta.get("nreg", "") or _number(root),
        "act_type": re.split(r"[;,|]", meta.get("types", ""))[0].strip(),
        "date": day(meta.get("dates", "")),
        "body": re.split(r"[;|]", meta.get("organs", ""))[0].strip(),
        "edition": _edition(meta.get("documentdate", ""), head),
    }
    return facts


def day(text: str) -> Day | None:
    """The first `dd.mm.yyyy` of a text as a date, or None."""
    found = _DAY.search(text)
    try:
        return Day(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _title(root: lxml.html.HtmlElement) -> str:
    for tag in ("h1", "title"):
        for element in root.iter(tag):
            title = " ".join(clean_inline(element.text_content()).split(" | ")[0].split())
            if title:
                return title
    return ""


def _number(root: lxml.html.HtmlElement) -> str:
    addresses = [str(e.get("href") or "") for e in root.iter("link") if e.get("rel") == "canonical"]
    addresses += [str(e.get("content") or "") for e in root.iter("meta") if e.get("property") == "og:url"]
    for address in addresses:
        if found := _ADDRESS.search(unquote(address)):
            return _NOT_NUMBER.sub("", found[1]).rstrip("/")
    return ""


def _edition(document_date: str, head: str) -> str:
    if found := _EDITION.search(head):
        told = day(found[1])
        if told is not None and told.year < _NEVER:
            return told.isoformat()
    try:
        return parsedate_to_datetime(document_date).date().isoformat()
    except ValueError:
        return ""
