"""References of an act to its own units and to other acts."""

from services.acts.references.finder import find
from services.acts.references.model import Reference
from services.acts.references.resolver import Resolver, resolve

__all__ = ["Reference", "Resolver", "find", "resolve"]
