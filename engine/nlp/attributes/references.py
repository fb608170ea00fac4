"""Attributes of references: the act and the place in it, of the first target."""

import re

from engine.elements import JsonValue, Span
from engine.nlp.attributes.numbers import number_of, plain
from engine.nlp.document import Document
from engine.nlp.rules.acts import act_name
from engine.nlp.units import UnitGroup, chain

_PARTS = {"стаття": "article", "частина": "part", "пункт": "point", "підпункт": "subpoint", "абзац": "indent"}
_THIS = re.compile(r"(?:цього|цьому|цим|цієї|цій|цією|цих|цими|даного|даної|даним)$")
_OWN_UNIT = re.compile(r"(?:цієї|даної|цій|цією) (?:статті|статтею)")
_HEADING = re.compile(r"^\s*стаття\s+(\d+(?:-\d+)?)", re.MULTILINE)
_APPROVAL = re.compile(r",?\s+(?:затвердж|схвал|розробл)\w+\s.*$|\s+\([^()]*\d[^()]*\)$", re.DOTALL)
_DATED = re.compile(r"[^,«“\"]*?\bвід .{6,24}? (?:№|N) ?[\w/-]+(?= [«“\"])", re.DOTALL)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def reference_attributes(document: Document, span: Span, following: Span | None) -> dict[str, JsonValue]:
    """target_act, article, part, point, subpoint and indent; `following` is the reference behind this one."""
    first, last = document.token_at(span.start), document.token_at(span.end - 1) + 1
    groups = chain(document, first, last)
    place: dict[str, JsonValue] = dict.fromkeys(("article", "part", "point", "subpoint", "indent"))
    seen: set[str] = set()
    for group in groups:
        name = _PARTS.get(group.kind)
        if group.kind in seen:
            break
        seen.add(group.kind)
        if name:
            place[name] = _number(document, group)
    text = document.span_text(first, last)
    if place["article"] is None and _OWN_UNIT.search(text) and (heading := _HEADING.search(document.norm)):
        place["article"] = heading.group(1)
    return {"target_act": _act(document, groups, first, last, following), **place}


def _name(written: str) -> str:
    """An act's name without its approval, register number, or the title behind its date and number."""
    dated = _DATED.match(written)
    return written[: dated.end()] if dated else _APPROVAL.sub("", written)


def _number(document: Document, group: UnitGroup) -> str | None:
    """Digits of a unit's first number: «п'ятої» 5, «19-1» as written, Roman ones as written."""
    text = group.number.translate(_SUPERSCRIPTS)
    if text[0].isdigit():
        return text
    for index in range(group.first, group.last):
        norm = document.tokens[index].norm
        value = number_of(norm)
        if value is not None:
            further = number_of(document.tokens[index + 1].norm) if index + 1 < group.last else None
            compound = further is not None and value >= 20 and further < 10
            return str(plain(value + further if compound and further is not None else value))
    return text if text.isupper() else None


def _act(
    document: Document, groups: list[UnitGroup], first: int, last: int, following: Span | None
) -> JsonValue:
    start = groups[-1].last if groups else first
    if start < last:
        if _THIS.match(document.tokens[start].norm):
            return "self"
        return _name(document.text[document.tokens[start].start : document.tokens[last - 1].end])
    if following and following.start - document.tokens[last - 1].end <= 3:
        begin, end = document.token_at(following.start), document.token_at(following.end - 1) + 1
        further = chain(document, begin, end)
        if further and act_name(document, further[-1].last, end, after_units=True):
            return _act(document, further, begin, end, None)
    return "self"
