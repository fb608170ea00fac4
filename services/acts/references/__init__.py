"""References of an act to its own units and to other acts."""

from services.acts.references.finder import find
from services.acts.references.links import Link, links
from services.acts.references.model import Reference
from services.acts.references.resolver import Resolver, resolve
from services.acts.references.targets import identify, known_titles

__all__ = ["Link", "Reference", "Resolver", "find", "identify", "known_titles", "links", "resolve"]
