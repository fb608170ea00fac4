"""Search keys at one byte a character under an index of their own; what of a job grows with the work apart."""

import sqlalchemy as sa
from alembic import op

from services.db.types import JsonType, OneByteText

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_INDEX = "ix_legal_acts_searched"
_LENGTH = 1024


def upgrade() -> None:
    """Every key is kept: it is read as it was and written as it is now."""
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("bulk", JsonType, nullable=False, server_default=sa.text("'{}'")))
    with op.batch_alter_table("jobs") as jobs:
        jobs.alter_column("bulk", server_default=None)
    _retype(sa.String(_LENGTH), OneByteText(_LENGTH))
    columns = ["deleted_at", "imported_at", "id", "is_processed", "search"]
    op.create_index(_INDEX, "legal_acts", columns)


def downgrade() -> None:
    """The keys as text again; the acts of unfinished jobs are lost with their column."""
    op.drop_index(_INDEX, "legal_acts")
    _retype(OneByteText(_LENGTH), sa.String(_LENGTH))
    with op.batch_alter_table("jobs") as jobs:
        jobs.drop_column("bulk")


def _retype(old: sa.types.TypeEngine[str], new: sa.types.TypeEngine[str]) -> None:
    acts = op.get_bind()
    id_ = sa.column("id", sa.Integer)
    rows = acts.execute(sa.select(id_, sa.column("search", old)).select_from(sa.table("legal_acts"))).all()
    with op.batch_alter_table("legal_acts") as table:
        table.drop_column("search")
    with op.batch_alter_table("legal_acts") as table:
        table.add_column(sa.Column("search", new, nullable=False, server_default=sa.text("''")))
    keyed = sa.table("legal_acts", id_, sa.column("search", new))
    statement = sa.update(keyed).where(keyed.c.id == sa.bindparam("act")).values(search=sa.bindparam("key"))
    if rows:
        acts.execute(statement, [{"act": row.id, "key": row.search} for row in rows])
    with op.batch_alter_table("legal_acts") as table:
        table.alter_column("search", server_default=None)
