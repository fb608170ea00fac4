"""Worker slots: who may call itself executor N, and which slots nobody holds any more.

A slot is a lock that the operating system (or PostgreSQL) gives back when its holder dies, however it dies.
"""

from collections.abc import Callable

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.engine import make_url

from services.config import settings
from services.db import get_engine

_MOST = 64
_PG_CLASS = 6_027_872


class Slot:
    """A held slot; `release` gives it back."""

    def __init__(self, number: int, release: Callable[[], object]) -> None:
        self.number, self.release = number, release

    @property
    def executor(self) -> str:
        """The executor id that DBOS recovers work under."""
        return executor(self.number)


def executor(number: int) -> str:
    """The executor id of a slot."""
    return f"slot-{number}"


def take() -> Slot:
    """The lowest free slot. Raises RuntimeError when all are held."""
    for number in range(_MOST):
        slot = _try(number)
        if slot:
            return slot
    raise RuntimeError("every worker slot is taken")


def abandoned(most: int = 16) -> list[str]:
    """Executor ids of slots that nobody holds: their unfinished work may be taken over."""
    free = []
    for number in range(most):
        slot = _try(number)
        if slot:
            slot.release()
            free.append(slot.executor)
    return free


def any_held(most: int = 16) -> bool:
    """Does any worker run?"""
    for number in range(most):
        slot = _try(number)
        if slot is None:
            return True
        slot.release()
    return False


def _try(number: int) -> Slot | None:
    if make_url(settings.database_url).get_backend_name() == "sqlite":
        return _file(number)
    return _postgres(number)


def _file(number: int) -> Slot | None:
    folder = settings.data_dir / "run"
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"worker-{number}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    return Slot(number, lock.release)


def _postgres(number: int) -> Slot | None:
    connection = get_engine().connect().execution_options(isolation_level="AUTOCOMMIT")
    held = connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_PG_CLASS, number)))
    if not held:
        connection.close()
        return None

    def release() -> None:
        connection.execute(sa.select(sa.func.pg_advisory_unlock(_PG_CLASS, number)))
        connection.close()

    return Slot(number, release)
