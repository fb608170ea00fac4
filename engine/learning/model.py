"""A fine-tuned model on disk and in use: which source speaks for which type, and the learned models."""

import json
from dataclasses import dataclass
from pathlib import Path

from engine.elements import Element, JsonValue, Span
from engine.learning.crf import CrfModel, features_of
from engine.learning.features import token_features
from engine.learning.labels import decode
from engine.nlp.document import Document, read
from engine.nlp.rules.all import find_spans
from engine.tagging import elements_of

FORMAT = 1
MODEL_FILE = "model.json"


class ModelError(Exception):
    """The folder holds no complete fine-tuned model of this format."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who finds a type: `rules`, `crf` or `none` (the teacher never marks it)."""

    kind: str
    file: str = ""


def save(folder: Path, sources: dict[str, Source], summary: dict[str, JsonValue]) -> None:
    """Write the index of a model whose files are in place already; a folder without it does not load."""
    index = {
        "format": FORMAT,
        "sources": {name: {"kind": s.kind, "file": s.file} for name, s in sources.items()},
        "summary": summary,
    }
    partial = folder / (MODEL_FILE + ".partial")
    partial.write_text(json.dumps(index, ensure_ascii=False, indent=1), encoding="utf-8")
    partial.replace(folder / MODEL_FILE)


def load(folder: Path) -> "FineTunedTagger":
    """Open a model; `ModelError` when it is missing, half-written or of another format."""
    try:
        index = json.loads((folder / MODEL_FILE).read_text(encoding="utf-8"))
        if index["format"] != FORMAT:
            raise ModelError(f"format {index['format']}")
        sources = {name: Source(s["kind"], s["file"]) for name, s in index["sources"].items()}
        models = {name: CrfModel(folder / s.file) for name, s in sources.items() if s.kind == "crf"}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(str(folder)) from error
    return FineTunedTagger(sources, models)


class FineTunedTagger:
    """Rules for some types, sequence models for others."""

    def __init__(self, sources: dict[str, Source], models: dict[str, CrfModel]) -> None:
        self._sources = sources
        self._models = models

    def tag(self, text: str, context: str = "") -> list[Element]:
        """Elements of a passage in reading order."""
        document = read(text, context)
        return elements_of(document, self.spans(document))

    def spans(self, document: Document) -> list[Span]:
        """Spans of a passage already read."""
        if not document.tokens:
            return []
        by_rule = find_spans(document)
        found = [span for span in by_rule if self._sources.get(span.type, Source("none")).kind == "rules"]
        if self._models:
            rows = features_of(token_features(document, by_rule))
            for name, model in self._models.items():
                found.extend(decode(document, model.labels(rows), name))
        return found
