"""Counts of the overview: only what succeeded is a step done."""

from services.db import SessionLocal
from services.db.models import DatasetVersion, Evaluation
from services.db.types import now
from services.overview import service


def test_an_evaluation_that_failed_is_not_a_step_done(database: str) -> None:
    with SessionLocal.begin() as session:
        empty = {"checks": [], "counts": {}, "tokens": {}, "types": {}}
        session.add(DatasetVersion(id=1, name="Набір", number=1, seed=1, content_hash="x", **empty))
        for status in ("failed", "cancelled"):
            session.add(Evaluation(job_id=status, dataset_id=1, models=[], status=status, finished_at=now()))
    found = service.counts()
    assert (found.datasets, found.evaluations) == (1, 0)
    assert service.steps(found)[-1].state == "waiting"
