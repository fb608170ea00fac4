"""One W&B run for one job. Nothing here raises, blocks or needs a server.

A run is told to its journal; a process of its own (`run_writer`) shows it in W&B as it comes, or writes
an offline run. What W&B has not confirmed waits in the outbox and is sent by `sync_pending`.
"""

import os
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from services.tracking import store
from services.tracking.environment import mode, spawn, without_secrets
from services.tracking.errors import RunRecordsLostError, WandbUnreachableError
from services.tracking.journal import Journal, RunState

WRITER = "services.tracking.run_writer"
KIND = "wandb.run"
_SYNC_SECONDS = 40.0
_open: dict[str, "Run"] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class SyncResult:
    """Runs confirmed by W&B now, and the code that stopped the rest (None: nothing did)."""

    synced: int = 0
    error_code: str | None = None


class Run:
    """A run being told. With tracking switched off every method does nothing."""

    def __init__(self, journal: Journal | None) -> None:
        self._journal = journal
        self._last_step = -1
        self._writer: subprocess.Popen[str] | None = None
        self._wake: int | None = None
        self.finished = journal is None

    @property
    def id(self) -> str:
        """The run's id at W&B, the job's own; empty when tracking is off."""
        return self._journal.run_id if self._journal else ""

    @property
    def state(self) -> RunState:
        """Where it stands now; its `url` appears once W&B has answered."""
        return self._journal.state if self._journal else RunState("off")

    def log(self, step: int, metrics: Mapping[str, float | int | None]) -> None:
        """Metrics of one training step. Steps told before are passed over, so all may be told again."""
        known = {name: value for name, value in metrics.items() if value is not None}
        if step > self._last_step and known:
            self._last_step = step
            self._tell(op="log", step=step, metrics=known)

    def summary(self, values: Mapping[str, Any]) -> None:
        """Figures that stand for the whole run."""
        self._tell(op="summary", values=dict(values))

    def table(
        self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], texts: Sequence[str] = ()
    ) -> None:
        """A table. `texts` names its columns of act text: without texts only their lengths are sent."""
        made = {"columns": list(columns), "rows": [list(row) for row in rows], "texts": list(texts)}
        self._tell(op="table", name=name, **made)

    def artifact(
        self, path: Path, *, name: str, kind: str = "dataset", metadata: Mapping[str, Any] | None = None
    ) -> None:
        """A file. Without texts only its size, hash and `metadata` are sent."""
        self._tell(op="artifact", path=str(path), name=name, kind=kind, metadata=dict(metadata or {}))

    def finish(self, status: str, wait: float = 15.0) -> RunState:
        """Close the run; `status` as the provider says it. Waits up to `wait` seconds for W&B."""
        if self._journal is None or self.finished:
            return self.state
        # The event first: a crash in between leaves one that waits, never a run that nobody sends.
        event = store.add(KIND, {"run_id": self.id})
        self._tell(op="finish", status=status)
        self.finished = True
        self.close(wait)
        if self.state.confirmed:
            store.mark_sent([event])
        return self.state

    def close(self, wait: float = 5.0) -> None:
        """Let go of the run without finishing it, as when the worker ends; it can be opened again."""
        with _lock:
            _open.pop(self.id, None)
        writer, self._writer, self._wake = self._writer, None, None
        if writer is None:
            return
        if writer.stdin:
            with suppress(OSError):
                writer.stdin.close()
        try:
            writer.wait(wait)
        except subprocess.TimeoutExpired:
            # It ends by its own time limits; meanwhile nobody waits for it.
            threading.Thread(target=writer.wait, name="run-writer", daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin(self, journal: Journal, head: dict[str, Any]) -> None:
        told = journal.records()
        self._last_step = max((r["step"] for r in told if r["op"] == "log"), default=-1)
        self.finished = journal.finished
        if not told:
            journal.append(without_secrets(head))
        if self.finished:
            return
        self._writer = spawn(WRITER, self.id, stdin=subprocess.PIPE)
        if self._writer.stdin:
            self._wake = self._writer.stdin.fileno()
            if hasattr(os, "set_blocking"):  # not on Windows before Python 3.12; there a full pipe may wait
                os.set_blocking(self._wake, False)

    def _tell(self, **record: Any) -> None:
        if self._journal is None or self.finished:
            return
        self._journal.append(without_secrets(record))
        if self._wake is not None:
            # A writer that has ended or is behind is no loss: the journal has the record.
            with suppress(OSError):
                os.write(self._wake, b"\n")


def open_run(
    run_id: str,
    *,
    name: str,
    config: Mapping[str, Any],
    tags: Sequence[str] = (),
    notes: str = "",
    group: str = "",
    job_type: str = "",
) -> Run:
    """The run of this job: new, or taken up again after a restart without telling anything twice."""
    if mode() == "off":
        return Run(None)
    head = {
        "op": "open", "name": name, "config": dict(config), "tags": list(tags), "notes": notes,
        "group": group, "job_type": job_type,
    }  # fmt: skip
    journal = Journal(run_id)
    with _lock:
        run = _open.get(journal.run_id)
        if run is None:
            run = Run(journal)
            run._begin(journal, head)
            if not run.finished:
                _open[journal.run_id] = run
    return run


def state(run_id: str) -> RunState:
    """Where the run of a job stands, for pages."""
    return Journal(run_id).state


def sync_pending(limit: int = 20) -> SyncResult:
    """Send finished runs that W&B has not confirmed, oldest first; stops where the server does not answer.

    W&B is asked what it already has, and only the rest is sent. A run whose records are gone is given up.
    """
    if mode() != "online":
        return SyncResult()
    synced = 0
    for event in store.due(KIND, limit):
        journal = Journal(event.payload["run_id"])
        if journal.lost and not journal.state.confirmed:
            store.give_up([event.id], RunRecordsLostError.code)
            continue
        if not journal.finished and not journal.state.confirmed:
            store.mark_failed([event.id], "run_goes_on")
            continue
        if not journal.state.confirmed:
            _write_again(journal)
        if not journal.state.confirmed:
            code = journal.state.error_code or WandbUnreachableError.code
            store.mark_failed([event.id], code)
            return SyncResult(synced, code)
        store.mark_sent([event.id])
        synced += 1
    return SyncResult(synced)


def _write_again(journal: Journal) -> None:
    writer = spawn(WRITER, journal.run_id, "--sync", stdin=subprocess.DEVNULL)
    try:
        writer.wait(_SYNC_SECONDS)
    except subprocess.TimeoutExpired:
        writer.kill()
        writer.wait()
