"""What every format is read into."""

from dataclasses import asdict, dataclass
from datetime import date as Day  # noqa: N812 (beside a field named date)
from typing import Any


@dataclass(frozen=True)
class Document:
    """A cleaned text, and what its source says of it beside the text; empty or None where it says nothing.

    `kind`: txt, html, docx, odt, rtf, pdf. `encoding` of plain text and HTML. `number` is the Rada's
    identifier, `edition` an ISO date. `marks`: `anchors` {name: offset} and `links` [[start, end, target]]
    with offsets into `text`; a target is an act's identifier, `#name` of an anchor, or both.
    """

    text: str
    kind: str
    encoding: str = ""
    title: str = ""
    number: str = ""
    act_type: str = ""
    date: Day | None = None
    body: str = ""
    edition: str = ""
    marks: dict[str, Any] | None = None


def to_json(document: Document) -> dict[str, Any]:
    """The document as JSON values."""
    return asdict(document) | {"date": document.date.isoformat() if document.date else None}


def from_json(values: dict[str, Any]) -> Document:
    """The document again."""
    day = values["date"]
    return Document(**values | {"date": Day.fromisoformat(day) if day else None})
