"""New suggestions meet what is there: a person's decision always wins, and every change is counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.acts import structure
from services.acts.addresses import Addresses
from services.acts.records import search_key
from services.db.models import Element, Extraction, ExtractionPassage, GoldPassage, LegalAct
from services.db.types import now
from services.extraction import prompt
from services.extraction.place import Placed, place
from services.extraction.plan import ActPlan
from services.extraction.present import Old, Present, Spot, spot
from services.extraction.store import padded

_OLD = (
    Element.id,
    Element.act_id,
    Element.type,
    Element.start,
    Element.end,
    Element.quote,
    Element.status,
    Element.attributes,
    Element.version,
)
# The version guards a decision that a person took since the element was read: it stays.
_CHANGE = (
    sa.update(Element)
    .where(Element.id == sa.bindparam("element"), Element.version == sa.bindparam("seen"))
    .values(
        status=sa.bindparam("new_status"),
        attributes=sa.bindparam("new_attributes", type_=Element.attributes.type),
        version=Element.version + 1,
    )
)
_READ = sa.update(LegalAct).where(LegalAct.id == sa.bindparam("act")).values(
    extracted_elements=sa.bindparam("found", type_=LegalAct.extracted_elements.type),
    is_processed=sa.or_(LegalAct.is_processed, sa.bindparam("whole", type_=sa.Boolean())),
)  # fmt: skip


@dataclass
class Finished:
    """An act whose passages are all answered, its elements placed and addressed, ready to be stored."""

    plan: ActPlan
    found: list[Placed]
    addresses: list[str]
    outcomes: dict[int, str] = field(default_factory=dict)
    changes: Counter[str] = field(default_factory=Counter)


def prepare(plan: ActPlan) -> Finished:
    """Place an act's elements; the slow part, done before the database is locked.

    A passage with an answer of which some quote is nowhere in the text is called `quotes_not_found`.
    """
    outcomes = {i: answer.outcome for i, answer in plan.answers.items()} | plan.failures
    found: list[Placed] = []
    for i in sorted(set(plan.answers) - set(plan.failures)):
        placed = place(plan.answers[i].elements, plan.passages[i], plan.text)
        if outcomes[i] == "ok" and any(p.start is None for p in placed):
            outcomes[i] = "quotes_not_found"
        found += placed
    index = Addresses(structure.parse(plan.text)) if found else None
    places = [index.of(p.start) if index and p.start is not None else "" for p in found]
    return Finished(plan, found, places, outcomes)


def merge(session: Session, acts: Sequence[Finished], model: str) -> None:
    """Store the acts' suggestions in the caller's transaction and count what changed in each `changes`.

    `added`, `kept`, `confirmed` (a gold element says the same), `rejected` (a person refused it before),
    `reviewed` (inside a passage a person has gone through), `stale` (an earlier suggestion that did not
    come again), `not_found` (of those added). Nothing where the act is gone meanwhile.
    """
    db = session.connection()
    there = set(
        db.scalars(sa.select(LegalAct.id).where(LegalAct.id.in_(padded([a.plan.act_id for a in acts]))))
    )
    acts = [act for act in acts if act.plan.act_id in there]
    if not acts:
        return
    present = _present(db, there)
    added = [_compare(act, present[act.plan.act_id]) for act in acts]
    made = sa.insert(Extraction).returning(Extraction.id, sort_by_parameter_order=True)
    ids = list(db.scalars(made, [_extraction(act, model) for act in acts]))
    _insert(
        db,
        Element,
        [
            _element(*new, act, i, model)
            for i, act, rows in zip(ids, acts, added, strict=True)
            for new in rows
        ],
    )
    _insert(
        db, ExtractionPassage, [row for i, act in zip(ids, acts, strict=True) for row in _passages(act, i)]
    )
    changed = [old for act_id in there for old in present[act_id].elements if old.changed]
    if changed:
        db.execute(_CHANGE, [_changed(old) for old in changed])
    db.execute(_READ, [_act(act) for act in acts])


def _present(db: sa.Connection, act_ids: set[int]) -> dict[int, Present]:
    old: dict[int, list[Old]] = {act_id: [] for act_id in act_ids}
    reviewed: dict[int, list[tuple[int, int]]] = {act_id: [] for act_id in act_ids}
    for row in db.execute(sa.select(*_OLD).where(Element.act_id.in_(padded(act_ids))).order_by(Element.id)):
        old[row.act_id].append(Old(*row))
    ranges = sa.select(GoldPassage.act_id, GoldPassage.start, GoldPassage.end)
    for act_id, start, end in db.execute(ranges.where(GoldPassage.act_id.in_(padded(act_ids)))):
        reviewed[act_id].append((start, end))
    return {act_id: Present(old[act_id], reviewed[act_id]) for act_id in act_ids}


def _compare(act: Finished, present: Present) -> list[tuple[Placed, str]]:
    """What is new, with its address; what becomes of the rest is counted and noted in `present`."""
    seen: set[Spot] = set()
    added: list[tuple[Placed, str]] = []
    for new, address in zip(act.found, act.addresses, strict=True):
        if spot(new) in seen:
            continue
        seen.add(spot(new))
        outcome = present.outcome(new)
        act.changes[outcome] += 1
        if outcome == "added":
            act.changes["not_found"] += new.start is None
            added.append((new, address))
    ranges = _ranges(act)
    whole = len(ranges) == len(act.plan.passages)
    act.changes["stale"] = present.mark_stale(seen, ranges, whole=whole)
    return added


def _ranges(act: Finished) -> list[tuple[int, int]]:
    """What was read to its end: a reply that could not be used says nothing about earlier suggestions."""
    whole = ("ok", "quotes_not_found")
    return [(p.start, p.end) for i, p in enumerate(act.plan.passages) if act.outcomes[i] in whole]


def _insert(db: sa.Connection, table: type[Element | ExtractionPassage], rows: list[dict[str, Any]]) -> None:
    if rows:
        db.execute(sa.insert(table), rows)


def _extraction(act: Finished, model: str) -> dict[str, Any]:
    plan = act.plan
    return {
        "act_id": plan.act_id,
        "job_id": plan.job_id,
        "model": model,
        "prompt_version": prompt.VERSION,
        "status": "failed" if plan.failures else "completed",
        "passages_total": len(plan.passages),
        "passages_failed": len(plan.failures),
        "outcomes": dict(Counter(act.outcomes.values())),
        "changes": dict(act.changes),
        "created_at": plan.started_at,
        "finished_at": now(),
    }


def _element(new: Placed, address: str, act: Finished, extraction: int, model: str) -> dict[str, Any]:
    return {
        "act_id": act.plan.act_id,
        "extraction_id": extraction,
        "type": new.type,
        "start": new.start,
        "end": new.end,
        "quote": new.quote,
        "attributes": new.attributes,
        "address": address,
        "search": search_key(new.quote, address),
        "model": model,
        "how": new.how,
    }


def _passages(act: Finished, extraction: int) -> list[dict[str, Any]]:
    plan = act.plan
    return [
        {"extraction_id": extraction, "position": i, "start": p.start, "end": p.end,
         "result_key": plan.keys[i], "outcome": act.outcomes[i]}
        for i, p in enumerate(plan.passages)
    ]  # fmt: skip


def _changed(old: Old) -> dict[str, Any]:
    return {
        "element": old.id,
        "seen": old.version,
        "new_status": old.status,
        "new_attributes": old.attributes,
    }


def _act(act: Finished) -> dict[str, Any]:
    return {"act": act.plan.act_id, "found": [_plain(e) for e in act.found], "whole": not act.plan.failures}


def _plain(element: Placed) -> dict[str, Any]:
    return {
        "type": element.type,
        "quote": element.quote,
        "attributes": element.attributes,
        "start": element.start,
        "end": element.end,
    }
