"""The command line of the engine, and the server that says where it is."""

import argparse
import ipaddress
import os
import shutil
import signal
import socket
import sqlite3
import sys
import tempfile
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import uvicorn
from filelock import FileLock, Timeout

from engine.app import build
from engine.disk import write_json
from engine.logs import ENGINE_LOG, log_to
from engine.processes import leave_with
from engine.store import Store, StoreError

ADDRESS_FILE = "engine.json"
_KEEP_ALIVE_SECONDS = (
    75  # longer than the client keeps a connection, so that it is never the server who hangs up
)
_GRACE_SECONDS = 3


class Options(NamedTuple):
    """The command line."""

    port: int
    data: Path
    host: str
    parent: int


class AnnouncedServer(uvicorn.Server):
    """A server that says where it is once it can be asked, and takes that back when it ends."""

    def __init__(self, config: uvicorn.Config, address_file: Path) -> None:
        super().__init__(config)
        self._address_file = address_file

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then write `{"port", "pid", "base_url"}`."""
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            base_url = f"http://{_reachable(host)}:{port}/v1"
            write_json(self._address_file, {"port": port, "pid": os.getpid(), "base_url": base_url})

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take the address back first: nobody should come any more."""
        self._address_file.unlink(missing_ok=True)
        await super().shutdown(sockets)


def _reachable(host: str) -> str:
    """The name a program on this computer reaches a listening address by."""
    address = ipaddress.ip_address(host)
    if address.is_unspecified:
        return "127.0.0.1" if address.version == 4 else "[::1]"
    return host if address.version == 4 else f"[{host}]"


def main(arguments: list[str]) -> int:
    """Serve until told to end; 1 with a sentence on standard error when the engine cannot start."""
    options = _options(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    lock = FileLock(options.data / "engine.lock")
    try:
        options.data.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
        store, listener = _prepare(options)
    except Timeout:
        return _refuse(f"another engine already serves {options.data}")
    except (OSError, sqlite3.Error, StoreError) as error:
        return _refuse(str(error))
    if options.parent:
        leave_with(options.parent)
    with lock:
        _serve(options, store, listener)
    return 0


def _prepare(options: Options) -> tuple[Store, socket.socket]:
    log_to(options.data / ENGINE_LOG)
    _keep_uploads_in(options.data / "uploads")
    return Store.open(options.data), _listener(options)


def _listener(options: Options) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    try:
        listener = socket.create_server((options.host, options.port), family=family)
    except OSError as error:
        raise OSError(f"cannot listen on {options.host}:{options.port}: {error.strerror}") from error
    # asyncio does this only for sockets made with an explicit protocol; without it an answer takes 40 ms more
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End as a program ends by itself: the server shuts down first, then what was opened is closed."""
    sys.exit(0)


def _serve(options: Options, store: Store, listener: socket.socket) -> None:
    config = uvicorn.Config(
        build(store, {options.host}),
        http="h11",
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    AnnouncedServer(config, options.data / ADDRESS_FILE).run([listener])


def _keep_uploads_in(folder: Path) -> None:
    """Spool uploads beside the data: a system's temporary folder is often small, or memory."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    tempfile.tempdir = str(folder)


def _options(arguments: list[str]) -> Options:
    parser = argparse.ArgumentParser(prog="python -m engine", description="Norma's embedded engine.")
    parser.add_argument(
        "--port", type=int, required=True, help="port to listen on; 0 lets the system choose one"
    )
    parser.add_argument("--data", type=Path, required=True, help="folder for everything the engine keeps")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--parent", type=int, default=0, help="end when this process ends (default: never)")
    return Options(**vars(parser.parse_args(arguments)))


def _refuse(reason: str) -> int:
    sys.stderr.write(f"The engine cannot start: {reason}.\n")
    return 1
