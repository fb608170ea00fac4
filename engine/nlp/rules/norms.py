"""Norms by rule: obligations, rights, competences, prohibitions, sanctions and changes of law."""

import re
from dataclasses import dataclass, replace

from engine.nlp.clauses import Clause, bare_text, clauses, heads, main_verbs
from engine.nlp.clauses import subject as subject_of
from engine.nlp.document import Document, Sentence, read
from engine.nlp.lexicon import PROHIBITION, SANCTION
from engine.nlp.rules.amendments import is_change, new_text_end
from engine.nlp.rules.kinds import clause_type

_OPEN_CONDITION = re.compile(
    r"(?:якщо|коли|(?:у|в) разі(?: якщо)?|за умови(?:, якщо)?|(?:у|в) (?:таких "
    r"|інших )?випадках)(?:,? якщо)?$"
)
SANCTION_AHEAD = re.compile(r"\s*,?\s*[-–—]\s*(?:кара|тягн)")
"""Behind an offence stand a dash and its sanction."""
_ENACTS = re.compile(r"(?:наказую|постановля\w+|вирішил\w+|ухвалил\w+)$")
_ABOVE = (
    ("PROHIBITION", re.compile(r"забороня|не має права|не мають права")),
    ("COMPETENCE", re.compile(r"повноважен|компетенц|функці")),
    ("OBLIGATION", re.compile(r"зобов'яз|обов'язк|повинн|повинен")),
    ("RIGHT", re.compile(r"\bправа\b|має право|мають право")),
)
_ADVISES = re.compile(r"рекоменд|запропонувати")
_LONGEST_ACTOR = 12
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
    quoted_until = 0
    for number, sentence in enumerate(document.sentences):
        if sentence.heading or sentence.first < quoted_until:
            continue
        for norm in _norms_of(document, number, sentence, by_sentence):
            if norm.type == "CHANGE":
                quoted_until = new_text_end(document, number)
                norm = replace(norm, clause=replace(norm.clause, last=max(norm.clause.last, quoted_until)))
            found.append(norm)
            by_sentence[number] = norm.type
    return found


def _norms_of(document: Document, number: int, sentence: Sentence, known: dict[int, str]) -> list[Norm]:
    whole = clauses(document, number)
    text = document.span_text(sentence.first, sentence.last)
    if _ENACTS.search(text):
        return []
    if match := SANCTION.search(text):
        return _sanction(document, number, sentence, match.start())
    if is_change(document, sentence) and whole:
        return [Norm(Clause(whole[0].first, whole[0].last, number), "CHANGE")]
    if sentence.item:
        return _item(document, number, sentence, known)
    if _order_to(document, sentence):
        return [Norm(Clause(sentence.first, sentence.last, number), "OBLIGATION")]
    if _offence(document, number):
        return [Norm(Clause(sentence.first, sentence.last, number), "PROHIBITION")]
    return _typed(document, whole)


def _order_to(document: Document, sentence: Sentence) -> bool:
    """«Кабінету Міністрів України невідкладно:» leads in what the body must do."""
    if ":" not in sentence.end_mark or main_verbs(document, sentence.first, sentence.last):
        return False
    if _ADVISES.match(document.span_text(sentence.first, sentence.last)):
        return False
    follower = sentence.last + 1
    begins = any(w.infinitive for w in document.words[follower : follower + 5])
    return begins and any(
        True for _ in heads(document, sentence.first, min(sentence.last, sentence.first + 6), "datv")
    )


def _forbids(document: Document, clause: Clause) -> bool:
    """An item with a ban of its own («не повинен розголошувати…») is one whatever its lead-in says."""
    banned = PROHIBITION.search(bare_text(document, clause.first, clause.last))
    return bool(banned) and bool(main_verbs(document, clause.first, clause.last))


def _led_by_actor(document: Document, lead: Sentence) -> str:
    """«Кабінет Міністрів України:» leads in what the body does; its kind, or nothing."""
    if main_verbs(document, lead.first, lead.last) or lead.last - lead.first > _LONGEST_ACTOR:
        return ""
    actor = subject_of(document, lead.first, lead.last)
    return actor[0] if actor else ""


def _typed(document: Document, parts: list[Clause], led_by: str = "") -> list[Norm]:
    """Clauses with their kinds; one without a subject takes the kind of the clause before it."""
    found: list[Norm] = []
    for part in parts:
        kind = clause_type(document, part, led_by)
        if not kind and found and _begins_with_verb(document, part):
            kind = found[-1].type
        if kind:
            found.append(Norm(part, kind))
    return found


def _begins_with_verb(document: Document, clause: Clause) -> bool:
    """«…, безпосередньо досліджує докази»: the clause goes on with a verb in the present."""
    opening = document.words[clause.first : min(clause.first + 3, clause.last)]
    verb = next((word for word in opening if word.finite), None)
    return verb is not None and not verb.past


def _item(document: Document, number: int, sentence: Sentence, known: dict[int, str]) -> list[Norm]:
    clause = Clause(sentence.first, sentence.last, number)
    if document.tokens[sentence.first].norm in ("що", "який", "яка", "яке", "які"):
        return []
    if sentence.lead is None:
        return _orphan(document, clause)
    lead = document.sentences[sentence.lead]
    lead_text = document.span_text(lead.first, lead.last)
    if open_condition_lead(document, sentence.lead) or _ADVISES.match(lead_text):
        return []
    if document.relative[lead.last - 1] and not main_verbs(document, clause.first, clause.last):
        return []
    if sentence.lead not in known and (kind := _led_by_actor(document, lead)):
        return _typed(document, clauses(document, number), kind)
    if sentence.lead in known and known[sentence.lead] not in ("CHANGE", "SANCTION"):
        kind = "PROHIBITION" if _forbids(document, clause) else known[sentence.lead]
        return [Norm(clause, kind, sentence.lead)]
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
    opening = document.words[clause.first : min(clause.last, clause.first + 8)]
    begins = document.context.strip().endswith(":") or any(word.infinitive for word in opening)
    if begins and (kind := _from_context(document)):
        return [Norm(clause, kind)]
    if opening[0].finite and opening[0].pos == "VERB" and not opening[0].past and not opening[0].reflexive:
        return [Norm(clause, "COMPETENCE")]
    return [Norm(clause, "OBLIGATION")] if any(word.infinitive for word in opening) else []


def _from_context(document: Document) -> str:
    """What the headings and lead-ins above the passage say of a list that began there."""
    last = document.context.strip().split("\n")[-1]
    if last.endswith(":") and (norms := find_norms(read(last))):
        return norms[-1].type
    above = "\n".join(document.context.lower().split("\n")[1:])
    return next((kind for kind, cue in _ABOVE if cue.search(above)), "")


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


def open_condition_lead(document: Document, number: int) -> bool:
    """Whether a lead-in ends in «у разі», «якщо» and the like, so that its items are conditions."""
    lead = document.sentences[number]
    return bool(_OPEN_CONDITION.search(document.span_text(lead.first, lead.last)))
