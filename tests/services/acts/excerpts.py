"""Texts for the tests of structure and references, and a way to read what was made of them."""

from pathlib import Path

from services.acts.structure import Unit, parse

EXCERPTS = Path(__file__).parents[2] / "data" / "acts"
SAMPLES = Path(__file__).parents[3] / "samples" / "acts"


def excerpt(name: str) -> str:
    """The text of an excerpt."""
    return (EXCERPTS / f"{name}.txt").read_text(encoding="utf-8")


def sample(name: str) -> str:
    """The whole text of a sample act."""
    return (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")


def shape(text: str, *skipped: str) -> list[str]:
    """The structure of `text`, one unit a line, indented by depth; the kinds in `skipped` left out."""
    units = [unit for unit in parse(text) if unit.kind not in skipped]
    return ["  " * (len(unit.chain()) - 1) + _line(unit) for unit in units]


def _line(unit: Unit) -> str:
    words = [unit.kind, unit.number, f"«{unit.title}»" if unit.title else ""]
    return " ".join(word for word in words if word)


def unit_at(units: list[Unit], *path: tuple[str, str]) -> Unit:
    """The first unit whose chain ends with `path`, largest first."""
    for unit in units:
        chain = [(step.kind, step.number) for step in unit.chain()]
        if chain[-1] == path[-1] and all(step in chain for step in path):
            return unit
    raise AssertionError(f"no such unit: {path}")
