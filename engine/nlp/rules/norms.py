"""Norms by rule: obligations, rights, competences, prohibitions, sanctions and changes of law."""

import re
from dataclasses import dataclass

from engine.nlp.clauses import Clause, bare_text, clauses, head_kind, heads, main_verbs, subject
from engine.nlp.document import Document, Sentence
from engine.nlp.lexicon import CHANGE, COMPETENCE, NO_NORM, OBLIGATION, POWERS, PROHIBITION, RIGHT, SANCTION

_DUTY_CUES = re.compile(r"зобов'язан|повинн|повинен|забезпечу|доруча")
_MAY = re.compile(r"\bмо(?:же|жуть|жна)\b")
_DECIDING_PASSIVE = re.compile(r"\b(?:затверджу|визнача|встановлю|признача|утворю|приймається рішення)\w*")
_OPEN_CONDITION = re.compile(
    r"(?:якщо|коли|(?:у|в) разі(?: якщо)?|за умови(?:, якщо)?|(?:у|в) (?:таких |інших )?випадках)(?:,? якщо)?$"
)
_PRINCIPLE = re.compile(r"принцип|мет[аи]\b|метою")


@dataclass(frozen=True, slots=True)
class Norm:
    """A clause and what it is; `lead` is the sentence a list item hangs on."""

    clause: Clause
    type: str
    lead: int | None = None


def find_norms(document: Document) -> list[Norm]:
    """All norms of a passage, in reading order, changes and sanctions among them."""
    found: list[Norm] = []
    by_sentence: dict[int, str] = {}
    for number, sentence in enumerate(document.sentences):
        if sentence.heading:
            continue
        for norm in _norms_of(document, number, sentence, by_sentence):
            found.append(norm)
            by_sentence[number] = norm.type
    return found


def _norms_of(document: Document, number: int, sentence: Sentence, known: dict[int, str]) -> list[Norm]:
    if sentence.item:
        return _item(document, number, sentence, known)
    whole = clauses(document, number)
    text = document.span_text(sentence.first, sentence.last)
    if match := SANCTION.search(text):
        return _sanction(document, number, sentence, match.start())
    if CHANGE.search(text) and not PROHIBITION.search(text):
        return [Norm(Clause(whole[0].first, sentence.last, number), "CHANGE")] if whole else []
    if _offence(document, number):
        return [Norm(Clause(sentence.first, sentence.last, number), "PROHIBITION")]
    return _typed(document, whole)


def _typed(document: Document, parts: list[Clause]) -> list[Norm]:
    """Clauses with their kinds; a later clause without a subject of its own takes the kind of the one before."""
    found: list[Norm] = []
    for part in parts:
        kind = clause_type(document, part)
        if not kind and found and document.words[part.first].finite and not document.words[part.first].past:
            kind = found[-1].type
        if kind:
            found.append(Norm(part, kind))
    return found


def _item(document: Document, number: int, sentence: Sentence, known: dict[int, str]) -> list[Norm]:
    clause = Clause(sentence.first, sentence.last, number)
    text = document.span_text(sentence.first, sentence.last)
    if match := SANCTION.search(text):
        return _sanction(document, number, sentence, match.start())
    if sentence.lead is None:
        return _orphan(document, clause)
    lead = document.sentences[sentence.lead]
    lead_text = document.span_text(lead.first, lead.last)
    if open_condition_lead(document, sentence.lead):
        return []
    if sentence.lead in known and known[sentence.lead] not in ("CHANGE", "SANCTION"):
        return [Norm(clause, known[sentence.lead], sentence.lead)]
    if _PRINCIPLE.search(lead_text):
        return _principle_item(document, clause)
    return _typed(document, clauses(document, number))


def _orphan(document: Document, clause: Clause) -> list[Norm]:
    """An item whose list began before the passage."""
    if document.tokens[clause.first].norm == "не" and document.words[clause.first + 1 : clause.first + 2]:
        word = document.words[clause.first + 1]
        if word.infinitive:
            return [Norm(clause, "OBLIGATION" if word.lemma == "допускати" else "PROHIBITION")]
    if clause_type(document, clause):
        return _typed(document, clauses(document, clause.sentence))
    opening = [document.words[i] for i in range(clause.first, min(clause.last, clause.first + 8))]
    verb = next((word for word in opening if word.infinitive), None)
    return [Norm(clause, "OBLIGATION")] if verb else []


