"""What was chosen for the last run and is offered again: money limit, answers in batches, calls at once."""

from dataclasses import asdict, dataclass, replace

from services.config import settings
from services.db import SessionLocal
from services.db.models import Preference

_KEY = "extraction_choices"


@dataclass(frozen=True)
class Choices:
    """`budget_usd`: a run stops once it has spent so much, None without a limit; `batch`: half the price,
    answers within a day; `concurrency`: model calls at once, None: as the settings say."""

    budget_usd: float | None = None
    batch: bool = False
    concurrency: int | None = None


def remembered() -> Choices:
    """What was chosen last on this installation."""
    with SessionLocal.reading() as session:
        row = session.get(Preference, _KEY)
        kept = dict(row.value) if row else {}
    budget, at_once = kept.get("budget_usd"), kept.get("concurrency")
    return Choices(
        None if budget is None else float(budget),
        bool(kept.get("batch")),
        int(at_once or settings.EXTRACTION_CONCURRENCY),
    )


def remember(choices: Choices) -> None:
    """Keep the choices for the next run; a concurrency like that of the settings goes on following them."""
    if choices.concurrency == int(settings.EXTRACTION_CONCURRENCY):
        choices = replace(choices, concurrency=None)
    with SessionLocal.begin() as session:
        session.merge(Preference(key=_KEY, value=asdict(choices)))
