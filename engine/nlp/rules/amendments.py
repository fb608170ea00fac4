"""Changes of law: their cues, and the quoted new text that belongs to them."""

from engine.nlp.clauses import main_verbs
from engine.nlp.document import Document, Sentence
from engine.nlp.lexicon import FORCE, INSTRUCTION, PROHIBITION

_OPENERS = {"«": "»", "“": "”", "„": "”", '"': '"'}


def is_change(document: Document, sentence: Sentence) -> bool:
    """A change of law, its cue outside quotation marks; an order stands in the infinitive."""
    outside = (i for i in range(sentence.first, sentence.last) if not document.quoted[i])
    text = " ".join(document.tokens[i].norm for i in outside)
    if PROHIBITION.search(text):
        return False
    ordered = INSTRUCTION.search(text) and not main_verbs(document, sentence.first, sentence.last)
    return bool(FORCE.search(text) or ordered)


def new_text_end(document: Document, number: int) -> int:
    """The token after the new text a change quotes («… викласти в такій редакції: “…”»), or 0."""
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
