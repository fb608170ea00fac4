"""Candidates for actors: every head that can name a person or body, with the spans its phrase may have."""

from dataclasses import dataclass

from engine.elements import Span
from engine.learning.actor_features import View, head_features, span_features, view
from engine.nlp.document import Document
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

_MOST_SPANS = 20


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
    seen = view(document, rules)
    mentions: dict[str, int] = {}
    keys: dict[tuple[str, ...], int] = {}
    found: list[HeadCandidate] = []
    for index in range(len(document.tokens)):
        number = document.sentence_of[index]
        if number < 0 or document.sentences[number].heading or not is_head(document, index):
            continue
        candidate = _candidate(seen, index, mentions, keys)
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


def _candidate(
    seen: View,
    head: int,
    mentions: dict[str, int],
    keys: dict[tuple[str, ...], int],
) -> HeadCandidate:
    document = seen.document
    sentence = document.sentences[document.sentence_of[head]]
    spans = possible_spans(document, head, sentence.first, sentence.last)
    base = Phrase(*spans[0], head)
    name = key(document, base)
    features = [
        *head_features(seen, base, name),
        f"seen={min(mentions.get(document.words[head].lemma, 0), 3)}",
        f"seen-key={min(keys.get(name, 0), 2)}",
        f"seen-any={min(len(keys), 6)}",
    ]
    return HeadCandidate(head, name, features, spans, [span_features(document, s, base) for s in spans])


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
