"""References by rule: unit chains with their act, acts named in full, «цього Закону» as a basis."""

import re
from dataclasses import dataclass

from engine.nlp.document import Document
from engine.nlp.rules.acts import THIS, act_name, dated, title_end
from engine.nlp.units import UnitGroup, chain, closing_quote, unit_kind

_POINTERS = ("цей", "ця", "це", "цього", "цій", "цим")
_BASIS = re.compile(
    r"(?:відповідно(?: до)?|згідно(?: (?:з|із|зі))?|на підставі|на виконання|на основі)(?: (?:вимог"
    r"|положень|норм))?(?: \w+ли)? $"
)
_GAZETTE = re.compile(r"(?:вісник|відомост|ввр|офіційн|урядов)")


@dataclass(frozen=True, slots=True)
class ReferenceMatch:
    """Half-open tokens of a reference, its unit groups, where its act's name begins (or None)."""

    first: int
    last: int
    groups: tuple[UnitGroup, ...]
    act: int | None


def find_references(document: Document) -> list[ReferenceMatch]:
    """References of a passage, in reading order."""
    found: list[ReferenceMatch] = []
    for sentence in document.sentences:
        if sentence.heading:
            continue
        index = sentence.first
        while index < sentence.last:
            match = _at(document, index, sentence.first, sentence.last)
            if match:
                found.append(match)
                found.extend(_further(document, match, sentence.last))
                index = found[-1].last
            else:
                index += 1
    return found


def _further(document: Document, match: ReferenceMatch, last: int) -> list[ReferenceMatch]:
    """«Законів України «А», «Б»», «постанов … № 1, від … № 2»: each further act is one more reference."""
    found: list[ReferenceMatch] = []
    if match.act is None or match.groups:
        return found
    end = match.last
    while end + 1 < last and document.tokens[end].norm in (",", "та", "і"):
        closing = closing_quote(document, end + 1, last)
        if closing is None and document.tokens[end + 1].norm == "від":
            number_end = dated(document, end + 1, last)
            closing = title_end(document, number_end, last) if number_end else None
        if closing is None or not _quoted_act(document, end + 1):
            break
        found.append(ReferenceMatch(end + 1, closing, (), end + 1))
        end = closing
    return found


def _quoted_act(document: Document, index: int) -> bool:
    title = document.tokens[index + 1].text in ("Про", "Деякі", "Питання")
    return title or document.tokens[index].norm == "від"


def _at(document: Document, index: int, first: int, last: int) -> ReferenceMatch | None:
    groups = chain(document, index, last)
    if groups and not _in_gazette(document, index, first):
        end = groups[-1].last
        named = act_name(document, end, last, after_units=True)
        return ReferenceMatch(index, named or end, tuple(groups), end if named else None)
    if groups or (index > first and document.tokens[index - 1].norm in _POINTERS):
        return None
    if unit := _vague_unit(document, index, last):
        return unit
    act_end = act_name(document, index, last, after_units=False)
    if act_end and _worth_marking(document, index, act_end, first):
        return ReferenceMatch(index, act_end, (), index)
    return None


def _vague_unit(document: Document, index: int, last: int) -> ReferenceMatch | None:
    """«попередніх статей даної частини цього Пакту»: units named by their place, not by a number."""
    if index + 3 >= last or not document.tokens[index].norm.startswith("попередн"):
        return None
    if not unit_kind(document.tokens[index + 1].norm):
        return None
    end = index + 2
    while end + 1 < last and THIS.match(document.tokens[end].norm):
        end += 2
    return ReferenceMatch(index, end, (), None)


def _in_gazette(document: Document, index: int, first: int) -> bool:
    """«(Офіційний вісник України, 2021 р., № 36, ст. 2148)» names a page, not an article."""
    if not document.brackets[index]:
        return False
    opening = index
    while opening > first and document.brackets[opening - 1]:
        opening -= 1
    return bool(_GAZETTE.search(document.span_text(opening, index)))


def _worth_marking(document: Document, index: int, end: int, first: int) -> bool:
    """Without a unit an act counts when it is named in full, or when it is the legal basis."""
    text = document.span_text(index, end)
    if THIS.match(document.tokens[index].norm):
        before = document.span_text(max(first, index - 4), index) + " "
        return bool(_BASIS.search(before))
    if end - index == 1 and not text.startswith("конституці"):
        return False
    if text.startswith("конституці"):
        return True
    named = any(mark in text for mark in '«“"№') or bool(re.search(r"\bn \d", text))
    code = "кодекс" in text and end - index >= 2
    return named or code
