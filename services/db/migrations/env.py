"""Alembic's entry: the connection comes from services.db.migrate, never from an ini file."""

from alembic import context

from services.db.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
)
context.run_migrations()
