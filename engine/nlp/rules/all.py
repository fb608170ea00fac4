"""All rules together: what the base model finds in a passage."""

from engine.elements import Span
from engine.nlp.document import Document
from engine.nlp.rules.actors import find_actors
from engine.nlp.rules.amendments import new_text_end
from engine.nlp.rules.conditions import find_conditions
from engine.nlp.rules.deadlines import find_deadlines
from engine.nlp.rules.definitions import find_definitions
from engine.nlp.rules.norms import find_norms
from engine.nlp.rules.references import find_references

RULE_TYPES = (
    "OBLIGATION",
    "RIGHT",
    "COMPETENCE",
    "PROHIBITION",
    "SANCTION",
    "ACTOR",
    "CONDITION",
    "DEADLINE",
    "DEFINITION",
    "REFERENCE",
    "CHANGE",
)
_NORMS = ("OBLIGATION", "RIGHT", "COMPETENCE", "PROHIBITION", "SANCTION")


def find_spans(document: Document) -> list[Span]:
    """Spans of all eleven types."""
    norms = find_norms(document)
    references = find_references(document)
    silent = {norm.clause.sentence for norm in norms if norm.type in ("CHANGE", "SANCTION")}
    ranges = [(norm.clause.first, norm.clause.last, norm.type) for norm in norms]
    ranges += [(first, last, "CONDITION") for first, last in find_conditions(document)]
    ranges += [(first, last, "DEADLINE") for first, last in find_deadlines(document, silent)]
    ranges += [(first, last, "DEFINITION") for first, last in find_definitions(document)]
    ranges += [(match.first, match.last, "REFERENCE") for match in references]
    acting = [(first, last) for first, last, kind in ranges if kind in _NORMS]
    actors = find_actors(document, acting, [(match.first, match.last) for match in references])
    ranges += [(actor.first, actor.last, "ACTOR") for actor in actors]
    ranges = _outside_new_text(document, ranges)
    return [
        Span(document.tokens[first].start, document.tokens[last - 1].end, kind)
        for first, last, kind in ranges
    ]


def _outside_new_text(document: Document, ranges: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The new text a change quotes is not marked again."""
    quoted = [
        (sentence.last, end)
        for number, sentence in enumerate(document.sentences)
        if (end := new_text_end(document, number))
        and any(kind == "CHANGE" and first <= sentence.first < last for first, last, kind in ranges)
    ]
    return [r for r in ranges if not any(start <= r[0] and r[1] <= end for start, end in quoted)]
