"""The W&B run of an evaluation: F1 of each model, and a table of figures by type."""

from collections.abc import Mapping
from typing import Any

from services.datasets import service as datasets
from services.evaluation import results
from services.tracking import runs

_COLUMNS = ("model", "match", "type", "found", "gold", "predicted", "precision", "recall", "f1")
_CLOSING_SECONDS = 5.0


def tell(job_id: str, dataset_id: int, found: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
    """Tell a finished evaluation as a run of its own, in the group of its dataset; does nothing when off.

    `found`: figures by model as `results.of_model` gave them; `facts`: passages, acts, left out, verdicts.
    """
    dataset = datasets.get(dataset_id)
    run = runs.open_run(
        job_id,
        name=f"evaluation on {dataset.name} v{dataset.number}",
        config={"models": list(found), "dataset": dataset.content_hash, **facts},
        tags=["norma", "evaluation"],
        group=f"dataset {dataset.content_hash[:12]}",
        job_type="evaluation",
    )
    run.summary(_summary(found))
    run.table("figures", _COLUMNS, _rows(found))
    run.finish("succeeded", wait=_CLOSING_SECONDS)


def _summary(found: Mapping[str, Any]) -> dict[str, float | None]:
    return {
        f"f1/{rule}/{model}": results.counts_of(figures, rule).f1
        for model, figures in found.items()
        for rule in results.RULES
    }


def _rows(found: Mapping[str, Any]) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for model, figures in found.items():
        for rule in results.RULES:
            for code, c in results.by_type(figures, rule).items():
                figures_of_type = [c.found, c.gold, c.predicted, c.precision, c.recall, c.f1]
                rows.append([model, rule, code, *figures_of_type])
    return rows
