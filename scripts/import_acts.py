"""Import acts from files, folders and archives, or by number from the Rada's open data.

`scripts/import_acts.py PATH…` takes .txt, .html, .docx, .odt, .rtf, .pdf, archives of these (.zip) and tables
(.csv, .xlsx, .jsonl, with --text-column); `--nreg N…` takes identifiers, printed numbers and links.
Exit 0: everything is stored or was there already; 1: some were refused; 2: the command was not understood.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.common import run_safely
from services.acts import importer, samples
from services.acts.importer import FileReport
from services.acts.rada.asking import RadaList
from services.acts.rada.client import Client
from services.acts.rada.lists import several
from services.acts.sources import ENCODINGS, ENDINGS, Columns
from services.db import migrate


def main() -> int:
    """Parse the command line, store file by file, report each and the whole."""
    options = _options()
    migrate.upgrade()
    if options.samples:
        loaded = samples.load()
        print(
            f"samples: {loaded.acts} acts, {loaded.passages} confirmed passages, {loaded.elements} elements"
        )
    counts: Counter[str] = Counter()
    for report in _reports(options):
        counts[report.outcome] += 1
        print(_told(report), file=sys.stderr if report.outcome == "refused" else sys.stdout, flush=True)
    print(
        ", ".join(f"{number} {outcome.replace('_', ' ')}" for outcome, number in counts.items()) or "no files"
    )
    return int(bool(counts["refused"]))


def _options() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files, or folders of them")
    arguments.add_argument("--nreg", nargs="+", default=[], metavar="N", help="numbers or links of the Rada")
    arguments.add_argument("--samples", action="store_true", help="load the sample pack too")
    arguments.add_argument("--encoding", choices=ENCODINGS, help="of plain text, pages and tables")
    arguments.add_argument(
        "--text-column", default="", metavar="NAME", help="column of a table with the texts"
    )
    arguments.add_argument("--title-column", default="", metavar="NAME", help="column with the titles")
    arguments.add_argument("--number-column", default="", metavar="NAME", help="column with the numbers")
    options = arguments.parse_args()
    if not (options.paths or options.nreg or options.samples):
        arguments.error("give at least one PATH, --nreg N or --samples")
    missing = [path for path in options.paths if not path.exists()]
    if missing:
        arguments.error(f"no such file or folder: {', '.join(map(str, missing))}")
    return options


def _reports(options: argparse.Namespace) -> Iterator[FileReport]:
    columns = Columns(options.text_column, options.title_column, options.number_column)
    yield from importer.import_paths(
        _files(options.paths), encoding=options.encoding, columns=columns if columns.text else None
    )
    if options.nreg:
        with Client() as client:
            yield from map(RadaList(client).bring, several("\n".join(options.nreg)))


def _files(paths: list[Path]) -> Iterator[Path]:
    """Files as they were named; of folders, those whose ending says that they may be acts."""
    endings = {f".{ending}" for ending in ENDINGS}
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in endings and p.is_file())
        else:
            yield path


def _told(report: FileReport) -> str:
    if report.outcome == "refused":
        facts = ", ".join(f"{name} {value}" for name, value in report.data.items())
        return f"{report.name}: refused ({report.code}{': ' + facts if facts else ''})"
    source = ", ".join(filter(None, (report.kind, report.encoding)))
    outcome = f"{report.outcome.replace('_', ' ')} as act {report.act_id}"
    return f"{report.name}: {outcome}{f' ({source})' if source else ''}: {report.title}"


if __name__ == "__main__":
    sys.exit(run_safely(main))