def _principle_item(document: Document, clause: Clause) -> list[Norm]:
    for index in range(clause.first, min(clause.last, clause.first + 8)):
        if document.words[index].infinitive:
            negated = document.tokens[clause.first].norm == "не"
            return [Norm(clause, "PROHIBITION" if negated else "OBLIGATION")]
    return []


def _sanction(document: Document, number: int, sentence: Sentence, offset: int) -> list[Norm]:
    verb = document.token_at(document.tokens[sentence.first].start + offset)
    found: list[Norm] = []
    end = verb
    while end > sentence.first and document.tokens[end - 1].text in ",-–—":
        end -= 1
    if end > sentence.first:
        found.append(Norm(Clause(sentence.first, end, number), "PROHIBITION"))
    return [*found, Norm(Clause(verb, sentence.last, number), "SANCTION")]


def _offence(document: Document, number: int) -> bool:
    """A line that ends in a dash before a line with a sanction states an offence."""
    sentence = document.sentences[number]
    if not any(dash in sentence.end_mark for dash in "-–—") or number + 1 >= len(document.sentences):
        return False
    follower = document.sentences[number + 1]
    return bool(SANCTION.match(document.span_text(follower.first, follower.last)))


def clause_type(document: Document, clause: Clause) -> str:
    """The kind of norm a clause is, or nothing."""
    first, last = clause.first, clause.last
    text = bare_text(document, first, last)
    verbs = main_verbs(document, first, last)
    if NO_NORM.search(text) or not (verbs or any(document.words[i].infinitive for i in range(first, last))):
        return ""
    if POWERS.search(text):
        return "COMPETENCE"
    if PROHIBITION.search(text) or _negated_passive(document, verbs, first):
        return "PROHIBITION"
    actor = subject(document, first, last)
    kind = actor[0] if actor else ""
    if OBLIGATION.search(text) and not (_MAY.search(text) and not _DUTY_CUES.search(text)):
        return "OBLIGATION"
    if RIGHT.search(text):
        public = kind == "public" or (not kind and _public_agent(document, first, last))
        return "COMPETENCE" if public else "RIGHT"
    return _by_verb(document, clause, text, verbs, kind)


def _by_verb(document: Document, clause: Clause, text: str, verbs: list[int], kind: str) -> str:
    first, last = clause.first, clause.last
    if not verbs:
        return "OBLIGATION" if _bare_infinitive(document, first, last) else ""
    if kind == "public" and COMPETENCE.search(text):
        return "COMPETENCE"
    verb = document.words[verbs[0]]
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
        "nomn" in document.words[i].cases and document.words[i].noun_like and not document.relative[i]
        and "accs" not in document.words[i].cases
        for i in range(first, verb)
    )


def _negated_passive(document: Document, verbs: list[int], first: int) -> bool:
    if not verbs or verbs[0] == first:
        return False
    return document.words[verbs[0]].reflexive and document.tokens[verbs[0] - 1].norm == "не"


def _public_agent(document: Document, first: int, last: int) -> bool:
    return any(head_kind(document, index) == "public" for index in heads(document, first, last, "ablt"))


def _bare_infinitive(document: Document, first: int, last: int) -> bool:
    """«Кабінету Міністрів України … забезпечити …» and «Утворити …»: an order without a finite verb."""
    for index in range(first, last):
        if document.brackets[index] or document.relative[index]:
            continue
        if document.words[index].infinitive:
            opening = index - first <= 2
            return opening or any(True for _ in heads(document, first, index, "datv"))
    return False


def open_condition_lead(document: Document, number: int) -> bool:
    """Whether a lead-in ends in «у разі», «якщо» and the like, so that its items are conditions."""
    lead = document.sentences[number]
    return bool(_OPEN_CONDITION.search(document.span_text(lead.first, lead.last)))
