"""Passages of the sample acts: nothing twice, nothing lost, no number without its norm; what they cost."""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import report
from services.acts import references
from services.acts.structure import parse
from services.datasets.tokens import count
from services.extraction.chunking import Passage, split

ACTS = Path(__file__).parent.parent / "samples" / "acts"
MAX_TOKENS = 1200
ORPHAN = re.compile(r"(?:^|\n|[.;:]\s+)\s*(?:\d{1,3}(?:-\d+)?[.)]|[а-яіїєґ]\)|Стаття\s+\d+(?:-\d+)?\.?)\s*$")
NORM = re.compile(r"(має право|зобов.язан|повинен|повинні|забороняється|не допускається|карається)")


@dataclass
class Tally:
    """Counts over all acts; `seconds` of CPU by step."""

    characters: int = 0
    passages: int = 0
    orphans: int = 0
    overlapping: int = 0
    moved: int = 0
    too_long: int = 0
    with_note: int = 0
    lost: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, text: str) -> None:
        count("")  # the vocabulary is loaded once, outside the measurement
        self._time("structure", parse, text)
        self._time("references", references.find, text)
        began = time.process_time()
        passages = split(text, MAX_TOKENS)
        self.seconds["passages"] = self.seconds.get("passages", 0.0) + time.process_time() - began
        self.characters += len(text)
        self.passages += len(passages)
        self._check(text, passages)

    def _time(self, name: str, step: object, text: str) -> None:
        began = time.process_time()
        if callable(step):
            step(text)
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - began

    def _check(self, text: str, passages: list[Passage]) -> None:
        end = 0
        covered = bytearray(len(text))
        for passage in passages:
            self.overlapping += max(0, end - passage.start)
            end = passage.end
            covered[passage.start : passage.end] = b"\1" * (passage.end - passage.start)
            self.orphans += bool(ORPHAN.search(text[passage.start : passage.end].rstrip()))
            self.moved += passage.text != "".join(text[a:b] for a, b in passage.kept)
            self.too_long += count(passage.text) > MAX_TOKENS
            self.with_note += "{" in passage.text
        for line in re.finditer(r"[^\n{}]+", re.sub(r"\{[^{}]*\}", lambda note: "{" * len(note[0]), text)):
            if NORM.search(line[0]):
                gaps = covered[line.start() : line.end()]
                self.lost += sum(char.isalpha() and not gaps[at] for at, char in enumerate(line[0]))


def main() -> None:
    """Measure over the sample acts and write the section."""
    tally = Tally()
    for file in sorted(ACTS.glob("*.txt")):
        tally.add(file.read_text(encoding="utf-8"))
    rows = [
        ["passages", str(tally.passages)],
        ["that end in a number without its norm", str(tally.orphans)],
        ["characters in two passages", str(tally.overlapping)],
        ["whose text is not the act's own", str(tally.moved)],
        [f"of more than {MAX_TOKENS} tokens", str(tally.too_long)],
        ["with an editorial note in the text", str(tally.with_note)],
        ["letters of lines with norms in no passage", f"{tally.lost} of {tally.characters}"],
    ]
    speed = [[name, f"{tally.characters / seconds / 1e6:.1f}"] for name, seconds in tally.seconds.items()]
    body = f"{report.table(['', '44 sample acts'], rows)}\n\n"
    body += report.table(["step", "million characters a second of CPU"], speed)
    report.write("passages", "Passages, and the speed of structure, references and passages", body)


if __name__ == "__main__":
    main()
