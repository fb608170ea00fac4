"""What must hold, and what should, before a model is trained on a dataset."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from services.datasets.duplicates import Pair
from services.datasets.rows import Row
from services.datasets.split import SPLITS
from services.extraction import alignment, schema

Level = Literal["pass", "remark", "block"]

# https://platform.openai.com/docs/guides/supervised-fine-tuning: at least 10 examples, 50 to see a change.
LEAST_EXAMPLES = 10
ADVISED_EXAMPLES = 50
# Below 30 a proportion's normal interval is not to be trusted; the visual language names the same number.
ADVISED_PER_TYPE = 30
# Tokens one training example may hold (same guide, and Azure's, for the gpt-4.1 and gpt-4o families).
LONGEST_EXAMPLE = 65_536
_SHOWN = 50


@dataclass(frozen=True)
class Check:
    """One finding: `code` names it, `data` holds its figures, `level` says whether it stops a launch."""

    code: str
    level: Level
    data: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """As stored with the dataset."""
        return asdict(self)


@dataclass(frozen=True)
class RowFault:
    """What is wrong with one row; `row` counts from 1 within its split's file."""

    split: str
    row: int
    reason: str
    quote: str = ""


def run(rows: Sequence[Row], tokens: Sequence[int], twins: Sequence[Pair], left_out: int = 0) -> list[Check]:
    """All checks of a dataset's rows, in the order they are shown; `tokens` is one figure a row.

    `twins` are the pairs of rows that say the same. An empty `tokens` leaves the length check out (a preview
    does not count tokens).
    """
    found = [
        _examples(rows),
        _overlap(rows, twins, left_out),
        _filled(rows),
        _valid(rows),
        _consistent(rows),
        _types(rows),
    ]
    return [*found, _length(rows, tokens)] if tokens else found


def _examples(rows: Sequence[Row]) -> Check:
    have = sum(row.split == "train" for row in rows)
    level: Level = "block" if have < LEAST_EXAMPLES else "remark" if have < ADVISED_EXAMPLES else "pass"
    return Check("examples", level, {"have": have, "least": LEAST_EXAMPLES, "advised": ADVISED_EXAMPLES})


def _overlap(rows: Sequence[Row], twins: Sequence[Pair], left_out: int) -> Check:
    """Acts and texts on two sides. One that is tested on forbids; one that is only validated on misleads."""
    sides: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.act_label or row.act_id is not None:
            sides[f"{row.act_id}:{row.act_label}"].add(row.split)
    acts = [found for found in sides.values() if len(found) > 1]
    texts = [found for a, b in twins if len(found := {rows[a].split, rows[b].split}) > 1]
    crossing = acts + texts
    level: Level = "block" if any("test" in found for found in crossing) else "remark" if crossing else "pass"
    return Check("split_disjoint", level, {"acts": len(acts), "texts": len(texts), "left_out": left_out})


def _filled(rows: Sequence[Row]) -> Check:
    present = {row.split for row in rows}
    empty = [split for split in SPLITS if split not in present]
    return Check("splits_filled", "remark" if empty else "pass", {"empty": empty})


def _valid(rows: Sequence[Row]) -> Check:
    faults = list(faults_of(rows))
    shown = [asdict(fault) for fault in faults[:_SHOWN]]
    return Check("rows_valid", "block" if faults else "pass", {"faults": len(faults), "rows": shown})


def faults_of(rows: Sequence[Row]) -> Iterator[RowFault]:
    """Every quote must be the text at its place, and be found there again by what reads the model's answers.

    A quote found elsewhere in the passage is no fault: the same words mean the same there.
    """
    for row, number in _numbered(rows):
        if not row.text.strip():
            yield RowFault(row.split, number, "empty_text")
        for element in row.elements:
            if row.text[element["start"] : element["end"]] != element["quote"]:
                yield RowFault(row.split, number, "quote_differs", element["quote"])
        quotes = [element["quote"] for element in row.elements]
        for quote, match in zip(quotes, alignment.locate(quotes, row.text), strict=True):
            if match is None:
                yield RowFault(row.split, number, "quote_not_found", quote)


def _numbered(rows: Sequence[Row]) -> Iterator[tuple[Row, int]]:
    numbers: Counter[str] = Counter()
    for row in rows:
        numbers[row.split] += 1
        yield row, numbers[row.split]


def _consistent(rows: Sequence[Row]) -> Check:
    """The same text taught with different answers teaches nothing."""
    answers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        answers[" ".join(row.text.casefold().split())].add(row.messages[-1]["content"])
    count = sum(len(found) > 1 for found in answers.values())
    return Check("answers_agree", "remark" if count else "pass", {"texts": count})


def _types(rows: Sequence[Row]) -> Check:
    have = type_counts(rows).get("train", {})
    few = {code: have.get(code, 0) for code in schema.CODES if have.get(code, 0) < ADVISED_PER_TYPE}
    data = {"few": dict(sorted(few.items(), key=lambda item: item[1])), "advised": ADVISED_PER_TYPE}
    return Check("types_covered", "remark" if few else "pass", data)


def _length(rows: Sequence[Row], tokens: Sequence[int]) -> Check:
    long = [
        {"split": row.split, "row": number, "tokens": count}
        for (row, number), count in zip(_numbered(rows), tokens, strict=True)
        if count > LONGEST_EXAMPLE
    ]
    data = {"rows": long[:_SHOWN], "count": len(long), "limit": LONGEST_EXAMPLE, "longest": max(tokens)}
    return Check("row_length", "remark" if long else "pass", data)


def type_counts(rows: Sequence[Row]) -> dict[str, dict[str, int]]:
    """Elements of each type by split."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row.split].update(element["type"] for element in row.elements)
    return {split: dict(found) for split, found in counts.items()}


def from_stored(stored: Sequence[Mapping[str, Any]]) -> list[Check]:
    """Checks as they were stored with a dataset."""
    return [Check(item["code"], item["level"], dict(item["data"])) for item in stored]
