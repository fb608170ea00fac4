"""Structure of an act: books, sections, articles, parts, points, paragraphs."""

from services.acts.structure.parser import parse
from services.acts.structure.units import KINDS, Unit

__all__ = ["KINDS", "Unit", "parse"]
