"""Anchors and hyperlinks that the source of an act had, at their places in the stored text."""

from dataclasses import dataclass

import sqlalchemy as sa

from services.db import SessionLocal
from services.db.models import ActText


@dataclass(frozen=True)
class SourceLink:
    """A hyperlink over text[start:end]: to an act by its identifier, to an anchor, or to both.

    An empty `number` means this act; an address elsewhere stands whole in `address`.
    """

    start: int
    end: int
    number: str = ""
    anchor: str = ""
    address: str = ""


@dataclass(frozen=True)
class Marks:
    """`anchors`: name to offset. Both are empty where the source was no page."""

    anchors: dict[str, int]
    links: list[SourceLink]

    def target(self, link: SourceLink) -> int | None:
        """Where a link inside this act leads, or None."""
        return self.anchors.get(link.anchor) if not link.number and not link.address else None


def of_act(act_id: int) -> Marks:
    """The marks of an act; empty ones for an act that has none or is not there."""
    with SessionLocal.reading() as session:
        stored = session.scalar(sa.select(ActText.marks).where(ActText.act_id == act_id)) or {}
    links = [_link(*link) for link in stored.get("links", ())]
    return Marks(dict(stored.get("anchors", {})), links)


def _link(start: int, end: int, target: str) -> SourceLink:
    if target.startswith(("http://", "https://")):
        return SourceLink(start, end, address=target)
    number, _, anchor = target.partition("#")
    return SourceLink(start, end, number, anchor)
