"""Bearer and action of a norm, role of an actor."""

from collections.abc import Sequence

from engine.elements import JsonValue, Span
from engine.nlp.clauses import head_kind, heads, main_verbs
from engine.nlp.document import Document
from engine.nlp.phrases import is_head, phrase
from engine.nlp.rules.norms import SANCTION_AHEAD

_LONGEST_ACTION = 20
_MODALS = frozenset(("бути", "могти", "мати", "мусити", "повинний", "зобов'язаний"))
_CUT = frozenset((",", "(", ";", ":"))


def bearer_of(document: Document, first: int, last: int) -> str | None:
    """The phrase of the actor a norm's clause binds or empowers: nominative, else dative, else agent."""
    verbs = main_verbs(document, first, last)
    pivot = verbs[0] if verbs else last
    order = ("nomn", "datv") if verbs else ("datv", "nomn")
    for case, low, high in (
        (order[0], first, pivot),
        (order[1], first, pivot),
        ("nomn", pivot, last),
        ("ablt", first, last),
    ):
        for head in heads(document, low, high, case):
            if is_head(document, head):
                return _written(document, head, first, last)
    return None


def _written(document: Document, head: int, low: int, high: int) -> str:
    span = phrase(document, head, low, high)
    return document.text[document.tokens[span.first].start : document.tokens[span.last - 1].end]


def action_of(document: Document, first: int, last: int) -> str | None:
    """The verb phrase in the infinitive, at most 20 words; a norm without a verb gives its own words."""
    verbs = main_verbs(document, first, last)
    start = next(
        (
            i
            for i in range(first, last)
            if document.words[i].infinitive
            and not document.relative[i]
            and document.words[i].lemma not in _MODALS
        ),
        None,
    )
    if start is not None:
        if start > first and document.tokens[start - 1].norm == "не":
            start -= 1
        return _words(document, start, last)
    verb = next((i for i in verbs if document.words[i].lemma not in _MODALS), None)
    if verb is None:
        return _words(document, first, last)
    lemma = document.words[verb].lemma
    if document.words[verb].reflexive:
        rest = _words(document, first, verb) if verb > first else _words(document, verb + 1, last)
        return f"{lemma.removesuffix('ся').removesuffix('сь')} {_lowered(rest)}".strip()
    rest = _words(document, verb + 1, last)
    if not rest or is_head(document, min(verb + 1, last - 1)):
        rest = _words(document, first, verb)
    return f"{lemma} {_lowered(rest)}".strip()


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _words(document: Document, first: int, last: int) -> str:
    """The text of the tokens up to 20 words, without a trailing clause that begins beyond them."""
    end, words, comma = first, 0, first
    while end < last and words < _LONGEST_ACTION:
        if document.tokens[end].text in _CUT:
            comma = end
        words += document.tokens[end].is_word
        end += 1
    if end < last and comma > first:
        end = comma
    while end > first and document.tokens[end - 1].text in _CUT:
        end -= 1
    return document.text[document.tokens[first].start : document.tokens[end - 1].end] if end > first else ""


def norm_attributes(document: Document, span: Span, lead: tuple[int, int] | None) -> dict[str, JsonValue]:
    """bearer, action and a prohibition's form; an item's bearer stands in its lead-in (tokens)."""
    first, last = document.token_at(span.start), document.token_at(span.end - 1) + 1
    bearer = bearer_of(document, *lead) if lead else None
    attributes: dict[str, JsonValue] = {
        "bearer": bearer or bearer_of(document, first, last),
        "action": action_of(document, first, last),
    }
    if span.type == "PROHIBITION":
        attributes["form"] = "offence" if SANCTION_AHEAD.match(document.norm, span.end) else "norm"
    return attributes


def actor_role(document: Document, span: Span, norms: Sequence[Span], bearers: frozenset[str]) -> str:
    """authority for public bodies; bearer for who a norm binds or empowers; else counterparty."""
    first, last = document.token_at(span.start), document.token_at(span.end - 1) + 1
    head = next((i for i in range(first, last) if is_head(document, i)), first)
    quote = document.text[span.start : span.end]
    around = {norm.type for norm in norms if norm.start <= span.start < norm.end}
    if head_kind(document, head) == "public":
        return (
            "bearer"
            if quote in bearers and around and around <= {"OBLIGATION", "PROHIBITION"}
            else "authority"
        )
    subject = "nomn" in document.words[head].cases and "gent" not in document.words[head].cases
    return "bearer" if quote in bearers or subject else "counterparty"
