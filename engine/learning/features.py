"""Features of a passage's tokens for the sequence models: words, morphology, sentence, rules."""

from engine.elements import Span
from engine.nlp.clauses import head_kind
from engine.nlp.document import Document

_WINDOW = (-2, -1, 1, 2)


def token_features(document: Document, rule_spans: list[Span]) -> list[list[str]]:
    """One list of features a token; `rule_spans` are what the rules found in the passage."""
    marks = rule_marks(document, rule_spans)
    forms = [_form(document, index) for index in range(len(document.tokens))]
    grammar = [_grammar(document, index) for index in range(len(document.tokens))]
    rows = []
    for index in range(len(document.tokens)):
        row = ["1", *_word(document, index, forms, grammar), *_place(document, index), *marks[index]]
        row.extend(_neighbours(index, forms, grammar, marks))
        rows.append(row)
    return rows


def rule_marks(document: Document, spans: list[Span]) -> list[list[str]]:
    """For every token, B/I/E marks of the rule spans that cover it."""
    marks: list[list[str]] = [[] for _ in document.tokens]
    for span in spans:
        first, last = document.token_at(span.start), document.token_at(span.end - 1)
        for index in range(first, last + 1):
            side = "B" if index == first else "I"
            marks[index].append(f"r={side}-{span.type}")
            if index == last:
                marks[index].append(f"r=E-{span.type}")
    return marks


def _form(document: Document, index: int) -> str:
    token = document.tokens[index]
    return "0" if token.text.isdigit() else token.norm


def _grammar(document: Document, index: int) -> str:
    word = document.words[index]
    if word.infinitive:
        return "INF"
    if word.finite:
        return "FINR" if word.reflexive else "FIN"
    return word.pos + ("/" + "".join(sorted(case[0] for case in word.cases)) if word.cases else "")


def _word(document: Document, index: int, forms: list[str], grammar: list[str]) -> list[str]:
    token, word = document.tokens[index], document.words[index]
    row = [f"w={forms[index]}", f"l={word.lemma}", f"g={grammar[index]}", f"s3={forms[index][-3:]}"]
    if token.text[0].isupper():
        row.append("cap")
    kind = head_kind(document, index)
    if kind:
        row.append(f"h={kind}")
        row.append(f"h={kind}/{grammar[index]}")
    return row


def _place(document: Document, index: int) -> list[str]:
    number = document.sentence_of[index]
    row = []
    if number < 0:
        return ["out"]
    sentence = document.sentences[number]
    if index == sentence.first:
        row.append("first")
    if index == sentence.last - 1:
        row.append(f"last={sentence.end_mark}")
    if sentence.item:
        row.append("item")
    if sentence.heading:
        row.append("heading")
    if document.relative[index]:
        row.append("rel")
    if document.brackets[index]:
        row.append("br")
    return row


def _neighbours(index: int, forms: list[str], grammar: list[str], marks: list[list[str]]) -> list[str]:
    row = []
    for offset in _WINDOW:
        other = index + offset
        if 0 <= other < len(forms):
            row.append(f"{offset}w={forms[other]}")
            row.append(f"{offset}g={grammar[other]}")
            if offset in (-1, 1):
                row.extend(f"{offset}{mark}" for mark in marks[other])
        else:
            row.append(f"{offset}none")
    return row
