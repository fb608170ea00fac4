"""Attributes of all spans found in a passage, by type."""

from collections.abc import Sequence
from itertools import pairwise

from engine.elements import JsonValue, Span
from engine.nlp.attributes.bearers import actor_role, norm_attributes
from engine.nlp.attributes.changes import change_attributes, condition_attributes, definition_attributes
from engine.nlp.attributes.deadlines import deadline_attributes
from engine.nlp.attributes.penalties import penalties
from engine.nlp.attributes.references import reference_attributes
from engine.nlp.document import Document

_NORMS = ("OBLIGATION", "RIGHT", "COMPETENCE", "PROHIBITION")


def attributes_of(document: Document, spans: Sequence[Span]) -> list[dict[str, JsonValue]]:
    """One dictionary a span, in the spans' order; types the schema does not know get none."""
    norms = [span for span in spans if span.type in (*_NORMS, "SANCTION")]
    by_norm = {
        span: norm_attributes(document, span, _lead(document, span)) for span in norms if span.type in _NORMS
    }
    bearers = frozenset(str(a["bearer"]) for a in by_norm.values() if a["bearer"])
    references = sorted(span for span in spans if span.type == "REFERENCE")
    following = dict(pairwise(references))
    found: list[dict[str, JsonValue]] = []
    for span in spans:
        if span in by_norm:
            found.append(by_norm[span])
        elif span.type == "ACTOR":
            found.append({"role": actor_role(document, span, norms, bearers)})
        elif span.type == "REFERENCE":
            found.append(reference_attributes(document, span, following.get(span)))
        else:
            found.append(_by_quote(span.type, document.text[span.start : span.end]))
    return found


def _by_quote(kind: str, quote: str) -> dict[str, JsonValue]:
    if kind == "SANCTION":
        return {"penalties": penalties(quote)}
    if kind == "DEADLINE":
        return deadline_attributes(quote)
    if kind == "DEFINITION":
        return definition_attributes(quote)
    if kind == "CONDITION":
        return condition_attributes(quote)
    return change_attributes(quote) if kind == "CHANGE" else {}


def _lead(document: Document, span: Span) -> tuple[int, int] | None:
    """Tokens of the lead-in a list item hangs on."""
    number = document.sentence_of[document.token_at(span.start)]
    if number < 0:
        return None
    lead = document.sentences[number].lead
    if lead is None:
        return None
    return document.sentences[lead].first, document.sentences[lead].last
