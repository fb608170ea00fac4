"""What was chosen for the last run and is offered again: the money limit, and answers in batches."""

from dataclasses import asdict, dataclass

from services.db import SessionLocal
from services.db.models import Preference

_KEY = "extraction_choices"


@dataclass(frozen=True)
class Choices:
    """`budget_usd`: a run stops once it has spent so much, None without a limit; `batch`: half the price,
    answers within a day."""

    budget_usd: float | None = None
    batch: bool = False


def remembered() -> Choices:
    """What was chosen last on this installation."""
    with SessionLocal.reading() as session:
        row = session.get(Preference, _KEY)
        kept = dict(row.value) if row else {}
    budget = kept.get("budget_usd")
    return Choices(None if budget is None else float(budget), bool(kept.get("batch")))


def remember(choices: Choices) -> None:
    """Keep the choices for the next run."""
    with SessionLocal.begin() as session:
        session.merge(Preference(key=_KEY, value=asdict(choices)))
