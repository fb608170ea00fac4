"""Freeze a dataset of everything confirmed and write its training file, with validation and test beside it.

Exit 0: written; 1: nothing is confirmed, or a check forbids training on it; 2: not understood.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.common import check_line, positive, run_safely
from services.datasets import service as datasets
from services.datasets.split import SPLITS, Split
from services.db import migrate


def main() -> int:
    """Build, write three files, report one line each."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--output", required=True, type=Path, metavar="FILE", help="training file to write"
    )
    arguments.add_argument("--limit", type=positive, help="at most so many passages")
    arguments.add_argument("--seed", type=int, default=datasets.SEED, help="seed of the split by act")
    arguments.add_argument("--name", default="Command line", help="name of the dataset")
    options = arguments.parse_args()
    migrate.upgrade()
    dataset = datasets.build(options.name, options.limit, options.seed)
    again = " (the same rows were already frozen)" if dataset.reused else ""
    print(f"dataset {dataset.id}: {dataset.name}, version {dataset.number}{again}")
    for split in SPLITS:
        counts = dataset.splits[split]
        if counts.passages:
            path = _beside(options.output, split)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(datasets.jsonl(dataset.id, split))
            print(f"{path}: {counts.passages} rows of {counts.acts} acts, {counts.tokens} tokens")
    for check in dataset.checks:
        if check.level != "pass":
            print(check_line(check), file=sys.stderr)
    return int(bool(dataset.blocked))


def _beside(output: Path, split: Split) -> Path:
    return output if split == "train" else output.with_suffix(f".{split}{output.suffix or '.jsonl'}")


if __name__ == "__main__":
    sys.exit(run_safely(main))
