"""Which passages models are tested on: a dataset's test acts, less those that a model learned on."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from services.datasets import service as datasets
from services.datasets.views import RowView
from services.db import SessionLocal
from services.db.models import DatasetItem, ModelVersion
from services.evaluation.matching import Span


@dataclass(frozen=True)
class TestPassage:
    """A passage as a model is asked about it, its act, and the confirmed spans in it."""

    __test__ = False

    text: str
    context: str
    act_id: int | None
    act_label: str
    gold: tuple[Span, ...]


def of(dataset_id: int, models: Sequence[str]) -> tuple[list[TestPassage], int]:
    """The passages to test on, and how many are left out because a model was trained on their acts."""
    rows = datasets.all_rows(dataset_id, "test")
    acts, texts = _learned(dataset_id, models)
    kept = [row for row in rows if row.act_label not in acts and row.text not in texts]
    return [_passage(row) for row in kept], len(rows) - len(kept)


def _learned(dataset_id: int, models: Sequence[str]) -> tuple[set[str], set[str]]:
    """Acts and texts that the models saw in training, in datasets other than this one."""
    others = (
        sa.select(ModelVersion.dataset_id)
        .where(ModelVersion.name.in_(models), ModelVersion.dataset_id.is_not(None))
        .where(ModelVersion.dataset_id != dataset_id)
    )
    query = sa.select(DatasetItem.act_label, DatasetItem.text).where(
        DatasetItem.dataset_id.in_(others), DatasetItem.split != "test"
    )
    with SessionLocal.reading() as session:
        found = session.execute(query).all()
    return {label for label, _ in found if label}, {text for _, text in found}


def _passage(row: RowView) -> TestPassage:
    gold = tuple((e["type"], e["start"], e["end"]) for e in row.elements)
    return TestPassage(row.text, row.context, row.act_id, row.act_label, gold)
