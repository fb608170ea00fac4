"""Reading in a process of its own, which may die without harm: the parent's side."""

import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from services.acts import files
from services.acts.errors import FileError
from services.acts.sources.document import Document, from_json
from services.acts.sources.errors import TooComplexError
from services.acts.sources.limits import MEMORY
from services.acts.sources.readers import read_document
from services.acts.sources.tables import Columns, Row
from services.config import ROOT

SECONDS = 60.0
"""The longest that reading one file may take."""

_SMALL_PAGE = 1024**2  # bytes of a web page that is not worth a process


class Reader:
    """Reads files one after another; use it as a context. A process is started when the first needs one."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def document(self, path: Path, kind: str, encoding: str | None = None) -> Document:
        """Read one document. Raises a FileError; TooComplexError where it took too much memory or time."""
        if kind == "txt" or (kind == "html" and path.stat().st_size < _SMALL_PAGE):
            return read_document(path, kind, encoding)
        return from_json(self._ask("document", path, kind, encoding)["document"])

    def columns(self, path: Path, kind: str, encoding: str | None = None) -> list[str]:
        """Names of a table's columns. Raises a FileError."""
        return list(self._ask("columns", path, kind, encoding)["columns"])

    def rows(
        self, path: Path, kind: str, chosen: Columns | None, encoding: str | None = None
    ) -> Iterator[Row]:
        """The acts of a table, one at a time. Raises a FileError before the first."""
        with tempfile.NamedTemporaryFile("r", encoding="utf-8", dir=files.unfinished()) as file:
            columns = asdict(chosen) if chosen else None
            self._ask("rows", path, kind, encoding, columns=columns, target=file.name)
            for line in file:
                yield Row(**json.loads(line))

    def _ask(self, what: str, path: Path, kind: str, encoding: str | None, **more: Any) -> dict[str, Any]:
        # The process stands in another folder.
        request = {"what": what, "path": str(path.absolute()), "kind": kind, "encoding": encoding, **more}
        if self._child is None or not self._child.alive:
            self._end()
            self._child = _Child()
        answer = self._child.ask(request, self._seconds)
        if answer is None:
            self._end()
            raise TooComplexError(memory_mb=MEMORY // 1024**2, seconds=round(self._seconds))
        if "code" in answer:
            raise _error(answer["code"], answer["data"])
        return answer

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None


class _Child:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "services.acts.sources.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            encoding="utf-8",
        )
        self._answers: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        """The answer, or None when the process died or took too long."""
        assert self._process.stdin is not None  # noqa: S101
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            line = self._answers.get(timeout=seconds)
            answer: dict[str, Any] | None = json.loads(line) if line else None
        except (queue.Empty, OSError, ValueError):
            return None
        return answer

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101
        try:
            for line in self._process.stdout:
                self._answers.put(line)
        except ValueError:
            pass
        self._answers.put("")


def _error(code: str, data: dict[str, Any]) -> FileError:
    """The error that the reading process told, as one of the classes it stands for."""
    for kind in _classes(FileError):
        if kind.code == code:
            return kind(**data)
    return FileError(reason=code)


def _classes(base: type[FileError]) -> Iterator[type[FileError]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _classes(kind)
