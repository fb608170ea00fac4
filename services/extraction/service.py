"""Starting extractions: what a run will take, before it starts, and the press that starts it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from services.config import settings
from services.datasets import tokens
from services.db import SessionLocal
from services.db.models import ActText, LegalAct, ModelCall
from services.errors import NotFoundError
from services.extraction import chunking, failures, prompt, store
from services.extraction import plan as plans
from services.extraction.errors import NoModelError, NothingToExtractError
from services.jobs import service as jobs
from services.jobs.service import Submitted
from services.jobs.views import JobView
from services.llm import provider as providers
from services.llm.prices import price

failed_passages = failures.of_job
count_failed_passages = failures.count_of_job
time_left = failures.time_left
unanswered = failures.unanswered

_COUNTED_EXACTLY = 400_000
_TOKENS_A_CHARACTER = 0.33
_REPLY_SHARE = (0.3, 1.2)
_ENGINE_CHARACTERS_A_SECOND = 10_000
_REMOTE_SECONDS_A_CALL = 4.0


@dataclass(frozen=True)
class Estimate:
    """What a run takes. Money in micro-USD, from least to most; None where the price is unknown.

    `stored` passages are known already and cost nothing; `exact` is False where a large selection was
    reckoned from its length. `seconds` is a rough guess. `embedded`: no text leaves this computer.
    """

    acts: int
    passages: int
    stored: int
    tokens: int
    cost_micro: tuple[int, int] | None
    seconds: float
    model: str
    host: str
    embedded: bool
    exact: bool


def model_in_use() -> str:
    """The model "Extract" uses: the active one of the registry. Raises NoModelError."""
    from services.fine_tuning import registry

    active = registry.active()
    if active is None or not active.name:
        raise NoModelError
    return str(active.name)


def estimate(
    act_ids: Sequence[int] | None,
    model: str | None = None,
    *,
    batch: bool = False,
    concurrency: int | None = None,
) -> Estimate:
    """What extracting takes, at once or as a `batch`. Raises NothingToExtractError, NoModelError.

    `act_ids` None: every act that no model has gone through.
    """
    model, info = model or model_in_use(), providers.current()
    number, characters = plans.size(act_ids)
    if not number:
        raise NothingToExtractError
    exact = characters <= _COUNTED_EXACTLY
    passages, known, counted = _count(plans.named(act_ids), model, info) if exact else _reckon(characters)
    asked = max(0, passages - known)
    return Estimate(
        acts=number,
        passages=passages,
        stored=known,
        tokens=counted,
        cost_micro=_cost(model, counted, batch),
        seconds=_seconds(characters * asked / max(1, passages), asked, info.embedded, concurrency),
        model=model,
        host=info.host,
        embedded=info.embedded,
        exact=exact,
    )


def start(
    act_ids: Sequence[int] | None,
    model: str | None = None,
    *,
    concurrency: int | None = None,
    budget_usd: float | None = None,
    again: bool = False,
    batch: bool = False,
) -> Submitted:
    """Queue an extraction; the same selection and model twice is one job. Raises as `estimate`.

    `batch` hands the passages to the provider's batch service: half the price, answers within a day.
    `again` asks anew where a stored answer could not be used.
    """
    model = model or model_in_use()
    chosen = sorted(plans.lengths(plans.named(act_ids)))
    if not chosen:
        raise NothingToExtractError
    digest = hashlib.sha256(repr((chosen, model)).encode()).hexdigest()[:32]
    payload = {
        "acts": len(chosen),
        "act_id": chosen[0] if len(chosen) == 1 else None,
        "model": model,
        "concurrency": concurrency,
        "budget_micro": None if budget_usd is None else round(budget_usd * 1_000_000),
        "again": again,
        "batch": batch,
    }
    return jobs.submit("extraction", payload, dedupe_key=f"extraction:{digest}", bulk={"act_ids": chosen})


def concerns(job: JobView, act_id: int) -> bool:
    """Is the act one of those that the job goes through?"""
    only = job.payload.get("act_id")
    return bool(only == act_id) if only else _selected(job.id, act_id)


@lru_cache(maxsize=256)
def _selected(job_id: str, act_id: int) -> bool:
    """Asked once a second while a job runs, and the same for as long as it is there."""
    return act_id in jobs.payload(job_id).get("act_ids", ())


def retry(job_id: str) -> Submitted:
    """Queue a job over those acts of an ended one that have passages without a usable answer.

    Only these passages are asked about: the other answers are stored. Acts that the job did not reach
    are taken in. Raises NotFoundError, NothingToExtractError.
    """
    job = jobs.get(job_id)
    if job is None:
        raise NotFoundError(what="job", key=job_id)
    budget = job.payload.get("budget_micro")
    return start(
        failures.acts_of_job(job_id, jobs.payload(job_id)["act_ids"]),
        job.payload["model"],
        concurrency=job.payload.get("concurrency"),
        budget_usd=None if budget is None else budget / 1_000_000,
        again=True,
        batch=bool(job.payload.get("batch")),
    )


def _count(act_ids: Sequence[int], model: str, info: providers.ProviderInfo) -> tuple[int, int, int]:
    with SessionLocal.reading() as session:
        there = sa.select(ActText.text).join(LegalAct).where(LegalAct.deleted_at.is_(None))
        texts = list(session.scalars(there.where(ActText.act_id.in_(act_ids))))
    passages = [p for text in texts for p in chunking.split(text, plans.MAX_TOKENS)]
    keys = [store.key_of(p, model, info) for p in passages]
    known = store.stored(keys)
    new = [p for p, key in zip(passages, keys, strict=True) if key not in known]
    return (
        len(passages),
        len(passages) - len(new),
        sum(tokens.count_messages(prompt.messages(p)) for p in new),
    )


def _reckon(characters: int) -> tuple[int, int, int]:
    passages = plans.expected_passages(characters)
    frame = tokens.count_messages(prompt.messages(chunking.Passage(0, 0, "")))
    return passages, 0, round(characters * _TOKENS_A_CHARACTER) + passages * frame


def _cost(model: str, counted: int, batch: bool) -> tuple[int, int] | None:
    known = price(model, batch=batch)
    if known is None:
        return None
    least, most = (counted * known.input + counted * share * known.output for share in _REPLY_SHARE)
    return round(least), round(most)


def _seconds(characters: float, calls: int, embedded: bool, concurrency: int | None) -> float:
    """Seen speed where this model was used before, else a cautious guess."""
    if embedded:
        return characters / _ENGINE_CHARACTERS_A_SECOND + 1
    with SessionLocal.reading() as session:
        seen = session.scalar(
            sa.select(sa.func.avg(ModelCall.latency_ms)).where(
                ModelCall.state == "done", ModelCall.purpose == "extraction"
            )
        )
    each = float(seen) / 1000 if seen else _REMOTE_SECONDS_A_CALL
    return calls * each / max(1, concurrency or int(settings.EXTRACTION_CONCURRENCY)) + 1
