"""Confirmed passages: everything a dataset may be built of.

Two kinds: ranges that came with samples or that a person marked as gone through, and passages as
extraction cuts them in which something is confirmed and nothing waits for a decision any more.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any

import sqlalchemy as sa

from services.acts.addresses import Addresses
from services.acts.notes import find_notes
from services.acts.numbers import printed
from services.acts.service import units_of
from services.db import SessionLocal
from services.db.models import ActText, Element, GoldPassage, LegalAct
from services.extraction.chunking import Passage
from services.review.queue import split

Span = tuple[int, int]


@dataclass(frozen=True)
class GoldElement:
    """A confirmed element; `start`, `end` are code points of its passage's text."""

    type: str
    start: int
    end: int
    quote: str
    attributes: dict[str, Any]


@dataclass(frozen=True)
class GoldText:
    """A confirmed passage. `start`, `end` stand in the act; `text` is that range without editorial notes.

    `context` is what a model is told of its surroundings; `elements` are in reading order.
    """

    act_id: int
    act_label: str
    start: int
    end: int
    place: str
    text: str
    context: str
    elements: tuple[GoldElement, ...]


def passages(
    act_ids: Sequence[int] | None = None, *, watch: Callable[[int, int], None] | None = None
) -> list[GoldText]:
    """Every confirmed passage, of all acts or of some, in the order of acts and texts. Deleted acts: none.

    `watch` is told after each act how many of how many have been read.
    """
    acts = _confirmed_acts(act_ids)
    found: list[GoldText] = []
    for done, act_id in enumerate(acts, 1):
        found += of_act(act_id)
        if watch:
            watch(done, len(acts))
    return found


def of_act(act_id: int) -> list[GoldText]:
    """The confirmed passages of one act, in order; none if it was deleted."""
    with SessionLocal.reading() as session:
        act = session.get(LegalAct, act_id)
        text = session.scalar(sa.select(ActText.text).where(ActText.act_id == act_id))
        if act is None or text is None or act.deleted_at is not None:
            return []
        marked = session.scalars(sa.select(GoldPassage).where(GoldPassage.act_id == act_id)).all()
        located = sa.select(Element).where(Element.act_id == act_id, Element.start.is_not(None))
        elements = session.scalars(located.order_by(Element.start, Element.end.desc(), Element.id)).all()
    source = _Act(act_id, label(act.title, printed(act.number, act.date)), text, elements)
    return source.passages({(passage.start, passage.end): passage.place for passage in marked})


def label(title: str, number: str) -> str:
    """What names an act in a dataset, on every computer alike."""
    return f"{title} (№ {number})" if number else title


def _confirmed_acts(act_ids: Sequence[int] | None) -> list[int]:
    """Acts that are not deleted and hold something confirmed, in order."""
    confirmed = sa.select(Element.act_id).where(Element.status == "gold")
    marked = sa.select(GoldPassage.act_id)
    statement = sa.select(LegalAct.id).where(
        LegalAct.deleted_at.is_(None), LegalAct.id.in_(confirmed) | LegalAct.id.in_(marked)
    )
    with SessionLocal.reading() as session:
        found = list(session.scalars(statement.order_by(LegalAct.id)))
    wanted = None if act_ids is None else set(act_ids)
    return [act_id for act_id in found if wanted is None or act_id in wanted]


class _Act:
    """One act's text with its located elements in reading order."""

    def __init__(self, act_id: int, name: str, text: str, elements: Sequence[Element]) -> None:
        self._id, self._label, self._text = act_id, name, text
        self._gold = [element for element in elements if element.status == "gold"]
        self._gold_starts = [element.start or 0 for element in self._gold]
        self._waiting = [element.start or 0 for element in elements if element.status == "suggested"]
        self._cuts = split(text)
        self._cut_starts = [cut.start for cut in self._cuts]
        self._addresses: Addresses | None = None

    def passages(self, marked: dict[Span, str]) -> list[GoldText]:
        """Marked ranges, and finished cuts that touch none of them, in order."""
        found = [self._gold_text(self._marked(*span), place) for span, place in marked.items()]
        found += [self._gold_text(cut, self._place(cut)) for cut in self._finished(sorted(marked))]
        return sorted(found, key=lambda passage: (passage.start, passage.end))

    def _finished(self, marked: list[Span]) -> Iterator[Passage]:
        starts = [start for start, _ in marked]
        reach = list(accumulate((end for _, end in marked), max))
        for cut in self._cuts:
            before = bisect_left(starts, cut.end)
            touched = before > 0 and reach[before - 1] > cut.start
            if not touched and _count(self._gold_starts, cut) and not _count(self._waiting, cut):
                yield cut

    def _marked(self, start: int, end: int) -> Passage:
        """A marked range as a passage: the cut itself where it is one, else the range without its notes."""
        first = max(0, bisect_right(self._cut_starts, start) - 1)
        near = next((cut for cut in islice(self._cuts, first, None) if cut.end > start), None)
        if near is not None and (near.start, near.end) == (start, end):
            return near
        kept = tuple(_without_notes(self._text, start, end))
        text = "".join(self._text[a:b] for a, b in kept)
        return Passage(start, end, text, _above(near.context if near else "", text), kept)

    def _gold_text(self, passage: Passage, place: str) -> GoldText:
        """Two confirmed elements of one type in one place count once."""
        found: dict[tuple[str, int, int], GoldElement] = {}
        first = bisect_left(self._gold_starts, passage.start)
        for element in self._gold[first : bisect_left(self._gold_starts, passage.end)]:
            span = _in_text(passage, element.start or 0, element.end or 0)
            if span is not None:
                facts, quote = (element.type, *span), passage.text[slice(*span)]
                found.setdefault(facts, GoldElement(*facts, quote, element.attributes))
        where = (passage.start, passage.end, place)
        elements = tuple(found.values())
        return GoldText(self._id, self._label, *where, passage.text, passage.context, elements)

    def _place(self, passage: Passage) -> str:
        self._addresses = self._addresses or Addresses(units_of(self._text))
        return self._addresses.of(passage.start)


def _count(starts: Sequence[int], passage: Passage) -> int:
    return bisect_left(starts, passage.end) - bisect_left(starts, passage.start)


def _without_notes(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for a, b in find_notes(text[start:end]):
        if start + a > at:
            yield at, start + a
        at = start + b
    if end > at:
        yield at, end


def _above(context: str, text: str) -> str:
    """The context without headings that the range itself begins with."""
    own = set(text.splitlines())
    return "\n".join(line for line in context.splitlines() if line not in own)


def _in_text(passage: Passage, start: int, end: int) -> Span | None:
    """A range of the act in the passage's text; None if it begins in a note or ends outside."""
    first, last = _offset(passage, start), _offset(passage, end - 1)
    return None if first is None or last is None else (first, last + 1)


def _offset(passage: Passage, at: int) -> int | None:
    before = 0
    for start, end in passage.kept or ((passage.start, passage.end),):
        if start <= at < end:
            return before + at - start
        before += end - start
    return None
