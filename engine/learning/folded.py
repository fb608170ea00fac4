"""Sequence models trained on parts of the passages, to see what each does on passages it never saw."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from engine.elements import Span
from engine.learning import crf
from engine.learning.figures import Figures, mean, measure, untrained
from engine.learning.labels import decode, encode
from engine.learning.passages import Passage

FOLD_ITERATIONS = 40


def out_of_fold(
    passages: Sequence[Passage], parts: Sequence[Sequence[int]], kind: str
) -> tuple[list[list[Span]], Figures]:
    """Spans of every passage by a model that was trained without its part, and the figures on those parts."""
    spans: list[list[Span]] = [[] for _ in passages]
    figures: list[Figures] = []
    with tempfile.TemporaryDirectory() as folder:
        for number, part in enumerate(parts):
            inside = set(part)
            rest = [p for i, p in enumerate(passages) if i not in inside]
            held_out = [passages[index] for index in part]
            if not any(p.tokens for p in rest):
                figures.append(untrained(held_out, kind))
                continue
            model = _fit(rest, kind, Path(folder) / str(number))
            figures.append(measure(model, held_out, kind))
            for index in part:
                document = passages[index].document
                spans[index] = (
                    decode(document, model.labels(passages[index].rows), kind) if document.tokens else []
                )
    return spans, mean(figures)


def _fit(passages: Sequence[Passage], kind: str, path: Path) -> crf.CrfModel:
    labels = [encode(p.document, p.gold_of(kind)) for p in passages]
    crf.fit([p.rows for p in passages], labels, path, FOLD_ITERATIONS, lambda _iteration, _loss: None)
    return crf.CrfModel(path)
