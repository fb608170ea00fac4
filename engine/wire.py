"""What every part of the wire format shares: identifiers, clock, pages."""

import secrets
import string
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from engine.elements import JsonValue

JsonObject: TypeAlias = dict[str, JsonValue]
Item = TypeVar("Item")

_ALPHABET = string.ascii_letters + string.digits


def new_id(prefix: str, length: int = 24) -> str:
    """An identifier as the provider's own: a prefix and random letters and digits."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(length))


def now() -> int:
    """Whole seconds since 1970, UTC, as all times of the wire format."""
    return int(time.time())


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A slice of a listing and whether more follows it."""

    items: Sequence[Item]
    has_more: bool

    @classmethod
    def cut(cls, rows: Sequence[Item], limit: int) -> "Page[Item]":
        """From rows asked for with one more than the limit."""
        return cls(rows[:limit], len(rows) > limit)

    def to_wire(self, write: Callable[[Item], JsonObject]) -> JsonObject:
        """The provider's list object."""
        data: list[JsonValue] = [write(item) for item in self.items]
        ids: list[JsonValue] = [entry["id"] for entry in data if isinstance(entry, dict)]
        return {
            "object": "list",
            "data": data,
            "first_id": ids[0] if ids else None,
            "last_id": ids[-1] if ids else None,
            "has_more": self.has_more,
        }
