"""A fine-tuned model on disk and in use: which source speaks for which type, and the learned models."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engine.elements import Element, JsonValue, Span
from engine.learning.actors import ActorModel
from engine.learning.crf import CrfModel, features_of
from engine.learning.features import token_features
from engine.learning.habits import with_habits
from engine.learning.labels import decode
from engine.learning.span_filter import FilterModel
from engine.nlp.document import Document, read
from engine.nlp.rules.all import find_spans
from engine.tagging import elements_of

FORMAT = 4
MODEL_FILE = "model.json"
RULES, CRF, SCORER, FILTER = "rules", "crf", "scorer", "filter"


class ModelError(Exception):
    """The folder holds no complete fine-tuned model of this format."""


@dataclass(frozen=True)
class Parts:
    """What a model consists of: the source of every type it knows, and the learned models by type.

    A type without a source is never marked. Files are the sequence models', by type, within the folder.
    """

    sources: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)
    actors: ActorModel | None = None
    filters: Mapping[str, FilterModel] = field(default_factory=dict)
    habits: Mapping[str, Mapping[str, JsonValue]] = field(default_factory=dict)


def save(folder: Path, parts: Parts, summary: Mapping[str, JsonValue]) -> None:
    """Write the index of a model whose sequence models are in place; a folder without it does not load."""
    index: dict[str, JsonValue] = {
        "format": FORMAT,
        "sources": dict(parts.sources),
        "files": dict(parts.files),
        "actors": parts.actors.to_json() if parts.actors else None,
        "filters": {name: model.to_json() for name, model in parts.filters.items()},
        "habits": {name: dict(values) for name, values in parts.habits.items()},
        "summary": dict(summary),
    }
    partial = folder / (MODEL_FILE + ".partial")
    partial.write_text(json.dumps(index, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    partial.replace(folder / MODEL_FILE)


def load(folder: Path) -> "FineTunedTagger":
    """Open a model; `ModelError` when it is missing, half-written or of another format."""
    try:
        index = json.loads((folder / MODEL_FILE).read_text(encoding="utf-8"))
        if index["format"] != FORMAT:
            raise ModelError(f"format {index['format']}")
        parts = Parts(
            sources=dict(index["sources"]),
            files=dict(index["files"]),
            actors=ActorModel.from_json(index["actors"]) if index["actors"] else None,
            filters={name: FilterModel.from_json(data) for name, data in index["filters"].items()},
            habits=dict(index["habits"]),
        )
        crfs = {name: CrfModel(folder / file) for name, file in parts.files.items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(str(folder)) from error
    return FineTunedTagger(parts, crfs)


class FineTunedTagger:
    """Rules for some types, learned models for others."""

    def __init__(self, parts: Parts, crfs: Mapping[str, CrfModel]) -> None:
        self._parts = parts
        self._crfs = crfs

    def tag(self, text: str, context: str = "") -> list[Element]:
        """Elements of a passage in reading order."""
        document = read(text, context)
        elements = elements_of(document, self.spans(document))
        for element in elements:
            element["attributes"] = with_habits(element["type"], element["attributes"], self._parts.habits)
        return elements

    def spans(self, document: Document) -> list[Span]:
        """Spans of a passage already read."""
        if not document.tokens:
            return []
        rules = find_spans(document)
        rows = features_of(token_features(document, rules)) if self._crfs else None
        found: list[Span] = []
        for kind, source in self._parts.sources.items():
            found.extend(self._of_kind(kind, source, document, rules, rows))
        return found

    def _of_kind(
        self, kind: str, source: str, document: Document, rules: list[Span], rows: object
    ) -> list[Span]:
        if source == RULES:
            return [span for span in rules if span.type == kind]
        if source == SCORER and self._parts.actors:
            return self._parts.actors.spans(document, rules)
        proposed = decode(document, self._crfs[kind].labels(rows), kind)
        if source == FILTER:
            return self._parts.filters[kind].spans(document, rules, proposed, kind)
        return proposed
