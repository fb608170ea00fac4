"""The sample pack in a database, for the tests of this room."""

from tests.sample_database import loaded

__all__ = ["loaded"]
