"""Linear-chain conditional random fields (python-crfsuite): training that reports, and tagging."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pycrfsuite

C1, C2 = 0.1, 0.1
CHANCE = math.log(3)
"""Loss per token of a model that knows nothing of the three labels."""
_LEAST_PROBABILITY = 1e-300


class _ReportingTrainer(pycrfsuite.Trainer):  # type: ignore[misc]
    """Hands every L-BFGS iteration's objective to a callback instead of printing it."""

    def __init__(self, on_loss: Callable[[int, float], None], params: dict[str, Any]) -> None:
        # Only a verbose trainer tells its iterations; what else it would print is silenced below.
        super().__init__(algorithm="lbfgs", params=params, verbose=True)
        self._on_loss = on_loss

    def on_iteration(self, log: str, info: dict[str, Any]) -> None:  # noqa: ARG002 - the library's signature
        self._on_loss(int(info["num"]), float(info["loss"]))

    def _silent(self, *_: object) -> None:
        """Say nothing."""

    on_start = on_featgen_progress = on_featgen_end = on_prepared = on_prepare_error = _silent
    on_optimization_end = on_end = _silent


def features_of(rows: list[list[str]]) -> Any:
    """Rows of token features in the library's own form, made once for all models."""
    return pycrfsuite.ItemSequence(rows)


def fit(
    rows: Sequence[Any],
    labels: Sequence[list[str]],
    path: Path,
    iterations: int,
    on_loss: Callable[[int, float], None],
) -> None:
    """Train on passages of tokens and save the model at `path`; `on_loss(iteration, objective)` as it goes.

    The objective is the negative log-likelihood of all passages in nats plus the penalties on the weights.
    """
    params = {"c1": C1, "c2": C2, "max_iterations": iterations, "feature.possible_transitions": True}
    trainer = _ReportingTrainer(on_loss, params)
    for row, label in zip(rows, labels, strict=True):
        if label:
            trainer.append(row, label)
    trainer.train(str(path))


class CrfModel:
    """A trained model opened for tagging."""

    def __init__(self, path: Path) -> None:
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(str(path))
        self._known = frozenset(self._tagger.labels())

    def labels(self, rows: Any) -> list[str]:
        """The best labels of a passage."""
        return list(self._tagger.tag(rows))

    def loss(self, rows: Any, labels: list[str]) -> float:
        """Negative log-likelihood of the labels in nats; labels never seen in training cost chance."""
        if not labels:
            return 0.0
        if not set(labels) <= self._known:
            return len(labels) * CHANCE
        self._tagger.set(rows)
        return -math.log(max(self._tagger.probability(labels), _LEAST_PROBABILITY))
