"""The eleven kinds of legal element, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Scalar = str | int | float | None
AttributeValue = Scalar | list[dict[str, Scalar]]
Attributes = dict[str, AttributeValue]

Family = Literal["norm", "part", "structure"]
AttributeKind = Literal["text", "choice", "number", "records"]

VERSION = 1


@dataclass(frozen=True)
class Attribute:
    """One attribute of a type; every attribute may be absent (`None`).

    `choices` belongs to kind `choice`; `fields` to kind `records`, a list of flat objects.
    """

    name: str
    kind: AttributeKind = "text"
    choices: tuple[str, ...] = ()
    fields: tuple["Attribute", ...] = ()


@dataclass(frozen=True)
class ElementType:
    """A kind of element: `family` groups norms, their parts, and what structures a text."""

    code: str
    family: Family
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class Element:
    """An element as a model states it: no offsets, they are computed from the quote."""

    type: str
    quote: str
    attributes: Attributes

    def as_dict(self) -> dict[str, object]:
        """The element as it goes over the wire."""
        return {"type": self.type, "quote": self.quote, "attributes": self.attributes}


_UNITS = ("calendar_day", "working_day", "hour", "month", "year")
_BEARER_AND_ACTION = (Attribute("bearer"), Attribute("action"))
_PENALTY = (Attribute("kind"), Attribute("min", "number"), Attribute("max", "number"), Attribute("unit"))


def _choice(name: str, *choices: str) -> Attribute:
    return Attribute(name, "choice", choices)


TYPES: Mapping[str, ElementType] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            ElementType("OBLIGATION", "norm", _BEARER_AND_ACTION),
            ElementType("RIGHT", "norm", _BEARER_AND_ACTION),
            ElementType("COMPETENCE", "norm", _BEARER_AND_ACTION),
            ElementType("PROHIBITION", "norm", (*_BEARER_AND_ACTION, _choice("form", "norm", "offence"))),
            ElementType("SANCTION", "norm", (Attribute("penalties", "records", fields=_PENALTY),)),
            ElementType("ACTOR", "part", (_choice("role", "bearer", "counterparty", "authority"),)),
            ElementType("CONDITION", "part", (_choice("polarity", "if", "exception"),)),
            ElementType(
                "DEADLINE",
                "part",
                (
                    _choice("kind", "latest", "max", "until", "exact", "min"),
                    Attribute("value", "number"),
                    _choice("unit", *_UNITS),
                    Attribute("from_event"),
                ),
            ),
            ElementType("DEFINITION", "structure", (Attribute("term"), Attribute("meaning"))),
            ElementType(
                "REFERENCE",
                "structure",
                tuple(map(Attribute, ("target_act", "article", "part", "point", "subpoint", "indent"))),
            ),
            ElementType(
                "CHANGE",
                "structure",
                (
                    _choice(
                        "op",
                        "insert",
                        "replace",
                        "restate",
                        "renumber",
                        "delete",
                        "repeal",
                        "approve",
                        "enters_force",
                        "expires",
                    ),
                    Attribute("effective"),
                ),
            ),
        )
    }
)
CODES = tuple(TYPES)
