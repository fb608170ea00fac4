"""Which source speaks for a type, by what each does on passages it did not see."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from engine.elements import Span
from engine.learning import actors, span_filter
from engine.learning.figures import f1
from engine.learning.model import CRF, FILTER, RULES, SCORER
from engine.learning.passages import Passage
from engine.nlp.rules.all import RULE_TYPES

ENOUGH = 60
"""With fewer examples inner figures are noise, and rules are kept."""
NORM_ADVANTAGE = 0.05
"""Norms are the rules' strength: learning must beat them by so much to speak for one."""
ENOUGH_WHERE_IT_PAYS = 20
"""Fewer will do where learning is known to pay."""
PAYING = ("ACTOR", "CONDITION", "REFERENCE")
"""Types for which learning beat the rules on acts nobody had read."""
AGREEMENT = 0.55
"""Rules that agree with the teacher from this F1 on keep their type."""
PASSED_OVER, HARDLY_SHOWN = 5, 3
"""So many rule findings of a type nobody marked mean that it is not wanted; so few mean nothing."""
NORMS = ("OBLIGATION", "RIGHT", "COMPETENCE", "PROHIBITION", "SANCTION", "CHANGE")


@dataclass(frozen=True, slots=True)
class Choice:
    """The source chosen, the inner F1 of every source tried, and the threshold of a scorer."""

    source: str
    inner: dict[str, float]
    threshold: float = 0.5


def marked_types(passages: Sequence[Passage]) -> list[str]:
    """The rules' types the teacher marks or may mark.

    A type he never marked is his too while the passages hardly show it; but a teacher who passes over a type
    the rules find again and again marks what he marks and no more.
    """
    marked = {span.type for passage in passages for span in passage.gold}
    hits = Counter(span.type for passage in passages for span in passage.rules)
    if any(kind not in marked and hits[kind] >= PASSED_OVER for kind in RULE_TYPES):
        return [kind for kind in RULE_TYPES if kind in marked]
    return [kind for kind in RULE_TYPES if kind in marked or hits[kind] < HARDLY_SHOWN]


def to_learn(passages: Sequence[Passage]) -> list[str]:
    """The types for which learning is tried, sorted; at least one where anything is marked."""
    counts = Counter(span.type for passage in passages for span in passage.gold)
    learned = [kind for kind in sorted(counts) if learnable(kind, passages)]
    return learned or sorted(counts, key=lambda kind: (-counts[kind], kind))[:1]


def learnable(kind: str, passages: Sequence[Passage]) -> bool:
    """Whether learning may pay: the rules do not know the type, or it has examples enough and is either
    one where learning is known to pay or one where the teacher and the rules disagree."""
    if kind not in RULE_TYPES:
        return True
    gold = [p.gold_of(kind) for p in passages]
    count = sum(map(len, gold))
    if kind in PAYING:
        return count >= ENOUGH_WHERE_IT_PAYS
    return count >= ENOUGH and f1(gold, [p.rules_of(kind) for p in passages]) < AGREEMENT


def choose(
    kind: str,
    passages: Sequence[Passage],
    parts: Sequence[Sequence[int]],
    proposed: Sequence[list[Span]],
    seed: int,
) -> Choice:
    """Compare a type's sources; `proposed` are spans of models that did not see their passage."""
    gold = [p.gold_of(kind) for p in passages]
    inner = {CRF: f1(gold, proposed)}
    if kind not in RULE_TYPES:
        return Choice(CRF, inner)
    inner[RULES] = f1(gold, [p.rules_of(kind) for p in passages])
    name = SCORER if kind == actors.KIND else FILTER
    threshold, inner[name] = _tuned(kind, passages, parts, proposed, gold, seed)
    weighed = dict(inner)
    weighed[RULES] += NORM_ADVANTAGE if kind in NORMS else 0.0
    return Choice(max(sorted(weighed), key=lambda source: weighed[source]), inner, threshold)


def _tuned(
    kind: str,
    passages: Sequence[Passage],
    parts: Sequence[Sequence[int]],
    proposed: Sequence[list[Span]],
    gold: Sequence[list[Span]],
    seed: int,
) -> tuple[float, float]:
    """The scorer's best threshold on unseen passages and its F1 there."""
    by_threshold: dict[float, list[list[Span]]] = {}
    for part in parts:
        inside = set(part)
        rest = [i for i in range(len(passages)) if i not in inside]
        for threshold, spans in _predict(kind, passages, proposed, rest, part, seed).items():
            rows = by_threshold.setdefault(threshold, [[] for _ in passages])
            for index, found in zip(part, spans, strict=True):
                rows[index] = found
    scores = {threshold: f1(gold, rows) for threshold, rows in by_threshold.items()}
    best = max(sorted(scores), key=lambda t: scores[t])
    return best, scores[best]


def _predict(
    kind: str,
    passages: Sequence[Passage],
    proposed: Sequence[list[Span]],
    rest: Sequence[int],
    part: Sequence[int],
    seed: int,
) -> dict[float, list[list[Span]]]:
    held_out = [passages[i] for i in part]
    if kind == actors.KIND:
        model = actors.fit_actors([passages[i] for i in rest], 0.0, seed)
        scored = [model.score(p.document, p.rules) for p in held_out]
        return {t: [actors.choose(s, t) for s in scored] for t in actors.THRESHOLDS}
    linear = span_filter.fit_filter(
        [passages[i] for i in rest], [proposed[i] for i in rest], kind, 0.0
    ).linear
    weighed = [
        span_filter.weigh(linear, passages[i].document, passages[i].rules, proposed[i], kind) for i in part
    ]
    return {t: [span_filter.keep(w, t) for w in weighed] for t in span_filter.THRESHOLDS}
