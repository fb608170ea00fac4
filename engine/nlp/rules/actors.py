"""Actors by rule: the first naming of persons and bodies in sentences that carry a norm."""

from engine.nlp.clauses import is_main_verb
from engine.nlp.document import Document
from engine.nlp.lexicon import PRIVATE_HEADS, PUBLIC_HEADS
from engine.nlp.phrases import Phrase, is_head, key, phrase

_CAPITALISED = ("управління", "уповноважений", "служба")
"""Bodies only with a capital: «здійснює управління», «особи, уповноваженої на…» name none."""


def find_actors(
    document: Document, norms: list[tuple[int, int]], references: list[tuple[int, int]]
) -> list[Phrase]:
    """First mentions inside norms (token ranges), outside references."""
    inside, referred = _cover(document, norms), _cover(document, references)
    seen: set[tuple[str, ...]] = set()
    found: list[Phrase] = []
    for index in range(len(document.tokens)):
        number = document.sentence_of[index]
        if number < 0 or not inside[index] or referred[index] or not _is_listed_head(document, index):
            continue
        sentence = document.sentences[number]
        span = phrase(document, index, sentence.first, sentence.last)
        if found and span.first < found[-1].last:
            continue
        name = key(document, span)
        if (
            name in seen
            or _is_predicate(document, span)
            or (depends_on_noun(document, span) and not _is_agent(document, span))
        ):
            continue
        seen.add(name)
        found.append(span)
    return found


def _is_listed_head(document: Document, index: int) -> bool:
    """A head of the lists outside brackets; an abbreviation counts as a public body."""
    lemma = document.words[index].lemma
    word = document.words[index]
    subject = word.animate and "nomn" in word.cases and "gent" not in word.cases
    known = (
        lemma in PUBLIC_HEADS or lemma in PRIVATE_HEADS or document.tokens[index].text.isupper() or subject
    )
    if lemma in _CAPITALISED and not document.tokens[index].text[0].isupper():
        return False
    if lemma == "організація" and _is_organising(document, index):
        return False
    return known and not document.brackets[index] and is_head(document, index)


def _is_organising(document: Document, index: int) -> bool:
    """«Організацію роботи забезпечує керівник»: the doing, not the body."""
    word, follow = document.words[index], index + 1
    described = index > 0 and document.words[index - 1].adjective
    genitive = follow < len(document.words) and "gent" in document.words[follow].cases
    return not (word.plural or described) and genitive and document.words[follow].noun_like


def _cover(document: Document, ranges: list[tuple[int, int]]) -> list[bool]:
    covered = [False] * len(document.tokens)
    for first, last in ranges:
        covered[first:last] = [True] * (last - first)
    return covered


def depends_on_noun(document: Document, span: Phrase) -> bool:
    """Whether the phrase is a genitive after another noun («права учасника»)."""
    if span.first == 0 or "gent" not in document.words[span.head].cases:
        return False
    before = document.words[span.first - 1]
    return before.pos == "NOUN"


def _is_predicate(document: Document, span: Phrase) -> bool:
    """«Рада є дорадчим органом»: what somebody is names nobody new."""
    word, before = document.words[span.head], document.words[span.first - 1] if span.first else None
    return before is not None and before.lemma == "бути" and "ablt" in word.cases and "nomn" not in word.cases


def _is_agent(document: Document, span: Phrase) -> bool:
    """Nominatives that only look like genitives stand before a verb."""
    follow = span.last
    return (
        "nomn" in document.words[span.head].cases
        and follow < len(document.words)
        and is_main_verb(document, follow)
    )
