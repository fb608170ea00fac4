"""The same quotes through LangExtract's aligner, as it comes.

LangExtract is no dependency of the product: it runs in an environment made for it.
"""

import subprocess
from importlib.util import find_spec

from benchmarks import elsewhere, report
from benchmarks.alignment import HEAD, ROWS, SEEDS, Tally, measure
from services.extraction.alignment import Match

WINDOWS = 10


def langextract(quotes: list[str], text: str) -> list[Match | None]:
    """The quotes as LangExtract places them, with its defaults."""
    from langextract.core.data import Extraction
    from langextract.resolver import WordAligner

    asked = [Extraction(extraction_class="element", extraction_text=quote) for quote in quotes]
    (found,) = WordAligner().align_extractions([asked], text)
    spans = [e.char_interval for e in found]
    return [Match(s.start_pos, s.end_pos, "fuzzy") if s else None for s in spans]


def main() -> None:
    """Measure every row on a quarter of the windows, one seed, and write the section."""
    if not find_spec("langextract"):
        with elsewhere.python_with(*elsewhere.LANGEXTRACT) as python:
            if python:
                subprocess.run([python, "-m", "benchmarks.alignment_langextract"], check=True)
        return
    rows = []
    for name, change in ROWS.items():
        tally = Tally()
        measure(change, SEEDS[0], tally, langextract, WINDOWS)
        rows.append(tally.row(name))
    report.write("alignment_langextract", "The same through LangExtract 1.7.1", report.table(HEAD, rows))


if __name__ == "__main__":
    main()
