"""Make the sample pack anew from a folder of acts: `python scripts/make_sample_pack.py SOURCE`.

SOURCE holds `acts/*.txt`, `acts/manifest.csv` and `gold_passages.jsonl`. The pack holds the same acts as
they are stored after import, so that a reader who imports one of its files is told it is there already,
and the same passages.
"""

import csv
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from services.acts.samples import FOLDER
from services.acts.sources.cleaning import clean

# Four acts came without their headings; these are their titles at zakon.rada.gov.ua.
TITLES = {
    "194-14": "Про функціонування єдиної транспортної системи України в особливий період",
    "2275-19": "Про товариства з обмеженою та додатковою відповідальністю",
    "2480-17": "Про землі енергетики та правовий режим спеціальних зон енергетичних об’єктів",
    "2019-14": "Про внесення змін до Закону України «Про Збройні Сили України»",
}
COLUMNS = [
    "id",
    "nreg",
    "title",
    "type",
    "number",
    "date",
    "body",
    "status",
    "edition",
    "chars",
    "url",
    "source",
    "licence",
]


def main(source: Path) -> int:
    """Write samples/acts, samples/manifest.csv and samples/gold_passages.jsonl; the number of acts."""
    shutil.rmtree(FOLDER / "acts", ignore_errors=True)
    (FOLDER / "acts").mkdir(parents=True)
    with (source / "acts" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = {row["id"]: _copy(source, row["id"]) for row in rows}
    _write_manifest(rows)
    shutil.copyfile(source / "gold_passages.jsonl", FOLDER / "gold_passages.jsonl")
    return len(texts)


def _copy(source: Path, act: str) -> str:
    raw = (source / "acts" / f"{act}.txt").read_text(encoding="utf-8")
    text = clean(raw)
    if text != raw:
        raise SystemExit(f"{act}: cleaning moves offsets; clean the source and mark its passages again")
    (FOLDER / "acts" / f"{act}.txt").write_text(text, encoding="utf-8", newline="\n")
    return text


def _write_manifest(rows: list[dict[str, str]]) -> None:
    with (FOLDER / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "title": TITLES.get(row["id"], row["title"])} for row in rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        raise SystemExit(2)
    print(f"{main(Path(sys.argv[1]))} acts")
