"""The words an export needs: given by the interface, in its reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from services.acts.elements import ElementView


@dataclass(frozen=True)
class ExportWords:
    """Names of columns in their order, of types and statuses, and how attributes are told in one line."""

    title: str
    columns: tuple[str, str, str, str, str, str, str]
    types: Mapping[str, str]
    statuses: Mapping[str, str]
    attributes: Callable[[str, Mapping[str, Any]], str]

    def row(self, element: ElementView) -> tuple[str, ...]:
        """One element: act, number, address, type, quote, attributes, status."""
        return (
            element.act_title,
            element.act_number,
            element.address,
            self.types.get(element.type, element.type),
            element.quote,
            self.attributes(element.type, element.attributes),
            self.statuses.get(element.status, element.status),
        )
