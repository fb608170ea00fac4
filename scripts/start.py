"""Start Norma: check the settings and the port, then hand over to Streamlit."""

import argparse
import os
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from services.config import ConfigError, load


def main() -> None:
    """Become the application, or exit 1 where it cannot start; the reason is printed."""
    arguments = argparse.ArgumentParser(description="Start Norma in the browser.")
    arguments.add_argument("--port", type=int, default=8501)
    arguments.add_argument("--address", default="127.0.0.1")
    options = arguments.parse_args()
    problem = _settings_problem() or _port_problem(options.address, options.port)
    if problem:
        sys.exit(problem)
    print(f"Norma: http://localhost:{options.port}  (Ctrl+C ends it)", flush=True)
    os.chdir(ROOT)
    command = ["-m", "streamlit", "run", "app.py", "--server.port", str(options.port)]
    os.execv(sys.executable, [sys.executable, *command, "--server.address", options.address])  # noqa: S606


def _settings_problem() -> str:
    try:
        settings = load()
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except ConfigError as problem:
        field, value = problem.data["field"], problem.data["value"]
        return f"The setting {field} cannot be used ({value}). Correct it in the environment or in .env."
    except OSError as problem:
        return f"DATA_DIR cannot be created: {problem.strerror}."
    return ""


def _port_problem(address: str, port: int) -> str:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return f"Port {port} is taken. End the other program, or choose another: make run PORT={port + 1}"
    return ""


if __name__ == "__main__":
    main()
