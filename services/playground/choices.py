"""What can be compared on: acts and their passages, with a good first choice."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from services.acts import service as acts
from services.acts.addresses import Addresses
from services.db import SessionLocal
from services.db.models import DatasetItem, DatasetVersion, Element, LegalAct
from services.extraction import chunking
from services.extraction.chunking import Passage
from services.extraction.plan import MAX_TOKENS

_MOST_ACTS = 300


@dataclass(frozen=True)
class ActChoice:
    """An act to choose. `test`: its passages were kept for testing in the newest dataset."""

    id: int
    title: str
    number: str
    test: bool


@dataclass(frozen=True)
class PassageChoice:
    """A passage to choose; `confirmed` counts its confirmed elements, `heading` is its first line."""

    position: int
    address: str
    heading: str
    confirmed: int


def act_choices(query: str = "") -> list[ActChoice]:
    """Acts to choose from, those kept for testing first; at most 300, narrowed by `query`."""
    test = _test_acts()
    page = acts.search(query, page=1, size=_MOST_ACTS)
    found = [ActChoice(row.id, row.title, row.printed, row.id in test) for row in page.rows]
    known = {choice.id for choice in found}
    if not query:
        found += [_choice(act_id) for act_id in sorted(test - known)]
    return sorted(found, key=lambda choice: (not choice.test, choice.title))


def passages(act_id: int) -> list[Passage]:
    """The act's passages, as extraction cuts them. Raises ActNotFoundError."""
    return list(_split(acts.text(act_id)))


def passage_choices(act_id: int) -> list[PassageChoice]:
    """The act's passages with address, first line and number of confirmed elements."""
    addresses = Addresses(acts.units(act_id))
    with SessionLocal.reading() as session:
        gold = sa.select(Element.start).where(Element.act_id == act_id, Element.status == "gold")
        starts = sorted(start for start in session.scalars(gold) if start is not None)
    return [
        PassageChoice(
            position=i,
            address=addresses.of(passage.start),
            heading=passage.text.strip().split("\n", 1)[0][:120],
            confirmed=bisect_left(starts, passage.end) - bisect_left(starts, passage.start),
        )
        for i, passage in enumerate(passages(act_id))
    ]


def first_passage(choices: list[PassageChoice]) -> int:
    """The position to show first: the passage with most confirmed elements."""
    return max(choices, key=lambda choice: (choice.confirmed, -choice.position)).position if choices else 0


def _test_acts() -> set[int]:
    with SessionLocal.reading() as session:
        newest = sa.select(sa.func.max(DatasetVersion.id)).where(DatasetVersion.deleted_at.is_(None))
        query = (
            sa.select(DatasetItem.act_id)
            .join(LegalAct, LegalAct.id == DatasetItem.act_id)
            .where(
                DatasetItem.dataset_id == newest.scalar_subquery(),
                DatasetItem.split == "test",
                LegalAct.deleted_at.is_(None),
            )
        )
        return {act_id for act_id in session.scalars(query.distinct()) if act_id is not None}


def _choice(act_id: int) -> ActChoice:
    act = acts.get(act_id)
    return ActChoice(act.id, act.title, act.printed, True)


@lru_cache(maxsize=8)
def _split(text: str) -> tuple[Passage, ...]:
    return tuple(chunking.split(text, MAX_TOKENS))
