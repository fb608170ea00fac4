"""Usage of every model call, written before the call and after it.

Many threads call at once; one writer commits what has gathered, so that SQLite sees one transaction
for many rows and a caller waits a few milliseconds at most.
"""

import atexit
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.db import SessionLocal
from services.db.models import ModelCall

_MOST_AT_ONCE = 256


@dataclass
class Entry:
    """One write: `work(session)` runs inside the shared transaction; `done` is set after its commit."""

    work: Callable[[Session], Any]
    result: Any = None
    problem: Exception | None = None
    done: threading.Event = field(default_factory=threading.Event)

    def wait(self) -> Any:
        """The result of `work`, once committed. Raises what the transaction raised."""
        self.done.wait()
        if self.problem:
            raise self.problem
        return self.result


class Ledger:
    """A group-committing writer; its thread starts with the first write and ends with the process."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def write(self, work: Callable[[Session], Any]) -> Entry:
        """Hand in one write; `.wait()` returns after it is durable."""
        self._start()
        entry = Entry(work)
        self._queue.put(entry)
        return entry

    def close(self) -> None:
        """Write what is waiting and stop."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread:
            self._queue.put(None)
            thread.join(10)

    def _start(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="usage-ledger", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            entries = [self._queue.get()]
            while len(entries) < _MOST_AT_ONCE and not self._queue.empty():
                entries.append(self._queue.get())
            work = [entry for entry in entries if entry is not None]
            if work and not _commit(work):
                for entry in work:
                    _commit([entry])
            for entry in work:
                entry.done.set()
            if len(work) < len(entries):
                return


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
atexit.register(ledger.close)


def opened(**row: Any) -> int:
    """Record that a call is about to be sent; returns its id."""
    return int(ledger.write(lambda session: _insert(session, row)).wait())


def closed(call_id: int, **changes: Any) -> Entry:
    """Record how a call ended; need not be waited for by the caller."""
    statement = sa.update(ModelCall).where(ModelCall.id == call_id).values(**changes)
    return ledger.write(lambda session: session.execute(statement))


def _insert(session: Session, row: dict[str, Any]) -> int:
    call = ModelCall(**row)
    session.add(call)
    session.flush()
    return call.id
