"""How often a quote that a model changed is found at its own place, and what that costs.

Spans of 3 to 14 words (elided: 9 to 16) are taken from windows of 4,000 characters of the sample acts,
changed, and located, 30 at a time in reading order; three seeds. A last row takes quotes from other
acts: none of them should be placed unless the window says the same.
"""

import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import report
from services.extraction.alignment import Match, locate

ACTS = Path(__file__).parent.parent / "samples" / "acts"
WINDOW, SPANS, WINDOWS = 4000, 30, 40
SEEDS = (7, 8, 9)
HEAD = ["quote", "spans", "own span", "wrong place", "not placed", "ms of CPU a span"]

Span = tuple[int, int]
Find = Callable[[list[str], str], list[Match | None]]
Change = Callable[[str, random.Random], str]


@dataclass
class Tally:
    """What became of the quotes of one row; `seconds` for all of them."""

    quotes: int = 0
    right: int = 0
    elsewhere: int = 0
    unplaced: int = 0
    seconds: float = 0.0

    def row(self, name: str) -> list[str]:
        right, wrong = f"{self.right / self.quotes:.2%}", f"{self.elsewhere / self.quotes:.3%}"
        cost = f"{self.seconds / self.quotes * 1e3:.3f}"
        return [name, str(self.quotes), right, wrong, str(self.unplaced), cost]


def look_alikes(text: str, rng: random.Random) -> str:
    latin = {"і": "i", "о": "o", "а": "a", "с": "c"}
    return "".join(latin.get(c, c) if rng.random() < 0.25 else c for c in text)


def other_endings(text: str, rng: random.Random) -> str:
    def change(word: str) -> str:
        changes = len(word) > 5 and word[-1] in "аиуоіеїюя" and rng.random() < 0.35
        return word[:-1] + rng.choice("аиуоі") if changes else word

    return " ".join(map(change, text.split(" ")))


def without_middle(text: str, _: random.Random) -> str:
    words = text.split(" ")
    return " ".join([*words[:3], "…", *words[-3:]]) if len(words) > 8 else text


ROWS: dict[str, Change] = {
    "verbatim": lambda t, _: t,
    "white space": lambda t, _: re.sub(r"\s+", " ", t),
    "apostrophe": lambda t, _: re.sub("['’`]", "ʼ", t),
    "quotes and dashes": lambda t, _: re.sub(r"\s[-–]\s", " — ", re.sub('["“”]', "»", t)),
    "look-alike letters": look_alikes,
    "upper case": lambda t, _: t.upper(),
    "inflected endings (35 % of long words)": other_endings,
    "elided middle": without_middle,
}


def windows() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(ACTS.glob("*.txt"))]
    return [t[i : i + WINDOW] for t in texts for i in range(0, len(t), WINDOW) if len(t) - i > WINDOW // 2]


def spans_of(text: str, least: int, most: int, rng: random.Random) -> list[Span]:
    words = list(re.finditer(r"\S+", text))
    spans = []
    for _ in range(SPANS):
        count = rng.randint(least, most)
        first = rng.randrange(max(1, len(words) - count))
        start, end = words[first].start(), words[min(first + count, len(words)) - 1].end()
        spans.append((start, start + len(text[start:end].rstrip(".,;:"))))
    return sorted(spans)


def same(text: str, span: Span, match: Match) -> bool:
    return text[match.start : match.end].strip(" .,;:") == text[slice(*span)].strip(" .,;:")


def measure(change: Change, seed: int, tally: Tally, find: Find = locate, count: int = WINDOWS) -> None:
    """Add to `tally` what `find` makes of changed quotes of `count` windows."""
    rng = random.Random(seed)
    for text in rng.sample(windows(), count):
        spans = spans_of(text, *((9, 16) if change is without_middle else (3, 14)), rng)
        quotes = [change(text[slice(*span)], rng) for span in spans]
        began = time.process_time()
        found = find(quotes, text)
        tally.seconds += time.process_time() - began
        for span, match in zip(spans, found, strict=True):
            tally.quotes += 1
            if match is None:
                tally.unplaced += 1
            elif same(text, span, match):
                tally.right += 1
            elif match.end <= span[0] or match.start >= span[1]:
                tally.elsewhere += 1


def strangers(seed: int) -> tuple[int, int]:
    """Quotes of one window looked for in another: how many, and how many were placed by likeness."""
    rng = random.Random(seed)
    asked = placed = 0
    for source, text in zip(*[iter(rng.sample(windows(), 2 * WINDOWS))] * 2, strict=True):
        for span in spans_of(source, 3, 14, rng):
            (match,) = locate([source[slice(*span)]], text)
            asked += 1
            placed += match is not None and match.how == "fuzzy"
    return asked, placed


def main() -> None:
    """Measure every row and write the section."""
    rows = []
    for name, change in ROWS.items():
        tally = Tally()
        for seed in SEEDS:
            measure(change, seed, tally)
        rows.append(tally.row(name))
    asked, placed = map(sum, zip(*map(strangers, SEEDS), strict=True))
    note = f"Of {asked} quotes from other acts, {placed} were placed by likeness ({placed / asked:.2%})."
    report.write("alignment", "Quotes found in the text", f"{report.table(HEAD, rows)}\n\n{note}")


if __name__ == "__main__":
    main()
