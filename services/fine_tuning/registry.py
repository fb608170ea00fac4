"""The registry of models: which there are, which one "Extract" uses, and the way back.

Every provider has its own active model, so that switching the provider in Setup and back again
finds the model that was in use there.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.db import SessionLocal
from services.db.models import FineTuningJob, ModelVersion
from services.db.types import now
from services.errors import NotFoundError
from services.fine_tuning.targets import Target
from services.fine_tuning.views import ModelView
from services.llm import prices
from services.llm import provider as providers


def models(target: Target | None = None) -> list[ModelView]:
    """The provider's models: the base model, then the fine-tuned ones, newest first."""
    target = target or providers.current()
    base(target)
    query = sa.select(ModelVersion).where(ModelVersion.provider_url == target.url)
    with SessionLocal.reading() as session:
        found = [view(row) for row in session.scalars(query.order_by(ModelVersion.id.desc()))]
    return sorted(found, key=lambda model: model.tuned)


def active(target: Target | None = None) -> ModelView:
    """The model "Extract" uses at the provider of the settings: the one made active, else its base model."""
    target = target or providers.current()
    with SessionLocal.reading() as session:
        row = session.scalars(_mine(target).where(ModelVersion.is_active)).first()
    return view(row) if row else base(target)


def base(target: Target | None = None) -> ModelView:
    """The provider's base model, entered into the registry when first asked for.

    A provider without a chosen model has none yet: the view's name is then empty and its id 0.
    """
    target = target or providers.current()
    name = target.default_model
    if not name:
        return ModelView(0, "", "", "base", "", target.url, None, None, None, False, None, None, now())
    with SessionLocal.reading() as session:
        row = session.scalars(_mine(target).where(ModelVersion.name == name)).first()
    return view(row) if row else _enter(name, target)


def newest_tuned(target: Target | None = None) -> ModelView | None:
    """The provider's newest fine-tuned model, if it has one."""
    query = _mine(target or providers.current()).where(ModelVersion.kind == "tuned")
    with SessionLocal.reading() as session:
        row = session.scalars(query.order_by(ModelVersion.id.desc())).first()
    return view(row) if row else None


def labels() -> dict[str, str]:
    """Short names of the models of all providers by their names there: «ft:gpt-4.1-mini:…» → «Norma v1»."""
    with SessionLocal.reading() as session:
        rows = session.execute(sa.select(ModelVersion.name, ModelVersion.label))
        return {row.name: row.label for row in rows}


def get(model_id: int) -> ModelView:
    """One entry. Raises NotFoundError."""
    with SessionLocal.reading() as session:
        return view(_load(session, model_id))


def activate(model_id: int) -> ModelView:
    """Make a model the one "Extract" uses at its provider. Raises NotFoundError."""
    with SessionLocal.begin() as session:
        chosen = _load(session, model_id)
        for row in session.scalars(sa.select(ModelVersion).where(ModelVersion.is_active)):
            if row.provider_url == chosen.provider_url:
                row.is_active = False
        chosen.is_active, chosen.activated_at = True, now()
        return view(chosen)


def previous(target: Target | None = None) -> ModelView | None:
    """The model that was active before the present one (`activate` brings it back); None at the beginning.

    Where nothing was active before, that is the base model.
    """
    target = target or providers.current()
    present = active(target)
    before = _mine(target).where(ModelVersion.activated_at.is_not(None), ModelVersion.id != present.id)
    with SessionLocal.reading() as session:
        row = session.scalars(before.order_by(ModelVersion.activated_at.desc())).first()
    if row is not None:
        return view(row)
    first = base(target)
    return None if first.id == present.id else first


def register(session: Session, job: FineTuningJob, name: str) -> ModelVersion:
    """Enter a finished job's model, once; labels count «Norma v1», «Norma v2» over all providers."""
    query = sa.select(ModelVersion)
    known = session.scalars(
        query.where(ModelVersion.name == name, ModelVersion.provider_url == job.provider_url)
    ).first()
    if known is not None:
        return known
    tuned = session.scalar(sa.select(sa.func.count()).where(ModelVersion.kind == "tuned")) or 0
    price = prices.price(name)
    row = ModelVersion(
        name=name,
        label=f"Norma v{tuned + 1}",
        kind="tuned",
        base_model=job.base_model,
        provider_url=job.provider_url,
        fine_tuning_job_id=job.id,
        dataset_id=job.dataset_id,
        shutdown_date=price.shutdown if price else None,
    )
    session.add(row)
    session.flush()
    return row


def rate(name: str, provider_url: str, f1: float | None, dataset_id: int) -> None:
    """Note a model's F1 on the test acts of a dataset; the newest evaluation counts.

    A fine-tuned model is rated on the dataset it was trained with: figures of others are not comparable.
    """
    mine = (ModelVersion.name == name, ModelVersion.provider_url == provider_url)
    own = sa.or_(ModelVersion.dataset_id.is_(None), ModelVersion.dataset_id == dataset_id)
    with SessionLocal.begin() as session:
        session.execute(sa.update(ModelVersion).where(*mine, own).values(f1=f1))


def view(row: ModelVersion) -> ModelView:
    """A row as pages see it."""
    return ModelView(**{name: getattr(row, name) for name in ModelView.__dataclass_fields__})


def _mine(target: Target) -> sa.Select[ModelVersion]:
    return sa.select(ModelVersion).where(ModelVersion.provider_url == target.url)


def _load(session: Session, model_id: int) -> ModelVersion:
    row = session.get(ModelVersion, model_id)
    if row is None:
        raise NotFoundError(what="model", key=model_id)
    return row


def _enter(name: str, target: Target) -> ModelView:
    price = prices.price(name)
    try:
        with SessionLocal.begin() as session:
            row = ModelVersion(
                name=name,
                label=name,
                kind="base",
                base_model=name,
                provider_url=target.url,
                shutdown_date=price.shutdown if price else None,
            )
            session.add(row)
            session.flush()
            return view(row)
    except sa.exc.IntegrityError:
        with SessionLocal.reading() as session:
            return view(session.scalars(_mine(target).where(ModelVersion.name == name)).one())
