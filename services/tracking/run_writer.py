"""The process that shows one run in W&B: `python -m services.tracking.run_writer RUN_ID [--sync]`.

Reads the run's journal, and goes on reading at each line of its input. With a key it writes to the
server, which is asked first what it already has; without one, or when the server does not answer,
offline. With `--sync` it is the server or nothing. Its outcome is the journal's state.
"""

import hashlib
import json
import os
import shutil
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from services.config import settings
from services.tracking.environment import folder, mode
from services.tracking.errors import WandbUnreachableError, code_of
from services.tracking.journal import Journal, Record, RunState

_INIT_SECONDS = 8.0
_FINISH_SECONDS = 8.0
_LIVE_SECONDS = 1.0
_BUSY_SECONDS = 10.0
_OFFLINE = "offline-run-"
_UPLOADING = ("filestream", "runupserter", "runfiles", "file transfer", "sender")


class Writer:
    """One W&B run, kept in step with a journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._new = journal.follow()
        self._texts = bool(settings.WANDB_TEXTS)
        self._at_end: list[Record] = []
        self._status: str | None = None
        self._last_step = -1
        self._run: Any = None

    @property
    def finished(self) -> bool:
        return self._status is not None

    def begin(self, *, online: bool, offline: bool) -> bool:
        """Open the run where it can be opened; False when it cannot."""
        self._journal.state = RunState()
        if online:
            try:
                return self._init("online")
            except Exception as problem:  # noqa: BLE001 (whatever the client raises, the journal stays)
                self._journal.state = RunState(error_code=code_of(problem))
        return offline and self._init("offline")

    def catch_up(self) -> None:
        """Write what has been added to the journal."""
        for record in self._new:
            op = record["op"]
            if op == "log":
                self._last_step = record["step"]
                self._log(record["metrics"], record["step"])
            elif op == "summary":
                self._run.summary.update(record["values"])
            elif op in ("table", "artifact"):
                self._at_end.append(record)
            elif op == "finish":
                self._status = record["status"]

    def finish(self) -> None:
        """Add tables and files, close the run, and note whether W&B has everything."""
        import wandb

        for shift, record in enumerate(r for r in self._at_end if r["op"] == "table"):
            self._log({record["name"]: _table(wandb, record, self._texts)}, self._last_step + 1 + shift)
        for record in self._at_end:
            if record["op"] == "artifact":
                self._run.log_artifact(_artifact(wandb, record, self._texts))
        self._run.summary["status"] = self._status
        directory, online = Path(self._journal.state.directory), not self._run.offline
        with suppress(TimeoutError):
            self._run.finish(exit_code=0 if self._status == "succeeded" else 1)
            if online and _delivered(directory / "logs" / "debug-internal.log"):
                self._journal.state = replace(self._journal.state, confirmed=True, error_code=None)
                _mark_synced(self._journal.run_id)
                return
        if online:
            self._journal.state = replace(self._journal.state, error_code=WandbUnreachableError.code)

    def _init(self, where: Literal["online", "offline"]) -> bool:
        import wandb

        if where == "offline":
            # A service that failed to open the run still holds its name.
            wandb.teardown()
        # The journal makes older files superfluous; an offline run stays until W&B has the whole.
        _forget(self._journal.run_id, offline=where == "offline")
        head = next(record for record in self._journal.records() if record["op"] == "open")
        self._run = wandb.init(
            project=settings.WANDB_PROJECT,
            entity=settings.WANDB_ENTITY or None,
            id=self._journal.run_id,
            name=head["name"],
            config=head["config"],
            tags=head["tags"],
            notes=head["notes"] or None,
            group=head["group"] or None,
            job_type=head["job_type"] or None,
            mode=where,
            resume="allow" if where == "online" else None,
            settings=wandb.Settings(**_settings()),
        )
        self._journal.state = RunState(
            mode=where,
            url=self._run.url or "",
            directory=str(Path(self._run.dir).parent),
            error_code=self._journal.state.error_code,
        )
        return True

    def _log(self, values: dict[str, Any], step: int) -> None:
        if step >= self._run.starting_step:
            self._run.log(values, step=step, commit=True)


def main(run_id: str, *, sync: bool) -> None:
    """Write the run until its input ends. Returns when everything it can do is done."""
    journal = Journal(run_id)
    with suppress(Timeout), FileLock(journal.lock_file, timeout=_BUSY_SECONDS):
        writer = Writer(journal)
        if not writer.begin(online=mode() == "online", offline=not sync):
            return
        writer.catch_up()
        while not writer.finished and sys.stdin.readline():
            writer.catch_up()
        writer.catch_up()
        if writer.finished:
            writer.finish()


def _settings() -> dict[str, Any]:
    """Nothing about this computer, its code or its terminal goes along; every wait is bounded."""
    address = {"base_url": settings.WANDB_BASE_URL} if settings.WANDB_BASE_URL else {}
    return address | {
        "api_key": settings.WANDB_API_KEY or None,
        "init_timeout": _INIT_SECONDS,
        "finish_timeout": _FINISH_SECONDS,
        "finish_timeout_raises": True,
        "silent": True,
        "console": "off",
        "program": "norma",
        "disable_git": True,
        "disable_code": True,
        "save_code": False,
        "x_disable_meta": True,
        "x_disable_stats": True,
        "x_disable_machine_info": True,
        "x_save_requirements": False,
        "x_file_stream_transmit_interval": _LIVE_SECONDS,
    }


def _table(wandb: Any, record: Record, texts: bool) -> Any:
    hidden = set() if texts else {record["columns"].index(name) for name in record["texts"]}
    rows = [
        [len(str(cell)) if column in hidden else cell for column, cell in enumerate(row)]
        for row in record["rows"]
    ]
    return wandb.Table(columns=record["columns"], data=rows)


def _artifact(wandb: Any, record: Record, texts: bool) -> Any:
    path = Path(record["path"])
    artifact = wandb.Artifact(record["name"], record["kind"], metadata=record["metadata"])
    if texts and path.exists():
        artifact.add_file(str(path))
        return artifact
    content = path.read_bytes() if path.exists() else b""
    facts = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), **record["metadata"]}
    with artifact.new_file("facts.json", encoding="utf-8") as file:
        json.dump(facts, file, ensure_ascii=False)
    return artifact


def _delivered(log: Path) -> bool:
    """Whether the server took everything. `finish` also returns quietly when the server refused, so the
    client's own log decides: the last transmission was accepted and no error stands in it. When in doubt
    the run is offered again later, and the server is asked first what it has."""
    try:
        lines = log.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    entries = [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]
    if any(_lost(entry) for entry in entries):
        return False
    last = next((at for at, entry in enumerate(entries) if entry.get("complete")), len(entries))
    return any(entry.get("msg") == "filestream: request sent" for entry in entries[last:])


def _lost(entry: dict[str, Any]) -> bool:
    """Errors of the parts that upload; single requests that failed and were repeated are not among them."""
    serious = str(entry.get("level", "")).startswith("ERROR")
    return serious and str(entry.get("msg", "")).startswith(_UPLOADING)


def _directories(run_id: str) -> list[Path]:
    return [path for path in folder().glob("*run-*") if path.is_dir() and path.name.endswith(f"-{run_id}")]


def _forget(run_id: str, *, offline: bool) -> None:
    for path in _directories(run_id):
        if offline or not path.name.startswith(_OFFLINE):
            shutil.rmtree(path, ignore_errors=True)


def _mark_synced(run_id: str) -> None:
    """W&B's own mark, so that `wandb sync` by hand does not send an offline run a second time."""
    for path in _directories(run_id):
        if path.name.startswith(_OFFLINE):
            (path / f"run-{run_id}.wandb.synced").touch()


if __name__ == "__main__":
    main(sys.argv[1], sync="--sync" in sys.argv[2:])
    # The libraries' exit handlers would wait for a server once more.
    os._exit(0)
