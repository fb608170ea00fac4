"""What a run has been told, line by line on this computer: the truth that W&B is a picture of.

A run can be written anew from its journal at any time, offline or to a server that has part of it.
"""

import json
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from services.config import settings

Record = dict[str, Any]


@dataclass(frozen=True)
class RunState:
    """Where a run stands. `mode`: online or offline; `directory`: its files; `confirmed`: W&B has it all."""

    mode: str = "waiting"
    url: str = ""
    directory: str = ""
    confirmed: bool = False
    error_code: str | None = None


class Journal:
    """The records of one run. Appending is cheap and safe from several threads."""

    def __init__(self, run_id: str) -> None:
        self.run_id = re.sub(r"[^A-Za-z0-9_.-]", "-", run_id)[:128]
        self.file = Path(settings.DATA_DIR) / "tracking" / "runs" / f"{self.run_id}.jsonl"
        self.lock_file = self.file.with_suffix(".lock")
        self._state_file = self.file.with_suffix(".state.json")
        self._lock = threading.Lock()

    def append(self, record: Record) -> None:
        """Add one record; a line cut off by a crash before it is closed first."""
        line = json.dumps(record, ensure_ascii=False) + "\n"
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self._lock, self.file.open("ab+") as file:
            if file.tell() and not _ends_a_line(file):
                file.write(b"\n")
            file.write(line.encode())

    def records(self) -> list[Record]:
        """Every whole record, in order."""
        return list(self.follow())

    @property
    def finished(self) -> bool:
        """Whether its job has said how it ended."""
        return any(record["op"] == "finish" for record in self.records())

    @property
    def lost(self) -> bool:
        """Whether what the run began with is gone: it cannot be written any more."""
        return not any(record["op"] == "open" for record in self.records())

    def follow(self) -> "Follower":
        """A reader that goes on where it stopped."""
        return Follower(self.file)

    @property
    def state(self) -> RunState:
        """What the run's writer last said of it; `waiting` before it has said anything."""
        try:
            return RunState(**json.loads(self._state_file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return RunState()

    @state.setter
    def state(self, state: RunState) -> None:
        new = self._state_file.with_suffix(".new")
        new.write_text(json.dumps(asdict(state)), encoding="utf-8")
        new.replace(self._state_file)


class Follower:
    """Iterating yields the records added since the last time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._position = 0

    def __iter__(self) -> Iterator[Record]:
        if not self._file.exists():
            return
        with self._file.open("rb") as file:
            file.seek(self._position)
            for line in file:
                if not line.endswith(b"\n"):
                    return
                self._position += len(line)
                try:
                    yield json.loads(line)
                except ValueError:
                    continue


def _ends_a_line(file: Any) -> bool:
    file.seek(-1, os.SEEK_END)
    return bool(file.read(1) == b"\n")
