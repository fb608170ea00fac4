"""The embedded engine as a process of its own, one for all tests of a session."""

import subprocess
import sys
import tempfile
import time
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def address_file() -> Path:
    """`engine.json` of a running engine; the process ends with the tests."""
    import atexit

    folder = Path(tempfile.mkdtemp(prefix="norma-engine-"))
    command = [sys.executable, "-m", "engine", "--port", "0", "--data", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL)
    atexit.register(_end, process)
    found, deadline = folder / "engine.json", time.monotonic() + 60
    while not found.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("the engine did not start")
        time.sleep(0.05)
    return found


def announce_in(data_dir: Path) -> None:
    """Let a test's own installation find that engine."""
    folder = data_dir / "engine"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "engine.json").write_bytes(address_file().read_bytes())


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
