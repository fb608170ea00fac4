"""New suggestions meet what is there: a person's decision always wins, and every change is counted."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from sys import maxsize
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

_SAME = 0.5
_Spot = tuple[str, int | None, int | None, str]


@dataclass
class Finished:
    """An act whose passages are all answered, its elements placed and addressed, ready to be stored."""

    plan: ActPlan
    found: list[Placed]
    addresses: list[str]


def prepare(plan: ActPlan) -> Finished:
    """Place an act's elements; the slow part, done before the database is locked."""
    answered = sorted(set(plan.answers) - set(plan.failures))
    found = [p for i in answered for p in place(plan.answers[i].elements, plan.passages[i], plan.text)]
    index = Addresses(structure.parse(plan.text)) if found else None
    places = [index.of(p.start) if index and p.start is not None else "" for p in found]
    return Finished(plan, found, places)


def merge(session: Session, done: Finished, model: str) -> dict[str, int]:
    """Store an act's suggestions in the caller's transaction and return what changed.

    `added`, `kept`, `confirmed` (a gold element says the same), `rejected` (a person refused it before),
    `reviewed` (inside a passage a person has gone through), `stale` (an earlier suggestion that did not
    come again), `not_found` (of those added). Nothing where the act is gone meanwhile.
    """
    plan = done.plan
    act = session.get(LegalAct, plan.act_id)
    if act is None:
        return {}
    extraction = Extraction(
        act_id=plan.act_id,
        job_id=plan.job_id,
        model=model,
        prompt_version=prompt.VERSION,
        passages_total=len(plan.passages),
        created_at=plan.started_at,
    )
    session.add(extraction)
    session.flush()
    reviewed = sa.select(GoldPassage.start, GoldPassage.end).where(GoldPassage.act_id == plan.act_id)
    present = _Present(
        session.scalars(sa.select(Element).where(Element.act_id == plan.act_id)),
        session.execute(reviewed),
    )
    counts: Counter[str] = Counter()
    seen: set[_Spot] = set()
    rows: list[dict[str, Any]] = []
    for new, address in zip(done.found, done.addresses, strict=True):
        spot = _spot(new)
        if spot in seen:
            continue
        seen.add(spot)
        outcome = present.outcome(new)
        counts[outcome] += 1
        if outcome == "added":
            counts["not_found"] += new.start is None
            rows.append(_row(new, extraction, address))
    if rows:
        session.execute(sa.insert(Element), rows)
    counts["stale"] = _mark_stale(present.elements, seen, _ranges(plan))
    _close(session, act, extraction, done, counts)
    return dict(counts)


def _spot(element: Placed | Element) -> _Spot:
    return element.type, element.start, element.end, "" if element.start is not None else element.quote


class _Present:
    """The act's elements, looked up by place: an act may hold ten thousand."""

    def __init__(self, elements: Iterable[Element], reviewed: Iterable[tuple[int, int]]) -> None:
        self.elements = list(elements)
        self._by_spot = {_spot(old): old for old in self.elements if old.status != "gold"}
        self._gold: dict[tuple[str, int], list[Element]] = {}
        for old in self.elements:
            if old.status == "gold":
                for cell in _cells(old):
                    self._gold.setdefault((old.type, cell), []).append(old)
        self._reviewed = sorted(reviewed)

    def outcome(self, new: Placed) -> str:
        """What a new suggestion amounts to; an earlier suggestion that comes again is kept."""
        near = (old for cell in _cells(new) for old in self._gold.get((new.type, cell), ()))
        if any(_overlap(old, new) >= _SAME for old in near):
            return "confirmed"
        old = self._by_spot.get(_spot(new))
        if old is not None and old.status == "rejected":
            return "rejected"
        if old is not None:
            old.status, old.attributes = "suggested", new.attributes
            return "kept"
        return "reviewed" if new.start is not None and self._is_reviewed(new.start) else "added"

    def _is_reviewed(self, offset: int) -> bool:
        i = bisect_right(self._reviewed, (offset, maxsize))
        return any(start <= offset < end for start, end in self._reviewed[max(0, i - 2) : i])


def _cells(element: Placed | Element) -> range:
    """Cells of 1,000 characters that an element touches; those without a place share one cell."""
    if element.start is None or element.end is None:
        return range(-1, 0)
    return range(element.start // 1000, element.end // 1000 + 1)


def _overlap(old: Element, new: Placed) -> float:
    if old.start is None or old.end is None or new.start is None or new.end is None:
        return float(old.quote == new.quote)
    shared = min(old.end, new.end) - max(old.start, new.start)
    return max(0, shared) / (max(old.end, new.end) - min(old.start, new.start))


def _row(new: Placed, extraction: Extraction, address: str) -> dict[str, Any]:
    return {
        "act_id": extraction.act_id,
        "extraction_id": extraction.id,
        "type": new.type,
        "start": new.start,
        "end": new.end,
        "quote": new.quote,
        "attributes": new.attributes,
        "address": address,
        "search": search_key(new.quote),
        "model": extraction.model,
        "how": new.how,
        "version": 1,
    }


def _ranges(plan: ActPlan) -> list[tuple[int, int]]:
    return [(p.start, p.end) for i, p in enumerate(plan.passages) if i not in plan.failures]


def _mark_stale(present: Iterable[Element], seen: set[_Spot], ranges: list[tuple[int, int]]) -> int:
    """Earlier suggestions that this run did not repeat, in passages it did read."""
    stale = 0
    for old in present:
        if old.status != "suggested" or _spot(old) in seen:
            continue
        start = old.start
        if start is None or any(a <= start < b for a, b in ranges):
            old.status, stale = "stale", stale + 1
    return stale


def _close(
    session: Session, act: LegalAct, extraction: Extraction, done: Finished, counts: Counter[str]
) -> None:
    plan = done.plan
    outcomes = {i: answer.outcome for i, answer in plan.answers.items()} | plan.failures
    extraction.status = "failed" if plan.failures else "completed"
    extraction.passages_failed = len(plan.failures)
    extraction.outcomes, extraction.changes = dict(Counter(outcomes.values())), dict(counts)
    extraction.finished_at = now()
    rows = [
        {"extraction_id": extraction.id, "position": i, "start": p.start, "end": p.end,
         "result_key": plan.keys[i], "outcome": outcomes[i]}
        for i, p in enumerate(plan.passages)
    ]  # fmt: skip
    if rows:
        session.execute(sa.insert(ExtractionPassage), rows)
    if not plan.failures:
        act.is_processed = True
    act.extracted_elements = [_plain(element) for element in done.found]


def _plain(element: Placed) -> dict[str, Any]:
    return {
        "type": element.type,
        "quote": element.quote,
        "attributes": element.attributes,
        "start": element.start,
        "end": element.end,
    }
