"""Frozen versions of what people confirmed: built, listed, priced, downloaded, put away."""

import sqlalchemy as sa

from services.config import EMBEDDED_MODEL
from services.datasets import builder, epochs, rows, store
from services.datasets.errors import NoGoldError
from services.datasets.split import RATIOS, SPLITS
from services.datasets.views import (
    ActShare,
    DatasetView,
    ProviderPrice,
    RowPage,
    RowView,
    SplitCounts,
)
from services.db import SessionLocal
from services.db.models import DatasetItem, DatasetVersion, Element, GoldPassage, LegalAct
from services.db.types import now
from services.llm import prices as price_list
from services.review import gold

SEED = 7


def build(
    name: str, limit: int | None = None, seed: int = SEED, ratios: tuple[int, int, int] = RATIOS
) -> DatasetView:
    """Freeze a version of everything confirmed. If one with the same rows exists it is returned instead
    (`reused`), brought back where it had been deleted. Raises NoGoldError, BadRatiosError."""
    plan = _plan(limit, seed, ratios)
    return store.keep(plan, name, seed, limit)


def confirmed() -> tuple[int, int]:
    """Confirmed elements and acts with something confirmed: what a dataset could hold, counted fast."""
    mine = (LegalAct.deleted_at.is_(None),)
    elements = sa.select(Element.act_id).join(LegalAct).where(Element.status == "gold", *mine)
    passages = sa.select(GoldPassage.act_id).join(LegalAct).where(*mine)
    acts = elements.union(passages).subquery()
    with SessionLocal.reading() as session:
        count = session.scalar(sa.select(sa.func.count()).select_from(elements.subquery()))
        return int(count or 0), int(session.scalar(sa.select(sa.func.count()).select_from(acts)) or 0)


def list_versions(deleted: bool = False) -> list[DatasetView]:
    """Versions, newest first: the present ones, or the deleted ones."""
    gone = DatasetVersion.deleted_at.is_not(None) if deleted else DatasetVersion.deleted_at.is_(None)
    with SessionLocal.reading() as session:
        found = session.scalars(sa.select(DatasetVersion).where(gone).order_by(DatasetVersion.id.desc()))
        return [store.view(version) for version in found]


def get(dataset_id: int) -> DatasetView:
    """One version, deleted or not. Raises NotFoundError."""
    with SessionLocal.reading() as session:
        return store.view(store.load(session, dataset_id))


def read_rows(dataset_id: int, split: str = "train", page: int = 1, size: int = 10) -> RowPage:
    """Rows of one split, `page` counting from 1. Raises NotFoundError."""
    where = (DatasetItem.dataset_id == dataset_id, DatasetItem.split == split)
    with SessionLocal.reading() as session:
        store.load(session, dataset_id)
        total = session.scalar(sa.select(sa.func.count()).where(*where)) or 0
        query = sa.select(DatasetItem).where(*where).order_by(DatasetItem.position)
        found = session.scalars(query.offset((page - 1) * size).limit(size))
        return RowPage([store.row_view(item) for item in found], total)


def all_rows(dataset_id: int, split: str) -> list[RowView]:
    """Every row of one split, in order. Raises NotFoundError."""
    return read_rows(dataset_id, split, size=10**9).rows


def acts(dataset_id: int) -> list[ActShare]:
    """The acts of a version, by side and label."""
    columns = (DatasetItem.act_id, DatasetItem.act_label, DatasetItem.split)
    with SessionLocal.reading() as session:
        is_postgres = session.get_bind().dialect.name == "postgresql"
        length = sa.func.jsonb_array_length if is_postgres else sa.func.json_array_length
        query = sa.select(*columns, sa.func.count(), sa.func.sum(length(DatasetItem.elements)))
        found = session.execute(query.where(DatasetItem.dataset_id == dataset_id).group_by(*columns))
        shares = [ActShare(*row) for row in found]
    return sorted(shares, key=lambda share: (SPLITS.index(share.split), share.act_label, share.act_id or 0))


def jsonl(dataset_id: int, split: str) -> bytes:
    """One split as a training file. Raises NotFoundError."""
    return rows.to_jsonl(row.messages for row in all_rows(dataset_id, split))


def delete(dataset_id: int) -> None:
    """Put a version away; models trained on it keep it. Raises NotFoundError."""
    with SessionLocal.begin() as session:
        store.load(session, dataset_id).deleted_at = now()


def restore(dataset_id: int) -> DatasetView:
    """Bring a version back. Raises NotFoundError."""
    with SessionLocal.begin() as session:
        version = store.load(session, dataset_id)
        version.deleted_at = None
        return store.view(version)


def prices(dataset_id: int) -> list[ProviderPrice]:
    """What training on a version costs at every model that can be fine-tuned, the free one first.

    Training tokens times epochs times the published price; providers without a public price and models
    that are shut down already are absent.
    """
    training = get(dataset_id).splits["train"]
    passes = epochs.default(training.passages)
    offers = [_offer(model, training, passes) for model in price_list.priced_models()]
    known = [offer for offer in offers if offer is not None]
    return sorted(known, key=lambda offer: (not offer.embedded, offer.training_usd))


def _offer(model: str, training: SplitCounts, passes: int) -> ProviderPrice | None:
    known = price_list.price(model)
    if known is None or known.training is None or (known.shutdown and known.shutdown <= now().date()):
        return None
    return ProviderPrice(
        model=model,
        embedded=model == EMBEDDED_MODEL,
        epochs=passes,
        training_tokens=training.tokens,
        training_usd=training.tokens * passes * known.training / 1e6,
        shutdown=known.shutdown,
        as_of=known.as_of,
        source=known.source,
    )


def _plan(limit: int | None, seed: int, ratios: tuple[int, int, int]) -> builder.Plan:
    confirmed = gold.passages()
    if not confirmed:
        raise NoGoldError()
    return builder.plan(confirmed, limit=limit, seed=seed, ratios=ratios)
