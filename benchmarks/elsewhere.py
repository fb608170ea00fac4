"""A throw-away environment with packages that are no requirements of the product, to measure beside it."""

import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

LANGEXTRACT = ("langextract==1.7.1", f"openai=={version('openai')}")


@contextmanager
def python_with(*requirements: str) -> Iterator[str | None]:
    """The Python of an environment that lasts as long as the block; None where they cannot be installed.

    What it lacks it finds among the packages of the Python that runs this.
    """
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        inside = {"base": folder, "platbase": folder}
        python = Path(sysconfig.get_path("scripts", "venv", inside)) / Path(sys.executable).name
        install = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *requirements]
        if subprocess.run(install).returncode:
            print(f"{', '.join(requirements)}: cannot be installed, so nothing is measured.\n")
            yield None
            return
        beside = Path(sysconfig.get_path("purelib", "venv", inside)) / "beside.pth"
        beside.write_text(sysconfig.get_path("purelib"), encoding="utf-8")
        yield str(python)
