"""Where a benchmark's figures go: its own section of docs/benchmarks.md, replaced at each run."""

import datetime
import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path

import psutil

FILE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
HEADING = "# Benchmarks\n\nMeasured by the scripts in `benchmarks/`; each section is written by its script.\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(name: str, title: str, body: str) -> None:
    """Replace section `name`, or append it, and print it."""
    memory = round(psutil.virtual_memory().total / 2**30)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {memory} GiB"
    where = f"{datetime.date.today().isoformat()}, Python {platform.python_version()}, {machine}"
    foot = f"*{where}: `python -m benchmarks.{name}`*"
    section = f"<!-- {name} -->\n## {title}\n\n{body}\n\n{foot}\n<!-- /{name} -->"
    old = FILE.read_text(encoding="utf-8") if FILE.exists() else HEADING
    pattern = re.compile(rf"<!-- {name} -->.*?<!-- /{name} -->", re.DOTALL)
    new = pattern.sub(lambda _: section, old) if pattern.search(old) else f"{old.rstrip()}\n\n{section}\n"
    FILE.write_text(new, encoding="utf-8")
    print(f"{title}\n\n{body}\n")
