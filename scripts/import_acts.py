"""Import acts from text files and folders of them, or the samples: `scripts/import_acts.py PATH…`.

Exit 0: every file is stored or was there already; 1: some were refused; 2: the command was not understood.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.common import run_safely
from services.acts import importer, samples
from services.acts.importer import FileReport
from services.db import migrate


def main() -> int:
    """Parse the command line, store file by file, report each and the whole."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help=".txt files, or folders of them"
    )
    arguments.add_argument("--samples", action="store_true", help="load the sample pack too")
    options = arguments.parse_args()
    if not options.paths and not options.samples:
        arguments.error("give at least one PATH, or --samples")
    missing = [path for path in options.paths if not path.exists()]
    if missing:
        arguments.error(f"no such file or folder: {', '.join(map(str, missing))}")
    migrate.upgrade()
    if options.samples:
        report = samples.load()
        print(
            f"samples: {report.acts} acts, {report.passages} confirmed passages, {report.elements} elements"
        )
    counts: dict[str, int] = {}
    for path in _files(options.paths):
        outcome = _import(path)
        counts[outcome] = counts.get(outcome, 0) + 1
    print(
        ", ".join(f"{number} {outcome.replace('_', ' ')}" for outcome, number in counts.items()) or "no files"
    )
    return int(bool(counts.get("refused")))


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob("*.txt")) if path.is_dir() else [path]


def _import(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as problem:
        print(f"{path}: refused ({problem.strerror})", file=sys.stderr)
        return "refused"
    report = importer.import_files([(path.name, data)])[0]
    print(f"{path}: {_told(report)}", file=sys.stderr if report.outcome == "refused" else sys.stdout)
    return report.outcome


def _told(report: FileReport) -> str:
    if report.outcome == "refused":
        facts = ", ".join(f"{name} {value}" for name, value in report.data.items())
        return f"refused ({report.code}{': ' + facts if facts else ''})"
    return f"{report.outcome.replace('_', ' ')} as act {report.act_id}: {report.title}"


if __name__ == "__main__":
    sys.exit(run_safely(main))
