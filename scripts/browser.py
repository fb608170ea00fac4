"""See to it that the browser tests find a Chromium."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a Chromium that is there already, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    folder = Path.home() / ".cache" / "ms-playwright"
    return next((str(path) for path in sorted(folder.glob("chromium-*/chrome-linux*/chrome"))), None)


def main() -> int:
    """Exit 0 when a Chromium is there in the end."""
    if find():
        return 0
    for commands in (_system_package(), [[sys.executable, "-m", "playwright", "install", "chromium"]]):
        if all(subprocess.run(command, check=False).returncode == 0 for command in commands) and find():
            return 0
    print("No Chromium could be installed; install one and run `make test` again.", file=sys.stderr)
    return 1


def _system_package() -> list[list[str]]:
    if not shutil.which("apt-get"):
        return [["false"]]
    become = [] if _is_root() else ["sudo", "-n"]
    return [[*become, "apt-get", "update", "-qq"], [*become, "apt-get", "install", "-y", "-qq", "chromium"]]


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


if __name__ == "__main__":
    sys.exit(main())
