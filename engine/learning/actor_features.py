"""What is known of a head and of its phrases when one asks whether they name an actor."""

from bisect import bisect_left
from dataclasses import dataclass

from engine.elements import Span
from engine.nlp.clauses import head_kind, is_main_verb, main_verbs
from engine.nlp.document import Document
from engine.nlp.lexicon import PRIVATE_HEADS, PUBLIC_HEADS
from engine.nlp.phrases import Phrase

_JOINTS = frozenset(("і", "й", "та", "або", "чи"))
_NORM_TYPES = ("OBLIGATION", "RIGHT", "COMPETENCE", "PROHIBITION", "SANCTION")


@dataclass(frozen=True, slots=True)
class View:
    """A passage with what all heads share: rule types by token, verbs by sentence, sentences with a norm."""

    document: Document
    covers: list[set[str]]
    verbs: list[list[int]]
    normative: frozenset[int]


def view(document: Document, rules: list[Span]) -> View:
    """The view of a passage; `rules` are what the rules found in it."""
    covers: list[set[str]] = [set() for _ in document.tokens]
    normative: set[int] = set()
    for span in rules:
        for index in range(document.token_at(span.start), document.token_at(span.end - 1) + 1):
            covers[index].add(span.type)
            if span.type in _NORM_TYPES:
                normative.add(document.sentence_of[index])
    verbs = [main_verbs(document, s.first, s.last) for s in document.sentences]
    return View(document, covers, verbs, frozenset(normative))


def head_features(seen: View, base: Phrase, name: tuple[str, ...]) -> list[str]:
    """Features of a head, `base` its likeliest phrase, `name` the lemmas it goes by."""
    document = seen.document
    return [*_lexical(document, base.head, name), *_syntax(seen, base), *_surroundings(seen, base)]


def _lexical(document: Document, head: int, name: tuple[str, ...]) -> list[str]:
    word, token = document.words[head], document.tokens[head]
    kind = head_kind(document, head)
    listed = word.lemma in PUBLIC_HEADS or word.lemma in PRIVATE_HEADS
    return [
        f"lemma={word.lemma}",
        f"name={' '.join(name)}",
        f"kind={kind}/{listed}",
        f"cap={token.text[0].isupper()}{token.text.isupper()}",
        f"animate={word.animate}",
        f"pos={word.pos}",
        *(f"case={case}" for case in sorted(word.cases)),
        f"cases={''.join(sorted(c[0] for c in word.cases))}/{word.plural}",
        f"size={min(len(name), 5)}",
    ]


def _syntax(view: View, base: Phrase) -> list[str]:
    document, number = view.document, view.document.sentence_of[base.head]
    low, high = document.sentences[number].first, document.sentences[number].last
    verbs = view.verbs[number]
    side = "no" if not verbs else ("before" if base.head < verbs[0] else "after")
    cases = "".join(sorted(c[0] for c in document.words[base.head].cases))
    row = [f"side={side}", f"side-case={side}/{cases}"]
    row.append(f"first={base.first == low}")
    before = document.words[base.first - 1] if base.first > low else None
    token = document.tokens[base.first - 1].norm if base.first > low else ""
    kind = _before_kind(document, base.first - 1) if before else "none"
    row += [f"before={kind}", f"before-case={kind}/{cases}", f"before-word={before.lemma if before else '-'}"]
    if base.first - 2 >= low:
        row.append(f"before2={document.words[base.first - 2].lemma}/{token}")
    follow = base.last
    row.append(f"after={_after_kind(document, follow, high)}")
    if verbs:
        near = _nearest(verbs, base.head)
        row.append(f"verb={document.words[near].lemma}")
        row.append(f"verb-case={document.words[near].lemma}/{cases}")
    return row


def _nearest(verbs: list[int], head: int) -> int:
    """The verb nearest to the head, the earlier of two as near; `verbs` ascend."""
    place = bisect_left(verbs, head)
    return min(verbs[max(place - 1, 0) : place + 1], key=lambda verb: abs(verb - head))


def _before_kind(document: Document, index: int) -> str:
    word, norm = document.words[index], document.tokens[index].norm
    if word.pos == "PREP":
        return f"prep-{norm}"
    if word.pos == "NOUN":
        if norm.endswith(("ння", "ття", "нням", "ттям", "нні", "тті", "нню", "ень", "ять")):
            return "verbal-noun"
        return "head-noun" if head_kind(document, index) else "noun"
    if word.finite:
        return "verb"
    if word.infinitive:
        return "infinitive"
    return norm if norm in (",", "і", "та", "або", "чи", "(", "як", ":", "-") else word.pos


def _after_kind(document: Document, index: int, high: int) -> str:
    if index >= high:
        return "end"
    if is_main_verb(document, index):
        return "verb"
    text = document.tokens[index].text
    if text == "," and index + 1 < high:
        return "relative" if document.relative[index + 1] else "comma"
    if text == "(":
        return "alias" if index + 1 < high and document.tokens[index + 1].norm == "далі" else "bracket"
    return "joint" if document.tokens[index].norm in _JOINTS else document.words[index].pos


def _surroundings(view: View, base: Phrase) -> list[str]:
    document, inside = view.document, view.covers[base.head]
    number = document.sentence_of[base.head]
    sentence = document.sentences[number]
    norms = [kind for kind in _NORM_TYPES if kind in inside]
    row = [f"in={kind}" for kind in sorted(inside)]
    row.append(f"norm={norms[0] if norms else 'none'}")
    row.append(f"relative={document.relative[base.head]}")
    row.append(f"bracket={document.brackets[base.head]}")
    row.append(f"item={sentence.item}/{sentence.lead is not None}")
    row.append(f"norm-rel={bool(norms)}/{document.relative[base.head]}")
    if "ACTOR" in inside:
        row.append("rule-actor")
    row.append(f"sentence-norm={number in view.normative}")
    return row


def span_features(document: Document, span: tuple[int, int], base: Phrase) -> list[str]:
    first, last = span
    start = "base" if first == base.first else ("wide" if first < base.first else "narrow")
    end = "base" if last == base.last else ("long" if last > base.last else "short")
    row = [f"start={start}", f"end={end}", f"edges={start}/{end}"]
    if last < len(document.tokens):
        token = document.tokens[last]
        row.append(f"next={document.words[last].pos if token.is_word else token.norm}")
    row.append(f"first-pos={document.words[first].pos}/{start}")
    row.append(f"first-lemma={document.words[first].lemma}/{start}")
    row.append(f"last-lemma={document.words[last - 1].lemma}/{end}")
    if last > base.last:
        row.append(f"through={document.tokens[base.last].norm}")
        row.append(f"long={min(last - base.last, 12)}")
    if last < base.last:
        row.append(f"cut={document.words[last].lemma}")
        row.append(f"cut-cap={document.tokens[last].text[0].isupper()}")
    row.append(f"head-end={document.words[base.head].lemma}/{end}")
    row.append(f"length={min(last - first, 8)}/{end}")
    return row
