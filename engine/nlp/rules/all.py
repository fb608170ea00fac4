"""All rules together: what the base model finds in a passage."""

from engine.elements import Span
from engine.nlp.document import Document
from engine.nlp.rules.norms import find_norms

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


def find_spans(document: Document) -> list[Span]:
    """Spans of all eleven types."""
    spans: list[Span] = []
    for norm in find_norms(document):
        clause = norm.clause
        spans.append(Span(document.tokens[clause.first].start, document.tokens[clause.last - 1].end, norm.type))
    return spans
