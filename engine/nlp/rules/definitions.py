"""Definitions by rule: «термін - значення», «вважається», and aliases «(далі - …)»."""

import re

from engine.nlp.clauses import is_main_verb
from engine.nlp.document import Document

_DASHES = frozenset("-–—")
_DEFINING = re.compile(r"термін|поняття|визначення|значенн")
_TERMS_AHEAD = re.compile(r"визначення термінів|терміни вживаються|визначення основних термінів")
_SEE = re.compile(r"\bце\b")
_DEEMED = re.compile(
    r"\b(?:вважа(?:є|ю)ться|визна(?:є|ю)ться|розумі(?:є|ю)ться|полягає|познача(?:є|ю)ться|означає)\b"
)
_ALIAS = re.compile(r"(?:далі|надалі)(?: за текстом)?(?:\s*,)?\s*[-–—:]")
_TERM_REACH, _ALIAS_REACH = 14, 60


def find_definitions(document: Document) -> list[tuple[int, int]]:
    """Token ranges of definitions and aliases."""
    found: list[tuple[int, int]] = []
    defining = _defines_terms(document)
    for number, sentence in enumerate(document.sentences):
        if sentence.heading:
            continue
        found.extend(_aliases(document, number))
        span = _entry(document, number, defining)
        if span:
            found.append(span)
    return found


def _defines_terms(document: Document) -> bool:
    """Whether the passage is an article of definitions, by its heading or its lead-in."""
    if _TERMS_AHEAD.search(document.context.lower()):
        return True
    for sentence in document.sentences[:4]:
        text = document.span_text(sentence.first, sentence.last)
        if sentence.heading and _DEFINING.search(text):
            return True
        if ":" in sentence.end_mark and re.search(r"термін|понят|у такому значенні|означа", text):
            return True
    return False


def _entry(document: Document, number: int, defining: bool) -> tuple[int, int] | None:
    sentence = document.sentences[number]
    for index in range(sentence.first + 1, min(sentence.last - 1, sentence.first + _TERM_REACH)):
        if document.brackets[index]:
            continue
        if document.tokens[index].text in _DASHES and _spaced(document, index):
            explained = _SEE.match(document.span_text(index + 1, min(sentence.last, index + 3)))
            ends_here = any(document.words[i].finite for i in range(sentence.first, index))
            if not ends_here and (defining or explained or _copula(document, number, index)):
                return sentence.first, sentence.last
            return None
    text = document.span_text(sentence.first, min(sentence.last, sentence.first + _TERM_REACH))
    if _DEEMED.search(text) and re.search(r"полягає|розумі(?:є|ю)ться|означає|визнається вчинен", text):
        return sentence.first, sentence.last
    return None


def _copula(document: Document, number: int, dash: int) -> bool:
    """«засліплення - стан водія …»: a noun for a noun, no verb of its own."""
    sentence = document.sentences[number]
    left, right = document.words[sentence.first], document.words[dash + 1]
    nominative = "nomn" in left.cases and "nomn" in right.cases and right.pos in ("NOUN", "ADJF")
    verbless = not any(is_main_verb(document, i) for i in range(sentence.first, sentence.last))
    return nominative and verbless and sentence.lead is None and dash + 3 < sentence.last


def _spaced(document: Document, index: int) -> bool:
    tokens = document.tokens
    return tokens[index].start > tokens[index - 1].end and tokens[index + 1].start > tokens[index].end


def _aliases(document: Document, number: int) -> list[tuple[int, int]]:
    sentence = document.sentences[number]
    found: list[tuple[int, int]] = []
    for index in range(sentence.first + 1, sentence.last):
        if document.tokens[index].text != "(" or index + 2 >= len(document.tokens):
            continue
        if not _ALIAS.match(document.span_text(index + 1, min(len(document.tokens), index + 5))):
            continue
        close = next((i for i in range(index, sentence.last) if document.tokens[i].text == ")"), None)
        if close is not None:
            found.append((alias_start(document, sentence.first, index, close), close + 1))
    return found


def alias_start(document: Document, first: int, opening: int, close: int) -> int:
    """Where the phrase an alias stands for begins: at the head it repeats, else behind the last break."""
    alias = [document.words[i].lemma for i in range(opening + 3, close) if document.words[i].pos != "PNCT"]
    head = next(
        (document.words[i].lemma for i in range(opening + 3, close) if document.words[i].noun_like), ""
    )
    best, shared = None, 0
    for index in range(max(first, opening - _ALIAS_REACH), opening):
        if document.words[index].lemma == head:
            start = _with_modifiers(document, index, first)
            around = {document.words[i].lemma for i in range(start, min(index + len(alias) + 1, opening))}
            if len(around & set(alias)) >= shared:
                best, shared = start, len(around & set(alias))
    return _phrase_start(document, first, opening) if best is None else best


def _phrase_start(document: Document, first: int, opening: int) -> int:
    for index in range(opening - 1, first - 1, -1):
        word = document.words[index]
        if document.relative[index] or document.brackets[index] or document.relative[index + 1]:
            continue
        if document.tokens[index].text == "," and _participle(document, index + 1):
            continue
        broken = document.tokens[index].text in ",;:–—-" or word.finite or word.infinitive
        if broken or (word.pos == "PREP" and document.tokens[index].norm not in ("з", "із", "про", "від")):
            return index + 1
    return first


def _participle(document: Document, index: int) -> bool:
    word = document.words[index]
    return word.adjective and word.lemma.endswith(("ний", "тий")) and "nomn" not in word.cases


def _with_modifiers(document: Document, index: int, low: int) -> int:
    cases = document.words[index].cases
    while index > low and document.words[index - 1].adjective and document.words[index - 1].cases & cases:
        index -= 1
    return index
