"""Usage of every model call, written before the call and after it.

Many threads call at once. The first that must wait for its write commits whatever has gathered, for the
others too: SQLite sees one transaction for many rows, and no thread waits for another to wake up.
"""

import atexit
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.db import SessionLocal
from services.db.models import ModelCall

Work = Callable[[Session], Any]
_MOST_AT_ONCE = 256
_UNHURRIED = 0.01  # seconds after which what nobody waits for is written
_OPEN = sa.insert(ModelCall)
_ENDS = (
    "state",
    "error_code",
    "prompt_tokens",
    "completion_tokens",
    "cached_tokens",
    "cost_micro",
    "latency_ms",
)
_CLOSE = (
    sa.update(ModelCall)
    .where(ModelCall.id == sa.bindparam("call"))
    .values({name: sa.bindparam(f"new_{name}") for name in _ENDS})
)


class Entry:
    """One write: `work(session)` runs inside the shared transaction."""

    __slots__ = ("_ledger", "done", "problem", "result", "work")

    def __init__(self, work: Work, ledger: "Ledger") -> None:
        self.work, self._ledger = work, ledger
        self.result: Any = None
        self.problem: Exception | None = None
        self.done = False

    def wait(self) -> Any:
        """The result of `work`, once committed. Raises what the transaction raised."""
        while not self.done:
            self._ledger.flush()
        if self.problem:
            raise self.problem
        return self.result


class Ledger:
    """A group-committing writer; a thread writes what nobody waits for."""

    def __init__(self) -> None:
        self._waiting: deque[Entry] = deque()
        self._turn = threading.Lock()
        self._new, self._closing = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def write(self, work: Work) -> Entry:
        """Hand in one write; writes are committed in the order they came. `.wait()` returns after that."""
        entry = Entry(work, self)
        self._waiting.append(entry)
        self._start()
        self._new.set()
        return entry

    def flush(self) -> None:
        """Commit what has gathered; on return all that was handed in before is durable, or has failed."""
        with self._turn:
            entries: list[Entry] = []
            while self._waiting and len(entries) < _MOST_AT_ONCE:
                entries.append(self._waiting.popleft())
            if entries and not _commit(entries):
                for entry in entries:
                    _commit([entry])
            for entry in entries:
                entry.done, entry.work = True, _nothing  # what was written is not kept in memory

    def close(self) -> None:
        """Write what is waiting and stop."""
        with self._starting:
            thread, self._thread = self._thread, None
        if thread:
            self._closing.set()
            self._new.set()
            thread.join(10)
            self._closing.clear()

    def _start(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="usage-ledger", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while not self._closing.is_set():
            self._new.wait()
            self._closing.wait(_UNHURRIED)
            self._new.clear()
            while self._waiting:
                self.flush()


def _nothing(_session: Session) -> None:
    """The work of an entry that is done."""


def _commit(entries: list[Entry]) -> bool:
    try:
        with SessionLocal.begin() as session:
            for entry in entries:
                entry.result = entry.work(session)
    except Exception as problem:  # noqa: BLE001 (handed to the caller that waits for it)
        for entry in entries:
            entry.problem = problem
        return False
    for entry in entries:
        entry.problem = None
    return True


ledger = Ledger()
NOTHING = Entry(_nothing, ledger)
NOTHING.done = True
atexit.register(ledger.close)


def opened(**row: Any) -> int:
    """Record that a call is about to be sent; returns its id."""
    return int(ledger.write(lambda session: _insert(session, row)).wait())


def closed(call_id: int, ending: dict[str, Any], also: Work | None = None) -> Entry:
    """Record how a call ended (columns of `model_calls`), in one transaction with what `also` writes."""
    row = {"call": call_id, **{f"new_{name}": value for name, value in ending.items()}}

    def work(session: Session) -> None:
        session.connection().execute(_CLOSE, row)
        if also:
            also(session)

    return ledger.write(work)


def _insert(session: Session, row: dict[str, Any]) -> int:
    made = session.connection().execute(_OPEN, row).inserted_primary_key
    return int(made[0]) if made else 0
