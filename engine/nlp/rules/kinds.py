"""What kind of norm a clause is: by its cues, its subject and its verb."""

import re

from engine.nlp.clauses import Clause, bare_text, head_kind, heads, main_verbs
from engine.nlp.clauses import subject as subject_of
from engine.nlp.document import Document
from engine.nlp.lexicon import COMPETENCE, NO_NORM, OBLIGATION, POWERS, PROHIBITION, RELEASE, RIGHT

_DUTY_CUES = re.compile(r"зобов'язан|повинн|повинен|забезпечу|доруча")
_MAY = re.compile(r"\bмо(?:же|жуть|жна)\b")
_DECIDING_PASSIVE = re.compile(
    r"\b(?:затверджу|визнача|встановлю|признача|утворю|розгляда(?:є|ю)ться|приймається рішення"
    r"|рішення .{0,200}приймається)\w*"
)
_CONTROL = re.compile(r"контроль .{0,80}\b(?:покласти на|залишаю за собою)\b")


def clause_type(document: Document, clause: Clause, led_by: str = "") -> str:
    """The kind of norm a clause is, or nothing; `led_by` is the kind of a lead-in's actor."""
    first, last = clause.first, clause.last
    text = bare_text(document, first, last)
    verbs = main_verbs(document, first, last)
    if NO_NORM.search(text) or not (verbs or any(document.words[i].infinitive for i in range(first, last))):
        return ""
    if PROHIBITION.search(text) or _negated_passive(document, verbs, first):
        return "PROHIBITION"
    if POWERS.search(text) or _CONTROL.match(text):
        return "COMPETENCE"
    actor = (led_by, first) if led_by else subject_of(document, first, last)
    kind = actor[0] if actor else ""
    if RELEASE.search(text):
        return "RIGHT"
    if OBLIGATION.search(text) and not (_MAY.search(text) and not _DUTY_CUES.search(text)):
        return "OBLIGATION"
    if RIGHT.search(text):
        public = kind == "public" or (not kind and _public_agent(document, first, last))
        return "COMPETENCE" if public else "RIGHT"
    return _by_verb(document, clause, text, verbs, actor)


def _by_verb(
    document: Document, clause: Clause, text: str, verbs: list[int], subject: tuple[str, int] | None
) -> str:
    first, last = clause.first, clause.last
    kind, actor = subject or ("", first)
    if not verbs:
        return "OBLIGATION" if _bare_infinitive(document, first, last) else ""
    if kind == "public" and COMPETENCE.search(text):
        return "COMPETENCE"
    verb = document.words[verbs[0]]
    if kind == "public" and document.words[actor].lemma == "держава" and not verb.reflexive:
        return "OBLIGATION"
    if (
        verb.reflexive
        and verb.lemma.startswith("нада")
        and any(True for _ in heads(document, first, verbs[0], "datv"))
    ):
        return "RIGHT"
    if verb.reflexive:
        deciding = _DECIDING_PASSIVE.search(text) or _public_agent(document, first, last)
        return "COMPETENCE" if deciding else "OBLIGATION"
    if verb.past or verb.lemma == "бути" or verb.pos != "VERB":
        return ""
    if not kind and verb.plural and _no_subject(document, first, verbs[0]):
        return "OBLIGATION"
    if kind == "public":
        return "COMPETENCE"
    return "OBLIGATION" if kind == "private" else ""


def _no_subject(document: Document, first: int, verb: int) -> bool:
    """«Військовополонених … передають медичній службі»: nobody is named who does it."""
    return not any(
        "nomn" in document.words[i].cases
        and document.words[i].noun_like
        and not document.relative[i]
        and "accs" not in document.words[i].cases
        for i in range(first, verb)
    )


def _negated_passive(document: Document, verbs: list[int], first: int) -> bool:
    if not verbs or verbs[0] == first:
        return False
    verb = document.words[verbs[0]]
    return verb.reflexive and not verb.past and document.tokens[verbs[0] - 1].norm == "не"


def _public_agent(document: Document, first: int, last: int) -> bool:
    return any(head_kind(document, index) == "public" for index in heads(document, first, last, "ablt"))


def _bare_infinitive(document: Document, first: int, last: int) -> bool:
    """«Кабінету Міністрів України … забезпечити …» and «Утворити …»: an order without a finite verb."""
    for index in range(first, last):
        if document.brackets[index] or document.relative[index]:
            continue
        if document.words[index].infinitive:
            item = document.sentences[document.sentence_of[first]].item
            opening = index - first <= 2 and item
            return opening or any(True for _ in heads(document, first, index, "datv"))
    return False
