"""What runs in a tagging process: models kept in memory, one passage after another."""

import signal
from functools import lru_cache
from pathlib import Path

from engine.elements import Element
from engine.processes import die_with_parent
from engine.tagging import Tagger, base_tagger, load_tagger

_MODELS_IN_MEMORY = 4


def begin(parent: int) -> None:
    """Set a new process up: it ends with the engine, and only the engine is interrupted from a keyboard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent(parent)


def tag(folder: Path | None, text: str, context: str) -> list[Element]:
    """Elements of a passage by the model in `folder`, or by the base model."""
    return _tagger(folder).tag(text, context)


@lru_cache(maxsize=_MODELS_IN_MEMORY)
def _tagger(folder: Path | None) -> Tagger:
    return load_tagger(folder) if folder else base_tagger()
