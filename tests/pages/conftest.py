"""The sample pack in a database, for page tests."""

from tests.sample_database import loaded

__all__ = ["loaded"]
