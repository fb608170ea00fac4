"""The Weave evaluation of each model measured: every test passage with the answer and its scores."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from services.datasets import service as datasets
from services.evaluation import metrics, results
from services.evaluation.passages import TestPassage
from services.extraction import prompt
from services.extraction.store import PassageAnswer
from services.tracking.weave_service import EvaluationRecord, EvaluationRow, weave

_log = logging.getLogger(__name__)


def tell(
    evaluation_id: int,
    dataset_id: int,
    asked: Sequence[TestPassage],
    answers: Mapping[str, Sequence[PassageAnswer]],
    found: Mapping[str, Any],
) -> None:
    """Put one evaluation a model into the outbox; `answers` and `found` (`results.of_model`) by model.

    Never raises and waits for no server: an evaluation must not fail because of its trace.
    """
    try:
        dataset = datasets.get(dataset_id)
        for model, given in answers.items():
            weave.record_evaluation(
                EvaluationRecord(
                    name=f"evaluation {evaluation_id} of {model}",
                    model=model,
                    dataset=f"dataset-{dataset.content_hash[:12]}",
                    rows=[_row(*one) for one in zip(range(len(asked)), asked, given, strict=True)],
                    summary=_summary(found[model]),
                    attributes={"evaluation_id": evaluation_id, "dataset_id": dataset_id},
                )
            )
    except Exception as problem:  # noqa: BLE001 (the figures are stored already)
        _log.warning("evaluation not traced: %s", type(problem).__name__)


def _row(position: int, passage: TestPassage, answer: PassageAnswer) -> EvaluationRow:
    placed = results.place(passage, answer)
    scores: dict[str, float | bool] = {"answered": answer.outcome == "ok"}
    for rule in results.RULES:
        f1 = metrics.score([list(passage.gold)], [list(placed.spans)], rule).micro.f1
        scores[f"f1_{rule}"] = 1.0 if f1 is None else f1  # nothing to find, and nothing was found
    return EvaluationRow(
        example=f"act {passage.act_id}, passage {position + 1}",
        text=passage.text,
        reply=prompt.reply(element.as_dict() for element in answer.elements),
        scores=scores,
    )


def _summary(figures: Mapping[str, Any]) -> dict[str, float]:
    """Precision, recall and F1 over all types, those that are defined."""
    known = {
        f"{rule}/{name}": getattr(results.counts_of(figures, rule), name)
        for rule in results.RULES
        for name in ("precision", "recall", "f1")
    }
    return {name: value for name, value in known.items() if value is not None}
