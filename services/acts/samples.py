"""The sample pack: real acts, and passages of them whose elements are confirmed already."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 (beside columns named date)
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.acts import elements, records, structure
from services.acts.addresses import Addresses
from services.config import ROOT
from services.db import SessionLocal
from services.db.models import Element, GoldPassage, LegalAct
from services.db.types import now

FOLDER = ROOT / "samples"
ORIGIN = "sample"


@dataclass(frozen=True)
class SampleReport:
    """What loading changed: acts that are new, acts brought back, passages and elements that are new."""

    acts: int
    restored: int
    passages: int
    elements: int

    @property
    def changed(self) -> bool:
        """False when everything was there already."""
        return any((self.acts, self.restored, self.passages, self.elements))


def load() -> SampleReport:
    """Load the sample pack, in one transaction. Loading it again adds nothing and changes no decision.

    Acts that were imported from files already get their confirmed passages; deleted ones are restored.
    """
    try:
        return _load()
    except IntegrityError:
        # Somebody loaded it in the same moment: now everything is found.
        return _load()


def loaded() -> bool:
    """Whether the pack was loaded before."""
    with SessionLocal.reading() as session:
        query = sa.select(GoldPassage.id).where(GoldPassage.origin == ORIGIN).limit(1)
        return session.scalar(query) is not None


def _load() -> SampleReport:
    passages = _passages_by_act()
    acts = restored = stored_passages = stored_elements = 0
    with SessionLocal.begin() as session:
        # The list shows the newest act first: the pack's own order is kept by adding it backwards.
        for row in reversed(list(_manifest())):
            act, is_new = _act(session, row)
            acts += is_new
            restored += act.deleted_at is not None
            act.deleted_at = None
            new = _new_passages(session, act.id, passages.get(row["id"], ()))
            stored_passages += len(new)
            stored_elements += _add_elements(session, act, new)
    return SampleReport(acts, restored, stored_passages, stored_elements)


def _manifest() -> Iterator[dict[str, str]]:
    with (FOLDER / "manifest.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _passages_by_act() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    with (FOLDER / "gold_passages.jsonl").open(encoding="utf-8") as file:
        for line in file:
            passage = json.loads(line)
            found.setdefault(passage["act"], []).append(passage)
    return found


def _act(session: Session, row: dict[str, str]) -> tuple[LegalAct, bool]:
    text = (FOLDER / "acts" / f"{row['id']}.txt").read_text(encoding="utf-8")
    facts: records.Facts = {
        "number": row["nreg"],
        "act_type": row["type"],
        "date": Day.fromisoformat(row["date"]) if row["date"] else None,
        "body": row["body"],
        "edition": row["edition"],
        "origin": ORIGIN,
        "source": row["url"],
        "licence": row["licence"],
    }
    act = records.find(session, records.text_hash(text))
    if act is None:
        return records.add(session, text, row["title"], **facts), True
    if act.number is None:
        # Imported before from a file that does not say what it is.
        records.describe(act, row["title"], **facts)
    return act, False


def _new_passages(session: Session, act_id: int, passages: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    statement = sa.select(GoldPassage.start, GoldPassage.end).where(GoldPassage.act_id == act_id)
    there = {(start, end) for start, end in session.execute(statement)}
    new = [passage for passage in passages if (passage["start"], passage["end"]) not in there]
    for passage in new:
        span = {"start": passage["start"], "end": passage["end"], "place": passage["place"]}
        session.add(GoldPassage(act_id=act_id, origin=ORIGIN, **span))
    return new


def _add_elements(session: Session, act: LegalAct, passages: list[dict[str, Any]]) -> int:
    """Add what the passages hold; what a model had suggested in the very same place becomes confirmed."""
    if not passages:
        return 0
    there = {
        (element.type, element.start, element.end): element
        for element in session.scalars(sa.select(Element).where(Element.act_id == act.id))
    }
    addresses = Addresses(structure.parse(act.text))
    rows = []
    for passage in passages:
        for item in passage["elements"]:
            row = _element(act.id, passage["start"], item, addresses)
            known = there.get((row["type"], row["start"], row["end"]))
            if known is None:
                rows.append(row)
            elif known.status == "suggested":
                known.status, known.decided_at = "gold", row["decided_at"]
    if rows:
        session.execute(sa.insert(Element), rows)
    return len(rows)


def _element(act_id: int, offset: int, item: dict[str, Any], addresses: Addresses) -> dict[str, Any]:
    address = addresses.of(offset + item["start"])
    return {
        "act_id": act_id,
        "type": item["type"],
        "start": offset + item["start"],
        "end": offset + item["end"],
        "quote": item["quote"],
        "attributes": item["attributes"],
        "address": address,
        "search": elements.search_key(item["quote"], address),
        "status": "gold",
        "origin": ORIGIN,
        "decided_at": now(),
    }
