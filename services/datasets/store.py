"""Dataset versions and their rows in the database, and as views."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.datasets import checks, rows, tokens
from services.datasets.builder import Plan
from services.datasets.split import SPLITS
from services.datasets.views import DatasetView, RowView, counts_from
from services.db import SessionLocal
from services.db.models import DatasetItem, DatasetVersion
from services.errors import NotFoundError


def load(session: Session, dataset_id: int) -> DatasetVersion:
    """The stored version. Raises NotFoundError."""
    version = session.get(DatasetVersion, dataset_id)
    if version is None:
        raise NotFoundError(what="dataset", key=dataset_id)
    return version


def keep(
    plan: Plan,
    name: str,
    seed: int,
    limit: int | None,
    *,
    watch: Callable[[int, int], None] | None = None,
    also: Callable[[Session, DatasetView], None] | None = None,
) -> DatasetView:
    """Store `plan` as the next version of `name`; a version with the same rows is returned instead.

    Counting tokens takes its time and is done before the transaction, which would hold up other writers;
    `watch` is told how many rows of how many are counted. `also` writes in the transaction of the version.
    """
    digest = rows.content_hash(plan.rows)
    with SessionLocal.begin() as session:
        if (old := same(session, digest)) is not None:
            return _told(session, _again(old), also)
    sizes = _sizes(plan.rows, watch)
    version = version_of(plan, sizes)
    version.name, version.seed, version.row_limit = name, seed, limit
    with SessionLocal.begin() as session:
        if (old := same(session, digest)) is not None:
            return _told(session, _again(old), also)
        version.number = next_number(session, name)
        session.add(version)
        session.flush()
        session.add_all(items(version.id, plan.rows, sizes))
        return _told(session, view(version), also)


def _sizes(made: Sequence[rows.Row], watch: Callable[[int, int], None] | None) -> list[int]:
    sizes = []
    for row in made:
        sizes.append(tokens.count_messages(row.messages))
        if watch:
            watch(len(sizes), len(made))
    return sizes


def _told(
    session: Session, dataset: DatasetView, also: Callable[[Session, DatasetView], None] | None
) -> DatasetView:
    if also:
        also(session, dataset)
    return dataset


def _again(version: DatasetVersion) -> DatasetView:
    """A version found again; one that was put away comes back."""
    version.deleted_at = None
    return view(version, reused=True)


def same(session: Session, digest: str) -> DatasetVersion | None:
    """The version with these rows, if there is one; deleted ones count."""
    query = sa.select(DatasetVersion).where(DatasetVersion.content_hash == digest)
    return session.scalars(query.order_by(DatasetVersion.id.desc())).first()


def with_training(session: Session, made: Sequence[rows.Row]) -> DatasetVersion | None:
    """The version whose training and validation rows are these, whatever it is tested on; none deleted."""
    wanted = [(row.split, row.messages) for row in made]
    query = sa.select(DatasetVersion).where(DatasetVersion.deleted_at.is_(None))
    for version in session.scalars(query.order_by(DatasetVersion.id.desc())):
        sizes = [version.counts[name]["passages"] for name in ("train", "validation")]
        if sizes == [sum(split == name for split, _ in wanted) for name in ("train", "validation")]:
            found = sa.select(DatasetItem.split, DatasetItem.messages).where(
                DatasetItem.dataset_id == version.id, DatasetItem.split != "test"
            )
            if [tuple(row) for row in session.execute(found.order_by(DatasetItem.id))] == wanted:
                return version
    return None


def next_number(session: Session, name: str) -> int:
    """Versions are counted under their name, deleted ones included."""
    query = sa.select(sa.func.max(DatasetVersion.number)).where(DatasetVersion.name == name)
    return (session.scalar(query) or 0) + 1


def version_of(plan: Plan, sizes: Sequence[int]) -> DatasetVersion:
    """A version with the figures of `plan`, not yet named; `sizes` are tokens of each row."""
    return DatasetVersion(
        content_hash=rows.content_hash(plan.rows),
        counts={**counts(plan.rows), "left_out": plan.left_out},
        tokens={"splits": _tokens(plan.rows, sizes), "exact": tokens.is_exact()},
        types=checks.type_counts(plan.rows),
        checks=[check.as_dict() for check in checks.run(plan.rows, sizes, plan.twins, plan.left_out)],
    )


def draft(plan: Plan) -> dict[str, Any]:
    """`counts` and `checks` of a plan as they would be stored, but for tokens, which are not counted."""
    found = checks.run(plan.rows, (), plan.twins, plan.left_out)
    return {"counts": counts(plan.rows), "checks": [check.as_dict() for check in found]}


def counts(made: Sequence[rows.Row]) -> dict[str, dict[str, int]]:
    """Passages, acts and elements of each split."""
    found: dict[str, dict[str, int]] = {}
    for name in SPLITS:
        mine = [row for row in made if row.split == name]
        found[name] = {
            "passages": len(mine),
            "acts": len({(row.act_id, row.act_label) for row in mine}),
            "elements": sum(len(row.elements) for row in mine),
        }
    return found


def _tokens(made: Sequence[rows.Row], sizes: Sequence[int]) -> dict[str, dict[str, int]]:
    total: Counter[str] = Counter()
    reply: Counter[str] = Counter()
    for row, size in zip(made, sizes, strict=True):
        total[row.split] += size
        reply[row.split] += tokens.count_messages(row.messages[-1:])
    return {name: {"tokens": total[name], "reply": reply[name]} for name in SPLITS}


def items(dataset_id: int, made: Sequence[rows.Row], sizes: Sequence[int]) -> list[DatasetItem]:
    """Rows to be stored; `position` counts from 0 within each split, as in its file."""
    positions: Counter[str] = Counter()
    stored = []
    for row, size in zip(made, sizes, strict=True):
        stored.append(_item(dataset_id, row, positions[row.split], size))
        positions[row.split] += 1
    return stored


def _item(dataset_id: int, row: rows.Row, position: int, size: int) -> DatasetItem:
    return DatasetItem(
        dataset_id=dataset_id,
        split=row.split,
        position=position,
        act_id=row.act_id,
        act_label=row.act_label,
        place=row.place,
        text=row.text,
        context=row.context,
        messages=row.messages,
        elements=row.elements,
        tokens=size,
    )


def view(version: DatasetVersion, reused: bool = False) -> DatasetView:
    """A stored version as pages see it."""
    return DatasetView(
        id=version.id,
        name=version.name,
        number=version.number,
        seed=version.seed,
        row_limit=version.row_limit,
        content_hash=version.content_hash,
        splits=counts_from(version.counts, version.tokens),
        types=version.types,
        checks=tuple(checks.from_stored(version.checks)),
        exact_tokens=bool(version.tokens.get("exact")),
        left_out=int(version.counts.get("left_out", 0)),
        created_at=version.created_at,
        deleted_at=version.deleted_at,
        reused=reused,
    )


def row_view(item: DatasetItem) -> RowView:
    """A stored row as pages see it."""
    return RowView(
        id=item.id,
        split=item.split,
        number=item.position + 1,
        act_id=item.act_id,
        act_label=item.act_label,
        place=item.place,
        text=item.text,
        context=item.context,
        elements=item.elements,
        messages=item.messages,
        tokens=item.tokens,
    )
