"""Keeps the embedded engine and one worker alive while the application runs.

Both are found again rather than started twice: the worker by its slot lock, the engine by its address
file. Several applications on one DATA_DIR agree by a lock which of them supervises.
"""

import atexit
import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil
from filelock import FileLock, Timeout

from services.config import ROOT, settings
from services.db import migrate
from services.jobs import backend, worker
from services.llm import provider
from services.llm.errors import ProviderDownError
from services.logs import setup as setup_logs
from services.tracking import outbox

log = logging.getLogger("norma.supervisor")
_ROUND = 1.0
_SLOWEST_RESTART = 30.0
_GRACE = 20.0
_MOST_MISSES = 10
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class _Child:
    """A process we started, or adopt: `alive` answers for both."""

    name: str
    module: str
    command: Callable[[], list[str]]
    alive: Callable[[], bool]
    pid: Callable[[], int | None]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = 0.0
    misses: int = 0

    def halt(self) -> None:
        """End the process, an adopted one too, and wait until it is gone."""
        self.end()
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            pid = self.pid()
            process = psutil.Process(pid) if pid else None
            if process is not None and self.module in process.cmdline():
                process.terminate()
                process.wait(15)

    def tend(self) -> None:
        """Start the process when it is not there; after quick deaths wait longer each time."""
        running = self.process is not None and self.process.poll() is None
        age = time.monotonic() - self.started
        if (running and age < _GRACE) or self.alive():
            self.misses = 0
            if age > 60:
                self.wait = 0.0
            return
        self.misses += 1
        if running and self.misses < _MOST_MISSES:
            return  # a busy machine answers late; only silence over many rounds is death
        if running and self.process is not None:
            log.warning("%s does not answer and is started anew", self.name)
            self.end()
        if age < self.wait:
            return
        self.wait = min(_SLOWEST_RESTART, max(1.0, self.wait * 2))
        self._start()

    def end(self) -> None:
        """SIGTERM, then SIGKILL after 10 s."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)

    def _start(self) -> None:
        log.info("starting %s", self.name)
        self.started = time.monotonic()
        with _output(self.name) as output:
            self.process = subprocess.Popen(
                self.command(), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )


class Supervisor:
    """One thread that looks after both children every second."""

    def __init__(self) -> None:
        parent = str(os.getpid())
        self._children = [_engine_child(parent), _worker_child(parent)]
        self.tending = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()
        atexit.register(self.stop)

    def stop(self) -> None:
        """End the children and wait for them."""
        self._stop.set()
        for child in self._children:
            if child.process is not None and child.process.poll() is None:
                child.process.terminate()
        for child in self._children:
            child.end()

    def _run(self) -> None:
        lock = FileLock(_run_dir() / "supervisor.lock", thread_local=False)
        while not self._stop.is_set():
            try:
                lock.acquire(timeout=0)
                break
            except Timeout:
                self._stop.wait(2.0)
        while not self._stop.is_set():
            with self.tending:
                for child in self._children:
                    try:
                        child.tend()
                    except Exception:
                        log.exception("%s could not be looked after", child.name)
            self._stop.wait(_ROUND)
        lock.release()


_supervisor: Supervisor | None = None
_lock = threading.Lock()


def ensure_running() -> None:
    """Migrate the database, prepare the queue, start the supervisor: once in a process, then free.

    Raises ConfigError, MigrationNeededError and the like when the installation cannot start.
    """
    global _supervisor
    with _lock:
        if _supervisor is not None:
            return
        setup_logs("app")
        migrate.upgrade()
        backend.prepare()
        outbox.begin()
        _supervisor = Supervisor()
        _supervisor.start()


def engine_alive() -> bool:
    """Does the embedded engine answer at the address it wrote down?"""
    try:
        address = provider.address(provider.ProviderInfo("embedded", "embedded", "127.0.0.1", ""))
        with _opener.open(address.removesuffix("/v1") + "/health", timeout=3) as reply:
            return bool(reply.status == 200)
    except (ProviderDownError, urllib.error.URLError, OSError, ValueError):
        return False


def _engine_command(parent: str) -> list[str]:
    folder = provider.engine_dir()
    return [sys.executable, "-m", "engine", "--port", "0", "--data", str(folder), "--parent", parent]


def _run_dir() -> Path:
    folder = Path(settings.data_dir) / "run"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _output(name: str) -> IO[bytes]:
    folder = settings.data_dir / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / f"{name}.out").open("ab")


@contextmanager
def temporary(*, engine: bool) -> Iterator[None]:
    """For commands: a worker (and the engine, where it is needed) while the block runs.

    Those that run already are used and left alone; those started here end with the block.
    """
    migrate.upgrade()
    backend.prepare()
    parent = str(os.getpid())
    children = [_worker_child(parent)] + ([_engine_child(parent)] if engine else [])
    try:
        for child in children:
            if not child.alive():
                child.tend()
        yield
    finally:
        for child in children:
            child.end()


@contextmanager
def paused() -> Iterator[None]:
    """Engine and worker ended while the block runs, for instance while their files are replaced."""
    children = [_engine_child(""), _worker_child("")]
    with _supervisor.tending if _supervisor else contextlib.nullcontext():
        for child in children:
            child.halt()
        yield


def _engine_child(parent: str) -> _Child:
    return _Child("engine", "engine", lambda: _engine_command(parent), engine_alive, _engine_pid)


def _worker_child(parent: str) -> _Child:
    command = [sys.executable, "-m", "services.worker", "--parent", parent]
    return _Child("worker", "services.worker", lambda: command, worker.alive, worker.pid)


def _engine_pid() -> int | None:
    try:
        return int(json.loads((provider.engine_dir() / "engine.json").read_text(encoding="utf-8"))["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
