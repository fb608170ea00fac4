"""Clauses of a sentence and what stands in them: finite verbs, subjects, the text that decides their kind."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from engine.nlp.document import Document
from engine.nlp.lexicon import ASIDE, CONDITION_START, PRIVATE_HEADS, PUBLIC_HEADS, TREATY
from engine.nlp.morphology import analyse
from engine.nlp.rules.deadlines import deadline_end
from engine.nlp.subordinate import condition_end
from engine.nlp.units import without_place

_JOINTS = frozenset(("і", "й", "та", "а", "але", ","))
_LEAST_PART = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens `first` to `last` (half-open) of one sentence, with its opening condition left out."""

    first: int
    last: int
    sentence: int


def clauses(document: Document, number: int) -> list[Clause]:
    """The clauses of a sentence that may each be a norm."""
    sentence = document.sentences[number]
    first = after_aside(document, sentence.first, sentence.last)
    if document.span_text(first, min(first + 3, sentence.last)) in _ENACTING:
        first += 3
    first = after_opening_condition(document, first, sentence.last)
    first = after_opening_purpose(document, first, sentence.last)
    first = after_opening_deadline(document, first, sentence.last)
    bounds = [first, *joints(document, first, sentence.last), sentence.last]
    parts: list[Clause] = []
    for start, end in pairwise(bounds):
        begin = _after_joint(document, start, end) if parts else start
        while end > begin and document.tokens[end - 1].text in ",:;-–—":
            end -= 1
        end = without_place(document, begin, end)
        if end > begin:
            parts.append(Clause(begin, end, number))
    return parts


def _after_joint(document: Document, first: int, last: int) -> int:
    while first < last and document.tokens[first].norm in (*_JOINTS, "також"):
        first += 1
    return after_opening_condition(document, first, last)


def after_aside(document: Document, first: int, last: int) -> int:
    """The token after «Водночас», «При цьому, » and the like."""
    match = ASIDE.match(document.span_text(first, last))
    if not match or match.end() == len(document.span_text(first, last)):
        return first
    return document.token_at(document.tokens[first].start + match.end())


def after_opening_condition(document: Document, first: int, last: int) -> int:
    """The token after the comma that closes a condition with which the sentence begins, else `first`."""
    if not CONDITION_START.match(document.span_text(first, last)):
        return first
    end = condition_end(document, first, last)
    if end >= last - _LEAST_PART:
        return first
    if document.tokens[end].text in ",-–—":
        return end + 2 if document.tokens[end + 1].norm == "то" else end + 1
    word = document.words[end]
    subject_follows = word.noun_like and "nomn" in word.cases and "gent" not in word.cases
    return end if subject_follows else first


def after_opening_deadline(document: Document, first: int, last: int) -> int:
    """The subject behind a time limit with which the sentence begins, else `first`."""
    end = deadline_end(document, first, last)
    if end is None or end >= last - _LEAST_PART:
        return first
    end += document.tokens[end].text == ","
    word = document.words[end]
    return end if word.noun_like and "nomn" in word.cases and "gent" not in word.cases else first


_ENACTING = ("установити , що", "установити, що", "встановити, що")
_PURPOSE = re.compile(r"(?:для|при|під час|з метою|за результатами|у зв'язку) ")


def after_opening_purpose(document: Document, first: int, last: int) -> int:
    """«Для забезпечення довіри, Працівник повинен…»: the norm begins behind the last comma."""
    if not _PURPOSE.match(document.span_text(first, min(last, first + 3))):
        return first
    verb = next((i for i in range(first, last) if is_main_verb(document, i)), last)
    for index in range(verb - 1, first, -1):
        if document.tokens[index].text == "," and document.brackets[index] == 0:
            word = document.words[index + 1]
            nominative = "nomn" in word.cases and "gent" not in word.cases and not word.finite
            return index + 1 if nominative and not document.relative[index + 1] else first
    return first


def joints(document: Document, first: int, last: int) -> list[int]:
    """Token indices at which a second independent finite verb begins its own clause."""
    found: list[int] = []
    verbs = main_verbs(document, first, last)
    for index in range(first + 2, last - 2):
        if _about_which(document, index):
            found.append(index)
            continue
        if document.tokens[index].norm not in _JOINTS or not _free(document, index):
            continue
        follow = index + 1
        while follow < last and _before_verb(document, follow):
            follow += 1
        start = found[-1] if found else first
        seen = bisect_left(verbs, index)
        before = verbs[seen - 1] if seen and verbs[seen - 1] >= start else None
        if before is None or follow >= last or _same_impersonal(document, before, follow):
            continue
        opposed = _opposed(document, index) and verbs[-1] >= follow
        if opposed or (is_main_verb(document, follow) and _has_object(document, before, index)):
            found.append(index)
    return found


def _before_verb(document: Document, index: int) -> bool:
    """«, а також не …», «, своєчасно і якісно …»."""
    norm, word = document.tokens[index].norm, document.words[index]
    adverb = word.pos == "ADVB" and not word.finite
    pair = norm == "і" and document.words[index - 1].pos == "ADVB"
    return norm in ("також", "не") or adverb or pair


def _about_which(document: Document, index: int) -> bool:
    """«…, про що повідомляються учасники» is a norm of its own."""
    return document.span_text(index, index + 3) in (", про що", ",про що")


def _same_impersonal(document: Document, one: int, other: int) -> bool:
    """«не можна погрожувати, не можна їх ображати» is one norm."""
    return document.tokens[one].norm == document.tokens[other].norm == "можна"


