"""What waits for a person: acts with suggested elements, and the passages of one act."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from services.acts import service as acts
from services.acts.addresses import Addresses
from services.acts.numbers import printed
from services.acts.service import Page
from services.db import SessionLocal
from services.db.models import Element, GoldPassage, LegalAct
from services.extraction import chunking
from services.extraction.chunking import Passage
from services.extraction.plan import MAX_TOKENS

_KEPT_SPLITS = 64


@dataclass(frozen=True)
class WaitingAct:
    """An act with `suggested` elements that stand in its text and wait for a decision."""

    act_id: int
    title: str
    printed: str
    suggested: int
    gold: int


@dataclass(frozen=True)
class ReviewPassage:
    """A passage of an act and how far its review is. `reviewed`: a person said it is complete."""

    start: int
    end: int
    place: str
    suggested: int
    gold: int
    reviewed: bool


@dataclass(frozen=True)
class Progress:
    """Elements of an act by status; `not_found` are suggestions that do not stand in the text."""

    suggested: int
    gold: int
    rejected: int
    stale: int
    not_found: int


def waiting(page: int = 1, size: int = 25) -> Page[WaitingAct]:
    """Acts with suggested elements, those extracted last first."""
    count, newest = sa.func.count(), sa.func.max(Element.extraction_id)
    where = (Element.status == "suggested", Element.start.is_not(None), LegalAct.deleted_at.is_(None))
    grouped = (
        sa.select(LegalAct.id, LegalAct.title, LegalAct.number, LegalAct.date, count.label("suggested"))
        .join(Element, Element.act_id == LegalAct.id)
        .where(*where)
        .group_by(LegalAct.id, LegalAct.title, LegalAct.number, LegalAct.date)
    )
    with SessionLocal.reading() as session:
        total = session.scalar(sa.select(sa.func.count()).select_from(grouped.subquery())) or 0
        ordered = grouped.order_by(newest.desc(), LegalAct.id).limit(size).offset((max(page, 1) - 1) * size)
        rows = session.execute(ordered).all()
    gold = _gold_counts([row.id for row in rows])
    return Page(
        [
            WaitingAct(row.id, row.title, printed(row.number, row.date), row.suggested, gold.get(row.id, 0))
            for row in rows
        ],
        total,
    )


def progress(act_id: int) -> Progress:
    """How many elements of an act have each status. Raises ActNotFoundError."""
    found = acts.get(act_id).elements
    names = ("suggested", "gold", "rejected", "stale", "not_found")
    return Progress(*(found.get(name, 0) for name in names))


def passages(act_id: int) -> list[ReviewPassage]:
    """The passages of an act in order, as a model is asked for them, with what is decided in each.

    Raises ActNotFoundError.
    """
    text = acts.text(act_id)
    starts, ranges = _starts(act_id), _reviewed(act_id)
    addresses = Addresses(acts.units_of(text))
    return [
        ReviewPassage(
            start=passage.start,
            end=passage.end,
            place=addresses.of(passage.start),
            suggested=_inside(starts.get("suggested", ()), passage),
            gold=_inside(starts.get("gold", ()), passage),
            reviewed=any(start < passage.end and passage.start < end for start, end in ranges),
        )
        for passage in split(text)
    ]


@lru_cache(maxsize=_KEPT_SPLITS)
def split(text: str) -> list[Passage]:
    """The passages of a text as extraction cuts them. Kept in memory: do not change it."""
    return chunking.split(text, MAX_TOKENS)


def _gold_counts(act_ids: Sequence[int]) -> dict[int, int]:
    statement = (
        sa.select(Element.act_id, sa.func.count())
        .where(Element.act_id.in_(act_ids), Element.status == "gold")
        .group_by(Element.act_id)
    )
    with SessionLocal.reading() as session:
        return {row[0]: row[1] for row in session.execute(statement)}


def _starts(act_id: int) -> dict[str, list[int]]:
    """Where the located elements of an act start, by status, in order."""
    found: dict[str, list[int]] = {}
    located = (Element.act_id == act_id, Element.start.is_not(None))
    statement = sa.select(Element.status, Element.start).where(*located).order_by(Element.start)
    with SessionLocal.reading() as session:
        for status, start in session.execute(statement):
            found.setdefault(status, []).append(start or 0)
    return found


def _reviewed(act_id: int) -> list[tuple[int, int]]:
    statement = sa.select(GoldPassage.start, GoldPassage.end).where(GoldPassage.act_id == act_id)
    with SessionLocal.reading() as session:
        return [(row[0], row[1]) for row in session.execute(statement)]


def _inside(starts: Sequence[int], passage: Passage) -> int:
    return bisect_left(starts, passage.end) - bisect_left(starts, passage.start)
