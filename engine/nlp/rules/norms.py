"""Norms by rule: obligations, rights, competences, prohibitions, sanctions and changes of law."""

import re
from dataclasses import dataclass, replace

from engine.nlp.clauses import Clause, bare_text, clauses, head_kind, heads, main_verbs
from engine.nlp.clauses import subject as subject_of
from engine.nlp.document import Document, Sentence
from engine.nlp.lexicon import (
    COMPETENCE,
    FORCE,
    INSTRUCTION,
    NO_NORM,
    OBLIGATION,
    POWERS,
    PROHIBITION,
    RELEASE,
    RIGHT,
    SANCTION,
)

_DUTY_CUES = re.compile(r"зобов'язан|повинн|повинен|забезпечу|доруча")
_MAY = re.compile(r"\bмо(?:же|жуть|жна)\b")
_DECIDING_PASSIVE = re.compile(
    r"\b(?:затверджу|визнача|встановлю|признача|утворю|розгляда(?:є|ю)ться|приймається рішення"
    r"|рішення .{0,200}приймається)\w*"
)
_OPEN_CONDITION = re.compile(
    r"(?:якщо|коли|(?:у|в) разі(?: якщо)?|за умови(?:, якщо)?|(?:у|в) (?:таких "
    r"|інших )?випадках)(?:,? якщо)?$"
)
SANCTION_AHEAD = re.compile(r"\s*,?\s*[-–—]\s*(?:кара|тягн)")
"""Behind an offence stand a dash and its sanction."""
_OPENERS = {"«": "»", "“": "”", "„": "”", '"': '"'}
_ENACTS = re.compile(r"(?:наказую|постановля\w+|вирішил\w+|ухвалил\w+)$")
_ABOVE = (
    ("PROHIBITION", re.compile(r"забороня|не має права|не мають права")),
    ("COMPETENCE", re.compile(r"повноважен|компетенц|функці")),
    ("OBLIGATION", re.compile(r"зобов'яз|обов'язк|повинн|повинен")),
    ("RIGHT", re.compile(r"\bправа\b|має право|мають право")),
)
_ADVISES = re.compile(r"рекоменд|запропонувати")
_CONTROL = re.compile(r"контроль .{0,80}\b(?:покласти на|залишаю за собою)\b")
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


def new_text_end(document: Document, number: int) -> int:
    """The token after the quoted new text that follows a change («… викласти в такій редакції:» «…»),
    or 0.
    """
    sentence = document.sentences[number]
    follow = number + 1
    if ":" not in sentence.end_mark or follow >= len(document.sentences):
        return 0
    opening = next(
        (
            i
            for i in range(sentence.last, min(sentence.last + 4, len(document.tokens)))
            if document.tokens[i].text in _OPENERS
        ),
        None,
    )
    if opening is None:
        return 0
    return _quotation_end(document, opening)


def _quotation_end(document: Document, opening: int) -> int:
    opener = document.tokens[opening].text
    closer, depth = _OPENERS[opener], 0
    for index in range(opening, len(document.tokens)):
        text = document.tokens[index].text
        if text == opener and opener != closer:
            depth += 1
        elif text == closer and index > opening:
            depth -= 1
            if depth <= 0:
                return index + 1
    end = len(document.tokens)
    while end > opening + 1 and document.tokens[end - 1].text in ".;,":
        end -= 1
    return end


def _norms_of(document: Document, number: int, sentence: Sentence, known: dict[int, str]) -> list[Norm]:
    whole = clauses(document, number)
    text = document.span_text(sentence.first, sentence.last)
    if _ENACTS.search(text):
        return []
    if match := SANCTION.search(text):
        return _sanction(document, number, sentence, match.start())
    if _is_change(document, sentence) and whole:
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


def _is_change(document: Document, sentence: Sentence) -> bool:
    """A change of law, its cue outside quotation marks; an order to change stands in the infinitive,
    alone.
    """
    outside = (i for i in range(sentence.first, sentence.last) if not document.quoted[i])
    text = " ".join(document.tokens[i].norm for i in outside)
    if PROHIBITION.search(text):
        return False
    ordered = INSTRUCTION.search(text) and not main_verbs(document, sentence.first, sentence.last)
    return bool(FORCE.search(text) or ordered)


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
    """Clauses with their kinds;
    a later clause without a subject of its own takes the kind of the one before.
    """
    found: list[Norm] = []
    for part in parts:
        kind = clause_type(document, part, led_by)
        if not kind and found and document.words[part.first].finite and not document.words[part.first].past:
            kind = found[-1].type
        if kind:
            found.append(Norm(part, kind))
    return found


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
    if any(word.infinitive for word in opening) and (kind := _from_context(document)):
        return [Norm(clause, kind)]
    if opening[0].finite and opening[0].pos == "VERB" and not opening[0].past and not opening[0].reflexive:
        return [Norm(clause, "COMPETENCE")]
    return [Norm(clause, "OBLIGATION")] if any(word.infinitive for word in opening) else []


def _from_context(document: Document) -> str:
    """What the headings and lead-ins above the passage say of a list that began there."""
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


def open_condition_lead(document: Document, number: int) -> bool:
    """Whether a lead-in ends in «у разі», «якщо» and the like, so that its items are conditions."""
    lead = document.sentences[number]
    return bool(_OPEN_CONDITION.search(document.span_text(lead.first, lead.last)))
