"""Candidates for actors: every head that can name a person or body, with the spans its phrase may have."""

from dataclasses import dataclass

from engine.elements import Span
from engine.nlp.clauses import head_kind, is_main_verb
from engine.nlp.document import Document
from engine.nlp.lexicon import PRIVATE_HEADS, PUBLIC_HEADS
from engine.nlp.phrases import (
    Phrase,
    coordinated_end,
    is_head,
    key,
    left_edge,
    participle_end,
    relative_end,
    right_edges,
    wide_left_edge,
)

_JOINTS = frozenset(("і", "й", "та", "або", "чи"))
_MOST_SPANS = 20
_NORM_TYPES = ("OBLIGATION", "RIGHT", "COMPETENCE", "PROHIBITION", "SANCTION")


@dataclass(frozen=True, slots=True)
class HeadCandidate:
    """A head with features that say whether it is an actor, and its possible phrases with theirs."""

    head: int
    key: tuple[str, ...]
    features: list[str]
    spans: list[tuple[int, int]]
    span_features: list[list[str]]


def actor_candidates(document: Document, rules: list[Span]) -> list[HeadCandidate]:
    """All heads of a passage outside headings, in reading order."""
    covers = _covers(document, rules)
    mentions: dict[str, int] = {}
    keys: dict[tuple[str, ...], int] = {}
    found: list[HeadCandidate] = []
    for index in range(len(document.tokens)):
        number = document.sentence_of[index]
        if number < 0 or document.sentences[number].heading or not is_head(document, index):
            continue
        candidate = _candidate(document, index, covers, mentions, keys)
        found.append(candidate)
        lemma = document.words[index].lemma
        mentions[lemma] = mentions.get(lemma, 0) + 1
        keys[candidate.key] = keys.get(candidate.key, 0) + 1
    _add_recurrence(document, found)
    return found


def _add_recurrence(document: Document, candidates: list[HeadCandidate]) -> None:
    """How often the same name comes in the passage, and whether it is a verb's subject there."""
    total: dict[tuple[str, ...], int] = {}
    acting: set[str] = set()
    named: set[tuple[str, ...]] = set()
    lemmas: set[str] = set()
    for candidate in candidates:
        total[candidate.key] = total.get(candidate.key, 0) + 1
        if "nomn" in document.words[candidate.head].cases and "side=before" in candidate.features:
            acting.add(document.words[candidate.head].lemma)
    rank_in_sentence: dict[int, int] = {}
    for candidate in candidates:
        number = document.sentence_of[candidate.head]
        rank = rank_in_sentence.get(number, 0)
        rank_in_sentence[number] = rank + 1
        lemma = document.words[candidate.head].lemma
        subject = lemma in acting
        candidate.features.append(f"named={candidate.key in named}/{lemma in lemmas}")
        if "relative=False" in candidate.features and "norm=none" not in candidate.features:
            named.add(candidate.key)
            lemmas.add(lemma)
        candidate.features.append(f"acts-now={subject and 'side=before' in candidate.features}")
        candidate.features.append(f"total={min(total[candidate.key], 4)}")
        candidate.features.append(f"acts={subject}")
        candidate.features.append(f"rank={min(rank, 5)}")
        candidate.features.append(f"heads={min(len(candidates) // 4, 6)}")


def _covers(document: Document, rules: list[Span]) -> list[set[str]]:
    covers: list[set[str]] = [set() for _ in document.tokens]
    for span in rules:
        for index in range(document.token_at(span.start), document.token_at(span.end - 1) + 1):
            covers[index].add(span.type)
    return covers


def _candidate(
    document: Document,
    head: int,
    covers: list[set[str]],
    mentions: dict[str, int],
    keys: dict[tuple[str, ...], int],
) -> HeadCandidate:
    sentence = document.sentences[document.sentence_of[head]]
    spans = possible_spans(document, head, sentence.first, sentence.last)
    base = Phrase(*spans[0], head)
    name = key(document, base)
    features = [
        *_lexical(document, head, name),
        *_syntax(document, base, sentence.first, sentence.last),
        *_surroundings(document, base, covers),
        f"seen={min(mentions.get(document.words[head].lemma, 0), 3)}",
        f"seen-key={min(keys.get(name, 0), 2)}",
        f"seen-any={min(len(keys), 6)}",
    ]
    return HeadCandidate(head, name, features, spans, [_span_features(document, s, base) for s in spans])


def possible_spans(document: Document, head: int, low: int, high: int) -> list[tuple[int, int]]:
    """Spans a head's phrase may have, the likeliest first."""
    base_start = left_edge(document, head, low)
    starts = [base_start]
    wide = wide_left_edge(document, head, low)
    starts += [
        s
        for s in (
            wide,
            head if head > base_start else None,
            base_start + 1 if base_start + 1 < head else None,
        )
        if s is not None
    ]
    rights = right_edges(document, head, high)
    ends = [rights[0], *rights[1:], *_shorter(document, head, rights[0]), *_longer(document, rights, high)]
    spans: list[tuple[int, int]] = []
    for end in dict.fromkeys(ends):
        for start in dict.fromkeys(starts):
            spans.append((start, end))
    return spans[:_MOST_SPANS]


def _shorter(document: Document, head: int, last: int) -> list[int]:
    ends = [head + 1] if last > head + 1 else []
    ends += [i + 1 for i in range(last - 2, head, -1) if document.words[i].pos == "NOUN"]
    return ends


def _longer(document: Document, rights: list[int], high: int) -> list[int]:
    ends: list[int] = []
    for right in rights[:1]:
        clause = relative_end(document, right, high)
        if clause:
            ends.append(clause)
        if right < high and document.tokens[right].text == "(":
            close = next((i for i in range(right, high) if document.tokens[i].text == ")"), None)
            if close:
                ends.append(close + 1)
        ends += [
            end
            for end in (participle_end(document, right, high), coordinated_end(document, right, high))
            if end
        ]
    return ends


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


def _syntax(document: Document, base: Phrase, low: int, high: int) -> list[str]:
    verbs = [i for i in range(low, high) if is_main_verb(document, i)]
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
        near = min(verbs, key=lambda v: abs(v - base.head))
        row.append(f"verb={document.words[near].lemma}")
        row.append(f"verb-case={document.words[near].lemma}/{cases}")
    return row


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


def _surroundings(document: Document, base: Phrase, covers: list[set[str]]) -> list[str]:
    inside = covers[base.head]
    sentence = document.sentences[document.sentence_of[base.head]]
    norms = [kind for kind in _NORM_TYPES if kind in inside]
    row = [f"in={kind}" for kind in sorted(inside)]
    row.append(f"norm={norms[0] if norms else 'none'}")
    row.append(f"relative={document.relative[base.head]}")
    row.append(f"bracket={document.brackets[base.head]}")
    row.append(f"item={sentence.item}/{sentence.lead is not None}")
    row.append(f"norm-rel={bool(norms)}/{document.relative[base.head]}")
    if "ACTOR" in covers[base.head]:
        row.append("rule-actor")
    sentence_norm = any(
        kind in covers[i] for i in range(sentence.first, sentence.last) for kind in _NORM_TYPES
    )
    row.append(f"sentence-norm={sentence_norm}")
    return row


def _span_features(document: Document, span: tuple[int, int], base: Phrase) -> list[str]:
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
