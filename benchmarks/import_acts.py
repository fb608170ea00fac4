"""How long the sample acts take to become acts, and how well lost numbers and printed lines come back."""

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import report

RUNS = 5


def main() -> None:
    """Measure in processes of their own data and write the section."""
    rows = []
    for code in ("measure()", "recovery()"):
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {
                "DATA_DIR": folder,
                "NORMA_ENV_FILE": f"{folder}/.env",
                "DATABASE_URL": "",
            }
            answer = subprocess.run(
                [sys.executable, "-c", f"from benchmarks.import_acts import *; {code}"],
                env=environment,
                check=True,
                capture_output=True,
                text=True,
            )
        rows += [line.split("\t") for line in answer.stdout.splitlines() if "\t" in line]
    report.write("import_acts", "Import", report.table(["what", "figure"], rows))


def measure() -> None:
    """Import the sample acts into an empty database, `RUNS` times; then again, all known; then a PDF."""
    from services.acts import importer, samples
    from services.db import SessionLocal, migrate
    from services.db.models import LegalAct

    paths = sorted((samples.FOLDER / "acts").glob("*.txt"))
    size = sum(path.stat().st_size for path in paths) / 1e6
    migrate.upgrade()
    first, again = [], []
    for _ in range(RUNS):
        with SessionLocal.begin() as session:
            for act in session.query(LegalAct):
                session.delete(act)
        for times in (first, again):
            began = time.perf_counter()
            outcomes = {found.outcome for found in importer.import_paths(paths)}
            times.append(time.perf_counter() - began)
            assert outcomes == ({"imported"} if times is first else {"already_there"})
    _say(f"{len(paths)} acts of {size:.1f} MB imported from text, best of {RUNS} (worst)", first)
    _say("the same files again, all known", again)
    _pdf()


def _pdf() -> None:
    from services.acts.sources.pdf import read_pdf

    path = Path(__file__).parent.parent / "tests" / "data" / "printed-448-2022.pdf"
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        read_pdf(path)
        times.append(time.perf_counter() - began)
    _say("a printed decree read back from PDF", times)


def recovery() -> None:
    """Article numbers of the sample acts flattened as plain text has them: whole acts, then random parts."""
    from services.acts import samples
    from services.acts.article_numbers import Number, likeliest

    acts = []
    for path in sorted((samples.FOLDER / "acts").glob("*.txt")):
        found = re.findall(
            r"^[СC]таття (\d+)(?:-(\d+))?(?:-(\d+))?(?=\.|$| )",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
        acts.append([Number(*(int(part or 0) for part in parts)) for parts in found])
    chance = random.Random(11)
    parts = []
    for act in acts:
        for _ in range(40 if len(act) >= 30 else 0):
            start = chance.randrange(len(act) - 20)
            window = act[start : start + chance.randrange(20, 200)]
            parts.append([number for number in window if chance.random() > 0.05])
    for what, sequences in (
        ("whole acts", [act for act in acts if act]),
        ("random parts of 20 to 200 headings, one heading in twenty left out", parts),
    ):
        pairs = [
            pair
            for sequence in sequences
            for pair in zip(sequence, likeliest([(str(n).replace("-", ""),) for n in sequence]), strict=True)
        ]
        lost = [(meant, got) for meant, got in pairs if meant.sub]
        right, found_again = (sum(a == b for a, b in some) / len(some) for some in (pairs, lost))
        print(
            f"article numbers recovered, {what}: {len(pairs):,} headings, all / with an index\t"
            f"{right:.2%} / {found_again:.2%}"
        )


def _say(what: str, times: list[float]) -> None:
    print(f"{what}\t{min(times):.2f} s ({max(times):.2f} s)")


if __name__ == "__main__":
    main()
