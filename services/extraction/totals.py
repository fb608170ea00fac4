"""What a job has done so far, read from what is stored: earlier attempts count too."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from services.db import SessionLocal
from services.db.models import Extraction, ModelCall

USABLE = ("ok", "quotes_not_found")
_OVER = ("completed", "failed")
_ROWS_AT_ONCE = 1000


def of_job(job_id: str) -> dict[str, Any]:
    """Sums over a job's extractions.

    `reused` passages were answered without a call of this job; `failed` ones have no answer, `unusable`
    ones an answer that could not be used (`outcomes` names both); `repeated` calls were cut off before, or
    had no answer in time. `doubtful_micro` is what such calls may have cost, a part of what was spent.
    """
    acts = passages = failed = 0
    changes: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    columns = (Extraction.passages_total, Extraction.passages_failed, Extraction.changes, Extraction.outcomes)
    over = Extraction.status.in_(_OVER)
    with SessionLocal.reading() as session:
        query = sa.select(*columns).where(Extraction.job_id == job_id, over)
        for row in session.execute(query.execution_options(yield_per=_ROWS_AT_ONCE)):
            acts, passages, failed = acts + 1, passages + row[0], failed + row[1]
            changes.update(row[2])
            outcomes.update(row[3])
        asked = _count(session, sa.distinct(ModelCall.key), job_id, ModelCall.state == "done")
        repeated = _count(session, ModelCall.id, job_id, ModelCall.repeated)
        doubtful = sa.select(sa.func.coalesce(sa.func.sum(ModelCall.cost_micro), 0)).where(
            ModelCall.job_id == job_id, ModelCall.state == "failed"
        )
        doubtful_micro = int(session.scalar(doubtful) or 0)
    return {
        "acts": acts,
        "passages": passages,
        "failed": failed,
        "unusable": passages - failed - sum(outcomes[name] for name in USABLE),
        "reused": max(0, passages - failed - asked),
        "changes": dict(changes),
        "outcomes": dict(outcomes),
        "repeated": repeated,
        "doubtful_micro": doubtful_micro,
    }


def passages(job_id: str) -> int:
    """How many passages stand in the acts that the job has brought to an end."""
    with SessionLocal.reading() as session:
        query = sa.select(sa.func.coalesce(sa.func.sum(Extraction.passages_total), 0))
        return int(session.scalar(query.where(Extraction.job_id == job_id)) or 0)


def acts_done(job_ids: Sequence[str], act_id: int | None = None) -> int:
    """How many acts the jobs have brought to an end; with `act_id`, of that act alone."""
    query = sa.select(sa.func.count()).select_from(Extraction).where(Extraction.job_id.in_(job_ids))
    if act_id is not None:
        query = query.where(Extraction.act_id == act_id)
    with SessionLocal.reading() as session:
        return int(session.scalar(query.where(Extraction.status.in_(_OVER))) or 0)


def spent(job_id: str) -> int:
    """What the job's calls cost, in micro-USD."""
    with SessionLocal.reading() as session:
        query = sa.select(sa.func.coalesce(sa.func.sum(ModelCall.cost_micro), 0))
        return int(session.scalar(query.where(ModelCall.job_id == job_id)) or 0)


def _count(session: Any, what: Any, job_id: str, condition: Any) -> int:
    query = sa.select(sa.func.count(what)).where(ModelCall.job_id == job_id, condition)
    return int(session.scalar(query) or 0)
