"""Fine-tuning: a model learned from passages and the elements somebody marked in them.

A sequence model is trained for every type the rules do not know, and for those with examples enough
where learning pays or the rules disagree with the teacher. On inner folds it is compared with the rules
and with a scorer, and the best of them speaks for the type. Other types stay with the rules; types the
teacher never marks are left out.
"""

from collections.abc import Callable
from pathlib import Path

from engine.elements import JsonValue
from engine.learning import actors, crf
from engine.learning.figures import measure
from engine.learning.folded import out_of_fold
from engine.learning.habits import habits
from engine.learning.labels import encode
from engine.learning.model import CRF, FILTER, RULES, SCORER, Parts, save
from engine.learning.passages import Example, folds, prepare
from engine.learning.progress import Curve, Progress
from engine.learning.selection import Choice, choose, marked_types, to_learn
from engine.learning.span_filter import FilterModel, fit_filter

__all__ = ["Example", "Progress", "train"]

ITERATIONS_PER_EPOCH = 20
DEFAULT_EPOCHS = 3
INNER_FOLDS = 3


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

    `report` is called as figures come; validation figures are those of `validation` or, without one, of
    inner parts the models did not see. `checkpoint(step)` is asked at the end of every epoch but the
    last and may name a folder for a usable model of that step. The same examples, seed and epochs give
    the same model.
    """
    run = _Run(examples, validation, folder, seed, epochs or DEFAULT_EPOCHS, report, checkpoint)
    return run.run()


class _Run:
    """One training, type after type."""

    def __init__(
        self,
        examples: list[Example],
        validation: list[Example],
        folder: Path,
        seed: int,
        epochs: int,
        report: Callable[[Progress], None],
        checkpoint: Callable[[int], Path | None],
    ) -> None:
        self._passages = passages = prepare(examples)
        self._held_out = prepare(validation)
        self._habits = habits(examples)
        self._folder = folder
        self._seed = seed
        self._epochs = epochs
        self._checkpoint = checkpoint
        self._sources = dict.fromkeys(marked_types(passages), RULES)
        self._learned = to_learn(passages)
        self._parts = folds(passages, INNER_FOLDS, seed)
        self._curve = Curve(self._learned, passages, ITERATIONS_PER_EPOCH * epochs, epochs, report)
        self._files: dict[str, str] = {}
        self._filters: dict[str, FilterModel] = {}
        self._actors: actors.ActorModel | None = None
        self._choices: dict[str, Choice] = {}
        self._saved_epochs = 0

    def run(self) -> dict[str, JsonValue]:
        """Train all types, save, and summarise."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for number, kind in enumerate(self._learned):
            self._learn(kind, f"crf-{number}.model")
        summary = self._summary()
        used = {kind: file for kind, file in self._files.items() if self._sources[kind] in (CRF, FILTER)}
        for kind in self._files.keys() - used.keys():
            (self._folder / self._files[kind]).unlink()
        self._files = used
        save(self._folder, self._model(), summary)
        return summary

    def _learn(self, kind: str, file: str) -> None:
        self._curve.note(f"{kind}: inner folds")
        proposed, unseen = out_of_fold(self._passages, self._parts, kind)
        choice = choose(kind, self._passages, self._parts, proposed, self._seed)
        model = self._fit(kind, self._folder / file)
        self._files[kind], self._choices[kind], self._sources[kind] = file, choice, choice.source
        if choice.source == SCORER:
            self._actors = actors.fit_actors(self._passages, choice.threshold, self._seed)
        elif choice.source == FILTER:
            self._filters[kind] = fit_filter(self._passages, proposed, kind, choice.threshold)
        valid = measure(model, self._held_out, kind) if self._held_out else unseen
        self._offer_checkpoint(self._curve.finished(kind, measure(model, self._passages, kind), valid))

    def _fit(self, kind: str, path: Path) -> crf.CrfModel:
        labels = [encode(p.document, p.gold_of(kind)) for p in self._passages]
        tokens = max(sum(p.tokens for p in self._passages), 1)
        crf.fit(
            [p.rows for p in self._passages],
            labels,
            path,
            ITERATIONS_PER_EPOCH * self._epochs,
            lambda number, loss: self._curve.iteration(kind, number, loss / tokens),
        )
        return crf.CrfModel(path)

    def _offer_checkpoint(self, step: int) -> None:
        epoch = step * self._epochs // self._curve.total
        if epoch <= self._saved_epochs or step >= self._curve.total:
            return
        self._saved_epochs = epoch
        folder = self._checkpoint(step)
        if folder is None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        for file in self._files.values():
            (folder / file).write_bytes((self._folder / file).read_bytes())
        save(folder, self._model(), self._summary())

    def _model(self) -> Parts:
        return Parts(dict(self._sources), dict(self._files), self._actors, dict(self._filters), self._habits)

    def _summary(self) -> dict[str, JsonValue]:
        tokens = sum(p.tokens for p in self._passages)
        inner: dict[str, JsonValue] = {
            kind: {source: round(value, 4) for source, value in choice.inner.items()}
            for kind, choice in self._choices.items()
        }
        return {
            "sources": dict(self._sources),
            "inner_f1": inner,
            "examples": len(self._passages),
            "validation_examples": len(self._held_out),
            "elements": sum(len(p.gold) for p in self._passages),
            "tokens": tokens,
            "trained_tokens": tokens * self._epochs,
            "epochs": self._epochs,
            "seed": self._seed,
        }
