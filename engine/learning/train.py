"""Fine-tuning: a model learned from passages and the elements somebody marked in them."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.elements import Element, JsonValue, Span, place
from engine.learning import crf
from engine.learning.features import token_features
from engine.learning.labels import encode
from engine.learning.model import Source, save
from engine.nlp.document import Document, read
from engine.nlp.rules.all import RULE_TYPES, find_spans

ITERATIONS_PER_EPOCH = 20
DEFAULT_EPOCHS = 3
LEARNED_TYPES = ("ACTOR", "CONDITION", "REFERENCE")
_CHANCE = math.log(3)


@dataclass(frozen=True)
class Example:
    """One training passage: its text, the context the model is told, and the elements a reply names."""

    text: str
    context: str
    elements: list[Element]


@dataclass(frozen=True)
class Progress:
    """Figures of training as it runs; losses in nats per token, averaged over the learned types.

    `step` counts L-BFGS iterations over all models; an epoch is a fixed number of them. Accuracies are shares
    of tokens with the right label. None where nothing was measured at this step.
    """

    step: int
    total_steps: int
    epoch: float
    train_loss: float
    valid_loss: float | None
    train_mean_token_accuracy: float | None
    valid_mean_token_accuracy: float | None
    message: str


@dataclass(frozen=True)
class _Passage:
    document: Document
    gold: list[Span]
    rules: list[Span]
    rows: Any


def train(
    examples: list[Example],
    validation: list[Example],
    folder: Path,
    *,
    seed: int,
    epochs: int | None,
    report: Callable[[Progress], None],
    checkpoint: Callable[[int], Path | None],
) -> dict[str, JsonValue]:
    """Learn from `examples`, save the model in `folder`, return a summary.

    `report` is called as figures come; `checkpoint(step)` may name a folder for a usable model of that step.
    The same examples, seed and epochs give the same model.
    """
    passages = [_prepare(example) for example in examples]
    held_out = [_prepare(example) for example in validation]
    iterations = ITERATIONS_PER_EPOCH * (epochs or DEFAULT_EPOCHS)
    types = sorted({span.type for p in passages for span in p.gold})
    learned = [name for name in types if name in LEARNED_TYPES or name not in RULE_TYPES]
    folder.mkdir(parents=True, exist_ok=True)
    sources = {name: Source("rules") for name in types if name in RULE_TYPES and name not in learned}
    tokens = sum(len(p.document.tokens) for p in passages)
    losses = {name: _CHANCE for name in learned}
    for number, name in enumerate(learned):
        path = folder / f"crf-{number}.model"

        def on_loss(iteration: int, loss: float, name: str = name, number: int = number) -> None:
            losses[name] = loss / max(tokens, 1)
            step = number * iterations + iteration
            report(_progress(step, iterations * len(learned), iterations, losses, None, None, f"{name}: iteration {iteration}"))

        crf.fit([p.rows for p in passages], [_labels(p, name) for p in passages], path, iterations, on_loss)
        sources[name] = Source("crf", path.name)
    summary: dict[str, JsonValue] = {
        "sources": {name: source.kind for name, source in sources.items()},
        "trained_tokens": tokens * (epochs or DEFAULT_EPOCHS),
        "examples": len(examples),
        "seed": seed,
        "validation_examples": len(held_out),
    }
    save(folder, sources, summary)
    checkpoint(iterations * len(learned))
    return summary


def _prepare(example: Example) -> _Passage:
    document = read(example.text, example.context)
    rules = find_spans(document)
    gold = [span for span in place([(e["type"], e["quote"]) for e in example.elements], example.text) if span]
    return _Passage(document, gold, rules, crf.features_of(token_features(document, rules)))


def _labels(passage: _Passage, name: str) -> list[str]:
    return encode(passage.document, [span for span in passage.gold if span.type == name])


def _progress(
    step: int,
    total: int,
    per_model: int,
    losses: dict[str, float],
    valid_loss: float | None,
    accuracy: float | None,
    message: str,
) -> Progress:
    mean = sum(losses.values()) / max(len(losses), 1)
    epoch = step / max(total, 1) * per_model / ITERATIONS_PER_EPOCH
    return Progress(step, total, epoch, mean, valid_loss, None, accuracy, message)
