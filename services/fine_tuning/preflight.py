"""What is checked before a job may start, each finding a code with its figures."""

import time
from datetime import date, datetime, timedelta

from services.datasets import service as datasets
from services.datasets.checks import Check
from services.datasets.views import DatasetView
from services.db.types import now
from services.errors import NotFoundError
from services.fine_tuning import eligibility, estimate, records
from services.fine_tuning.targets import Target, for_model
from services.fine_tuning.views import Preflight
from services.llm import models as provider_models
from services.llm import provider as providers
from services.llm.errors import LlmError

# A model that is shut down within so many days is hardly worth training.
_SOON = timedelta(days=180)
# A provider that is away or hangs must not hold up every click on the page: what was heard of it counts for
# five seconds, and for three times as long as the answer took.
_ASKED_EVERY, _REST = 5.0, 3.0
_heard: dict[tuple[Target, str], tuple[float, tuple[str, ...] | str]] = {}


def run(dataset_id: int | None, base_model: str, epochs: int | None = None) -> Preflight:
    """Every check of a launch, in the order shown; asks the provider whether it is there."""
    dataset = _dataset(dataset_id)
    if dataset is None:
        return Preflight((Check("dataset_frozen", "block"),), None)
    target = for_model(base_model)
    price = estimate.make(dataset, base_model, epochs)
    items = [
        _frozen(dataset),
        *_of_dataset(dataset),
        _model(target, base_model, now()),
        _reachable(target, base_model),
        _price(price),
        *_repeated(dataset, base_model),
    ]
    return Preflight(tuple(items), price)


def _dataset(dataset_id: int | None) -> DatasetView | None:
    if dataset_id is None:
        return None
    try:
        found = datasets.get(dataset_id)
    except NotFoundError:
        return None
    return None if found.deleted_at else found


def _frozen(dataset: DatasetView) -> Check:
    passages = {name: counts.passages for name, counts in dataset.splits.items()}
    facts = {"name": dataset.name, "number": dataset.number, "acts": dataset.acts}
    return Check("dataset_frozen", "pass", {**facts, **passages})


def _of_dataset(dataset: DatasetView) -> list[Check]:
    """The dataset's own findings: these always, the rest only where something is wrong."""
    always = ("examples", "split_disjoint", "types_covered")
    first = [check for code in always if (check := dataset.check(code))]
    rest = [check for check in dataset.checks if check.code not in always and check.level != "pass"]
    return first + rest


def _model(target: Target, model: str, at: datetime) -> Check:
    known = eligibility.of(target, model, at.date())
    data = {
        "model": model,
        "embedded": target.embedded,
        "reason": known.reason,
        "shutdown": _iso(known.shutdown),
        "closes": _iso(known.closes),
        "closed_to_new_since": _iso(known.closed_to_new_since),
        "as_of": known.as_of.isoformat(),
        "source": known.source,
    }
    if known.tunable is False or not model:
        return Check("model_tunable", "block", data)
    ends = [day for day in (known.shutdown, known.closes) if day]
    if known.tunable is None or (ends and min(ends) - at.date() < _SOON):
        return Check("model_tunable", "remark", data)
    return Check("model_tunable", "pass", data)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _reachable(target: Target, model: str) -> Check:
    data = {"host": target.host, "embedded": target.embedded}
    known = _known_models(target)
    if isinstance(known, str):
        return Check("provider_reachable", "block", {**data, "error": known})
    missing = bool(known) and model not in known
    return Check("provider_reachable", "remark" if missing else "pass", {**data, "model_listed": not missing})


def _known_models(target: Target) -> tuple[str, ...] | str:
    """The provider's models, or the code of the reason why it cannot be asked."""
    try:
        where = target, providers.address(target)
    except LlmError as problem:
        return problem.code
    until, known = _heard.get(where, (0.0, ()))
    if time.monotonic() >= until:
        asked = time.monotonic()
        known = _listed(target)
        took = time.monotonic() - asked
        _heard[where] = time.monotonic() + max(_ASKED_EVERY, _REST * took), known
    return known


def _listed(target: Target) -> tuple[str, ...] | str:
    try:
        return tuple(provider_models.available(target))
    except LlmError as problem:
        return problem.code


def _price(price: estimate.Estimate) -> Check:
    data = {"low": price.low, "high": price.high, "free": price.free, "known": price.known}
    return Check("price_known", "pass" if price.known else "remark", data)


def _repeated(dataset: DatasetView, base_model: str) -> list[Check]:
    before = records.trained_on(dataset.id, base_model)
    return [Check("already_trained", "remark", {"label": before.label})] if before else []
