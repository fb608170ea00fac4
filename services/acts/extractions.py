"""What the last extraction did to an act."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from services.db import SessionLocal
from services.db.models import Extraction


@dataclass(frozen=True)
class LastExtraction:
    """One model's newest finished pass over an act. `changes` counts elements: added, kept, confirmed
    (a person's, untouched), rejected, reviewed, stale, not_found; passages are counted, failed ones too,
    and by what became of them in `outcomes` (`ok`, `malformed`, `quotes_not_found`, an error's code …).
    """

    model: str
    status: str
    passages: int
    failed: int
    changes: dict[str, int]
    finished_at: datetime | None
    outcomes: dict[str, int] = field(default_factory=dict)


def outcomes(act_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """What became of the passages in the newest finished extraction of each act that has one."""
    statement = (
        sa.select(Extraction.act_id, Extraction.outcomes)
        .where(Extraction.act_id.in_(act_ids), Extraction.finished_at.is_not(None))
        .order_by(Extraction.id)
    )
    with SessionLocal.reading() as session:
        return {act_id: dict(found) for act_id, found in session.execute(statement)}


def last(act_id: int) -> LastExtraction | None:
    """The newest extraction of an act that came to an end, or None."""
    statement = (
        sa.select(Extraction)
        .where(Extraction.act_id == act_id, Extraction.finished_at.is_not(None))
        .order_by(Extraction.id.desc())
        .limit(1)
    )
    with SessionLocal.reading() as session:
        row = session.scalar(statement)
    if row is None:
        return None
    totals = (row.passages_total, row.passages_failed)
    return LastExtraction(
        row.model, row.status, *totals, dict(row.changes), row.finished_at, dict(row.outcomes)
    )