def _opposed(document: Document, index: int) -> bool:
    """«, але цей товар не може…», «, а орендар має…»: a clause of its own."""
    if document.tokens[index].norm not in ("але", "а") or document.tokens[index - 1].text != ",":
        return False
    return document.tokens[index + 1].norm not in ("також", "саме", "не", "в", "у", "за")


def _has_object(document: Document, verb: int, last: int) -> bool:
    """«приймає рішення … та вживає…» are two norms, «впроваджує, підтримує … та публікує» is one."""
    word = document.words[verb]
    if word.lemma == "бути":
        return False
    if word.adjective or word.reflexive or word.lemma in ("могти", "мати"):
        return True
    for index in range(verb + 1, last):
        if document.words[index].pos == "PREP" or document.tokens[index].text == ",":
            return False
        if document.words[index].noun_like:
            return True
    return False


def _free(document: Document, index: int) -> bool:
    return not (document.relative[index] or document.brackets[index] or document.quoted[index])


def is_main_verb(document: Document, index: int) -> bool:
    """A finite verb outside relative clauses and brackets; «зобов'язана особа» is no verb."""
    return document.words[index].finite and _free(document, index) and not _attributive(document, index)


def _attributive(document: Document, index: int) -> bool:
    word = document.words[index]
    if not word.adjective or not document.tokens[index].norm.startswith("зобов'яз"):
        return False
    if index + 1 >= len(document.words):
        return False
    follower = document.words[index + 1]
    return follower.pos == "NOUN" and bool(follower.cases & word.cases)


def main_verbs(document: Document, first: int, last: int) -> list[int]:
    """Finite verbs of the clause itself."""
    return [index for index in range(first, last) if is_main_verb(document, index)]


def bare_text(document: Document, first: int, last: int) -> str:
    """Folded words of a clause without its relative clauses and brackets, joined by single spaces."""
    return " ".join(
        document.tokens[index].norm
        for index in range(first, last)
        if _free(document, index) and not _attributive(document, index)
    )


def head_kind(document: Document, index: int) -> str:
    """`public`, `private` or nothing, by the head lists."""
    lemma = document.words[index].lemma
    if "-" in lemma and lemma not in PUBLIC_HEADS:
        lemma = analyse(lemma.split("-")[0] or lemma).lemma
    if lemma in PUBLIC_HEADS or (document.tokens[index].text.isupper() and len(lemma) > 1):
        return "public"
    return "private" if lemma in PRIVATE_HEADS or document.words[index].animate else ""


def modifies_next(document: Document, index: int) -> bool:
    """Whether an adjective stands before the noun it agrees with («вчена (наукова) рада»)."""
    for follow in range(index + 1, min(index + 8, len(document.words))):
        word = document.words[follow]
        if word.pos == "NOUN":
            return bool(word.cases & document.words[index].cases)
        if not word.adjective and document.tokens[follow].text not in "(),":
            return False
    return False


def heads(document: Document, first: int, last: int, case: str) -> Iterator[int]:
    """Actor heads of the clause that may stand in the case and do not depend on a noun before them."""
    for index in range(first, last):
        word = document.words[index]
        if case not in word.cases or not _free(document, index) or not head_kind(document, index):
            continue
        if word.adjective and modifies_next(document, index):
            continue
        if case == "nomn" and _governed(document, index, first):
            continue
        yield index


def _governed(document: Document, index: int, first: int) -> bool:
    """Whether a preposition stands before the phrase, or a noun that takes it as a genitive."""
    position = index - 1
    while position >= first and (
        document.words[position].adjective or document.words[position].pos == "NPRO"
    ):
        position -= 1
    if position < first:
        return False
    word = document.words[position]
    if word.pos == "PREP":
        return True
    if "gent" not in document.words[index].cases:
        return False
    if document.tokens[position].norm in _JOINTS and position > first:
        word = document.words[position - 1]
        return word.pos == "NOUN" and "gent" in word.cases and position - 2 >= first
    return word.pos == "NOUN"


def subject(document: Document, first: int, last: int) -> tuple[str, int] | None:
    """Kind and token of the nominative actor: before the first verb, else after it."""
    verbs = main_verbs(document, first, last)
    pivot = verbs[0] if verbs else last
    for index in heads(document, first, pivot, "nomn"):
        return acting_kind(document, index), index
    for index in heads(document, pivot, last, "nomn"):
        if "gent" not in document.words[index].cases or _next_to_verb(document, pivot, index):
            return acting_kind(document, index), index
    return None


def _next_to_verb(document: Document, verb: int, head: int) -> bool:
    """Whether only adjectives and adverbs stand between a verb and the subject behind it."""
    between = document.words[verb + 1 : head]
    return all(word.adjective or word.pos in ("NPRO", "ADVB", "PRCL") for word in between)


def acting_kind(document: Document, index: int) -> str:
    """`public` also for members and officers of a public body and for the parties of a treaty."""
    word = document.words[index]
    if word.lemma in ("член", "представник", "особа") and index + 1 < len(document.words):
        follow = index + 1
        while follow < len(document.words) and document.words[follow].adjective and follow < index + 4:
            follow += 1
        if (
            follow < len(document.words)
            and head_kind(document, follow) == "public"
            and "gent" in document.words[follow].cases
        ):
            return "public"
    if word.lemma == "банк":
        return "public" if index and document.tokens[index - 1].norm.startswith("національн") else "private"
    if word.lemma == "сторона" and TREATY.search(document.context.lower()):
        return "public"
    return head_kind(document, index)
