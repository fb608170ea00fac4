"""The database: typed models, the session factory, migrations."""

from services.db.engine import SessionLocal, get_engine

__all__ = ["SessionLocal", "get_engine"]
