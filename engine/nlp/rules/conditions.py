"""Conditions and exceptions by rule: where they begin, and the comma that closes them."""

from engine.nlp.document import Document
from engine.nlp.lexicon import CONDITION_START
from engine.nlp.rules.norms import open_condition_lead
from engine.nlp.subordinate import condition_end
from engine.nlp.units import without_place

_LOOKAHEAD = 8


def find_conditions(document: Document) -> list[tuple[int, int]]:
    """Token ranges of conditions, those of a list under «…у разі:» included."""
    found: list[tuple[int, int]] = []
    for number, sentence in enumerate(document.sentences):
        if sentence.heading:
            continue
        if sentence.item and sentence.lead is not None and open_condition_lead(document, sentence.lead):
            found.append((sentence.first, sentence.last))
            continue
        found.extend(_in_sentence(document, number))
    return found


def _in_sentence(document: Document, number: int) -> list[tuple[int, int]]:
    sentence = document.sentences[number]
    found: list[tuple[int, int]] = []
    index = sentence.first
    while index < sentence.last:
        if starts_condition(document, index, sentence.last):
            end = without_place(document, index, condition_end(document, index, sentence.last))
            if end - index >= 2 and not (
                end == sentence.last and ":" in sentence.end_mark and end - index < 4
            ):
                found.append((index, end))
                index = max(end, index + 1)
                continue
        index += 1
    return found


def starts_condition(document: Document, index: int, last: int) -> bool:
    """Whether a condition's opening words stand at the token."""
    window = document.span_text(index, min(last, index + _LOOKAHEAD))
    return bool(CONDITION_START.match(window))
