"""How much of the gold passages the embedded engine finds: the base model (rules) and fine-tuned ones.

Micro F1 over (type, span): exact, and with an overlap (IoU) of at least one half. Five folds by act over the
170 passages of the sample pack; and eight acts whose passages were not read when the rules were written, by a
model fine-tuned on the other 36: the figure to expect on a new act.
"""

import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import report
from engine.elements import Element, JsonValue, Span, place
from engine.learning.train import Example, train
from engine.tagging import Tagger, base_tagger, load_tagger

GOLD = Path(__file__).parent.parent / "samples" / "gold_passages.jsonl"
UNREAD_ACTS = ("922-19", "2341-14", "322-08", "3353-12", "1296-15", "5464-10", "194-14", "2114-20")
FOLDS, SEED = 5, 7
HALF = 0.5
FLATTERED = (
    "Passages of 36 of the 44 acts were read when the rules were written: this table flatters the rules."
)
HEAD = ["type", "elements", "base, exact", "base, IoU ≥ 0.5", "fine-tuned, exact", "fine-tuned, IoU ≥ 0.5"]

Spans = set[Span]


@dataclass(frozen=True)
class Passage:
    """A gold passage."""

    act: str
    example: Example
    gold: frozenset[Span]


@dataclass
class Result:
    """What was in the passages and what each model found there; seconds of training and tagging."""

    gold: list[Spans] = field(default_factory=list)
    base: list[Spans] = field(default_factory=list)
    tuned: list[Spans] = field(default_factory=list)
    training: list[float] = field(default_factory=list)
    tagging: float = 0.0
    characters: int = 0


def load() -> list[Passage]:
    return [_passage(json.loads(line)) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def _passage(row: dict[str, JsonValue]) -> Passage:
    marked = row["elements"]
    assert isinstance(marked, list)
    rows = [element for element in marked if isinstance(element, dict)]
    elements: list[Element] = [
        {"type": str(e["type"]), "quote": str(e["quote"]), "attributes": dict(e["attributes"])}  # type: ignore[arg-type]
        for e in rows
    ]
    gold = frozenset(Span(int(str(e["start"])), int(str(e["end"])), str(e["type"])) for e in rows)
    return Passage(str(row["act"]), Example(str(row["text"]), str(row["act_title"]), elements), gold)


def by_fold(passages: Sequence[Passage]) -> list[tuple[list[Passage], list[Passage]]]:
    """Training and test passages of five folds; passages of one act stay together."""
    acts = sorted({p.act for p in passages})
    random.Random(SEED).shuffle(acts)
    parts = [set(acts[i::FOLDS]) for i in range(FOLDS)]
    return [
        ([p for p in passages if p.act not in part], [p for p in passages if p.act in part]) for part in parts
    ]


def run(splits: Sequence[tuple[list[Passage], list[Passage]]]) -> Result:
    """Fine-tune on the first of each pair, tag the second with both models."""
    result, base = Result(), base_tagger()
    for training, test in splits:
        with tempfile.TemporaryDirectory() as folder:
            begun = time.perf_counter()
            _train([p.example for p in training], Path(folder))
            result.training.append(time.perf_counter() - begun)
            tuned = load_tagger(Path(folder))
        result.gold += [set(p.gold) for p in test]
        result.base += [_found(base, p) for p in test]
        begun = time.perf_counter()
        result.tuned += [_found(tuned, p) for p in test]
        result.tagging += time.perf_counter() - begun
        result.characters += sum(len(p.example.text) for p in test)
    return result


def _train(examples: list[Example], folder: Path) -> None:
    train(examples, [], folder, seed=SEED, epochs=None, report=lambda _: None, checkpoint=lambda _: None)


def _found(tagger: Tagger, passage: Passage) -> Spans:
    elements = tagger.tag(passage.example.text, passage.example.context)
    return {s for s in place([(e["type"], e["quote"]) for e in elements], passage.example.text) if s}


def f1(
    gold: Sequence[Spans], found: Sequence[Spans], same: Callable[[Span, Span], bool], kind: str = ""
) -> float:
    """Micro F1, of one type or of all; a gold span is matched once."""
    counts: Counter[str] = Counter()
    for expected, marked in zip(gold, found, strict=True):
        left = sorted(s for s in expected if kind in ("", s.type))
        counts["total"] += len(left)
        for span in sorted(s for s in marked if kind in ("", s.type)):
            counts["total"] += 1
            match = max((s for s in left if same(s, span)), key=lambda s: overlap(s, span), default=None)
            if match:
                left.remove(match)
                counts["right"] += 1
    return 2 * counts["right"] / counts["total"] if counts["total"] else 0.0


def exact(one: Span, other: Span) -> bool:
    return one == other


def loose(one: Span, other: Span) -> bool:
    return one.type == other.type and overlap(one, other) >= HALF


def overlap(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start))


def rows(result: Result) -> list[list[str]]:
    """A row for all types together and one for each."""
    counts = Counter(span.type for spans in result.gold for span in spans)
    table = []
    for kind in ["", *sorted(counts, key=lambda k: -counts[k])]:
        figures = [
            f1(result.gold, found, same, kind)
            for found in (result.base, result.tuned)
            for same in (exact, loose)
        ]
        number = counts[kind] if kind else sum(counts.values())
        table.append([kind or "all", str(number), *(f"{value:.3f}" for value in figures)])
    return table


def speed(result: Result) -> str:
    slowest, pace = max(result.training), result.characters / result.tagging
    return (
        f"Training took {slowest:.0f} s at most; the fine-tuned model tags {pace:,.0f} characters a second."
    )


def main() -> None:
    """Measure both splits and write their sections."""
    passages = load()
    folded = run(by_fold(passages))
    body = f"{report.table(HEAD, rows(folded))}\n\n{FLATTERED} {speed(folded)}"
    report.write("engine_quality", "Embedded engine: five folds by act", body)
    read = [p for p in passages if p.act not in UNREAD_ACTS]
    unread = [p for p in passages if p.act in UNREAD_ACTS]
    apart = run([(read, unread)])
    title = "Embedded engine: eight acts nobody read when the rules were written"
    report.write("engine_quality_unread", title, report.table(HEAD, rows(apart)))


if __name__ == "__main__":
    main()
