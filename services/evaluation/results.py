"""From models' answers to figures: by type and in all, exact and by overlap, with intervals and a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from services.evaluation import metrics, statistics
from services.evaluation.matching import MatchRule, Span
from services.evaluation.metrics import Counts
from services.evaluation.passages import TestPassage
from services.evaluation.statistics import Interval
from services.evaluation.views import MatchScores, ModelScores, VerdictView
from services.extraction.alignment import locate
from services.extraction.store import PassageAnswer

RULES: tuple[MatchRule, ...] = ("exact", "iou")
_NOWHERE = -1


@dataclass(frozen=True)
class Placed:
    """A model's answer as spans; an element whose quote is not in the text has one that matches nothing."""

    spans: tuple[Span, ...]
    unplaced: int


def place(passage: TestPassage, answer: PassageAnswer) -> Placed:
    """Where the answer's quotes stand in the passage."""
    matches = locate([element.quote for element in answer.elements], passage.text)
    spans: list[Span] = []
    unplaced = 0
    for element, match in zip(answer.elements, matches, strict=True):
        if match is None:
            unplaced += 1
            spans.append((element.type, _NOWHERE - unplaced, _NOWHERE - unplaced))
        else:
            spans.append((element.type, match.start, match.end))
    return Placed(tuple(spans), unplaced)


def of_model(passages: Sequence[TestPassage], answers: Sequence[PassageAnswer]) -> dict[str, Any]:
    """One model's figures as stored; `passages` and `answers` in one order."""
    placed = [place(passage, answer) for passage, answer in zip(passages, answers, strict=True)]
    costs = [answer.cost_micro for answer in answers]
    return {
        **{rule: _under(rule, passages, placed) for rule in RULES},
        "failed": sum(answer.outcome != "ok" for answer in answers),
        "unplaced": sum(found.unplaced for found in placed),
        "latency_ms": round(median(answer.latency_ms for answer in answers)),
        "cost_micro": None if None in costs else sum(cost or 0 for cost in costs),
    }


def _under(rule: MatchRule, passages: Sequence[TestPassage], placed: Sequence[Placed]) -> dict[str, Any]:
    scores = metrics.score([list(p.gold) for p in passages], [list(p.spans) for p in placed], rule)
    acts = _by_act(rule, passages, placed)
    interval = statistics.f1_interval(list(acts.values()))
    return {
        "micro": _stored(scores.micro),
        "by_type": {code: _stored(counts) for code, counts in scores.by_type.items()},
        "acts": {act: _stored(counts) for act, counts in acts.items()},
        "interval": [interval.low, interval.high] if interval else None,
    }


def _by_act(rule: MatchRule, passages: Sequence[TestPassage], placed: Sequence[Placed]) -> dict[str, Counts]:
    acts: dict[str, Counts] = {}
    for passage, found in zip(passages, placed, strict=True):
        counts = metrics.score([list(passage.gold)], [list(found.spans)], rule).micro
        acts[passage.act_label] = acts.get(passage.act_label, Counts()) + counts
    return dict(sorted(acts.items()))


def verdict(first: Mapping[str, Any], second: Mapping[str, Any], rule: MatchRule) -> dict[str, Any]:
    """Is the second model better? Both as `of_model` gave them; resampled by act."""
    one, two = ([_counts(c) for c in model[rule]["acts"].values()] for model in (first, second))
    found = statistics.verdict(one, two)
    difference = found.difference
    return {
        "code": found.code,
        "acts": found.acts,
        "more_acts": found.more_acts,
        "difference": difference.value if difference else None,
        "interval": [difference.interval.low, difference.interval.high] if difference else None,
    }


def scores_view(name: str, label: str, kind: str, stored: Mapping[str, Any]) -> ModelScores:
    """Stored figures as pages see them."""
    return ModelScores(
        name=name,
        label=label,
        kind=kind,
        exact=_match_view(stored["exact"]),
        iou=_match_view(stored["iou"]),
        failed=stored["failed"],
        unplaced=stored["unplaced"],
        latency_ms=stored["latency_ms"],
        cost_micro=stored["cost_micro"],
    )


def verdict_view(
    stored: Mapping[str, Any], first: ModelScores, second: ModelScores, rule: str
) -> VerdictView:
    """A stored verdict as pages see it."""
    return VerdictView(
        code=stored["code"],
        first=first.name,
        second=second.name,
        first_f1=first.under(rule).micro.f1,
        second_f1=second.under(rule).micro.f1,
        difference=stored["difference"],
        interval=_interval(stored["interval"]),
        acts=stored["acts"],
        more_acts=stored["more_acts"],
    )


def counts_of(stored: Mapping[str, Any], rule: MatchRule) -> Counts:
    """A model's counts over all types."""
    return _counts(stored[rule]["micro"])


def by_type(stored: Mapping[str, Any], rule: MatchRule) -> dict[str, Counts]:
    """A model's counts by type."""
    return {code: _counts(counts) for code, counts in stored[rule]["by_type"].items()}


def _match_view(stored: Mapping[str, Any]) -> MatchScores:
    types = {code: _counts(counts) for code, counts in stored["by_type"].items()}
    return MatchScores(_counts(stored["micro"]), types, _interval(stored["interval"]))


def _interval(stored: Sequence[float] | None) -> Interval | None:
    return Interval(*stored) if stored else None


def _stored(counts: Counts) -> list[int]:
    return [counts.found, counts.gold, counts.predicted]


def _counts(stored: Sequence[int]) -> Counts:
    return Counts(*stored)
