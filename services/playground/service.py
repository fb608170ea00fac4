"""Running a comparison: both models at once, the result kept so that it survives a reload."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from services.db import SessionLocal
from services.db.models import Comparison, Element
from services.errors import AppError, NotFoundError
from services.extraction import store
from services.extraction.chunking import Passage
from services.extraction.place import Placed, place
from services.llm import provider as providers
from services.playground.difference import Compared, compare
from services.playground.errors import EmptyTextError, SameModelError, TextTooLongError

MOST_CHARACTERS = 12_000


@dataclass(frozen=True)
class Side:
    """One model's answer. `cost_micro` None: price unknown. `error_code` is set where it has none.

    `reused`: the answer was stored already; its latency and price are those of when it was given.
    """

    model: str
    elements: list[Placed]
    outcome: str
    latency_ms: int
    prompt_tokens: int
    completion_tokens: int
    cost_micro: int | None
    reused: bool
    error_code: str | None = None
    error_data: dict[str, Any] | None = None


@dataclass(frozen=True)
class ComparisonView:
    """A comparison; `confirmed` are (type, start, end) a person confirmed, relative to `text`."""

    id: int
    title: str
    text: str
    left: Side
    right: Side
    blind: bool
    vote: str | None
    confirmed: frozenset[tuple[str, int, int]]
    has_gold: bool

    @property
    def answered(self) -> bool:
        """Did both models answer, so that there is something to compare?"""
        return self.left.error_code is None and self.right.error_code is None

    def differences(self) -> tuple[list[Compared], list[Compared]]:
        """Both sides' elements, each told same, only here, or with other attributes."""
        return compare(self.left.elements, self.right.elements)


def of_text(text: str) -> Passage:
    """A passage made of pasted text."""
    return Passage(0, len(text), text)


def run(
    passage: Passage,
    left: str,
    right: str,
    *,
    title: str = "",
    act_id: int | None = None,
    blind: bool = False,
) -> int:
    """Ask both models about a passage (of an act, or `of_text`) at once and keep the comparison; its id.

    One side's failure is told on that side. Raises EmptyTextError, TextTooLongError, SameModelError.
    """
    text = passage.text
    if not text.strip():
        raise EmptyTextError
    if len(text) > MOST_CHARACTERS:
        raise TextTooLongError(length=len(text), most=MOST_CHARACTERS)
    if left == right:
        raise SameModelError(model=left)
    info = providers.current()
    with ThreadPoolExecutor(2) as pool:
        sides = list(pool.map(lambda model: _ask(passage, model, act_id, info), (left, right)))
    with SessionLocal.begin() as session:
        row = Comparison(
            act_id=act_id, title=title[:500], text=text, context=passage.context, blind=blind,
            start=None if act_id is None else passage.start, kept=[list(slice_) for slice_ in passage.kept],
            left=asdict(sides[0]), right=asdict(sides[1]),
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def get(comparison_id: int) -> ComparisonView:
    """The kept comparison. Raises NotFoundError."""
    with SessionLocal.reading() as session:
        row = session.get(Comparison, comparison_id)
        if row is None:
            raise NotFoundError(what="comparison", key=comparison_id)
        confirmed = _confirmed(row)
        return ComparisonView(
            row.id, row.title, row.text, _side(row.left), _side(row.right), row.blind, row.vote,
            confirmed, bool(confirmed),
        )  # fmt: skip


def latest() -> int | None:
    """The newest comparison's id."""
    with SessionLocal.reading() as session:
        return session.scalar(sa.select(sa.func.max(Comparison.id)))


def vote(comparison_id: int, side: str) -> None:
    """Keep a person's choice in a blind comparison: left, right or equal; the names may then be shown."""
    with SessionLocal.begin() as session:
        row = session.get(Comparison, comparison_id)
        if row is None:
            raise NotFoundError(what="comparison", key=comparison_id)
        row.vote = side


def votes(left: str, right: str) -> tuple[int, int, int]:
    """How blind choices between two models fell: for `left`, for `right`, equal."""
    counts = {left: 0, right: 0, "": 0}
    with SessionLocal.reading() as session:
        for row in session.scalars(sa.select(Comparison).where(Comparison.vote.is_not(None))):
            models = {"left": row.left["model"], "right": row.right["model"], "equal": ""}
            if {row.left["model"], row.right["model"]} == {left, right} and row.vote in models:
                counts[models[row.vote]] += 1
    return counts[left], counts[right], counts[""]


def _ask(passage: Passage, model: str, act_id: int | None, info: providers.ProviderInfo) -> Side:
    try:
        answer = store.ask(passage, model, purpose="playground", act_id=act_id, info=info, again=True)
    except AppError as problem:
        return Side(model, [], "failed", 0, 0, 0, None, False, problem.code, problem.data)
    return Side(
        model=model,
        elements=place(answer.elements, of_text(passage.text), passage.text),
        outcome=answer.outcome,
        latency_ms=answer.latency_ms,
        prompt_tokens=answer.usage.prompt_tokens,
        completion_tokens=answer.usage.completion_tokens,
        cost_micro=answer.cost_micro,
        reused=answer.reused,
    )


def _side(kept: dict[str, Any]) -> Side:
    return Side(**{**kept, "elements": [Placed(**element) for element in kept["elements"]]})


def _confirmed(row: Comparison) -> frozenset[tuple[str, int, int]]:
    if row.act_id is None or row.start is None:
        return frozenset()
    slices = [tuple(pair) for pair in row.kept or [[row.start, row.start + len(row.text)]]]
    spot = (Element.type, Element.start, Element.end)
    query = sa.select(*spot).where(
        Element.act_id == row.act_id,
        Element.status == "gold",
        Element.start >= slices[0][0],
        Element.end <= slices[-1][1],
    )
    with SessionLocal.reading() as session:
        found = session.execute(query).all()
    spans = [(kind, a, b) for kind, a, b in found if a is not None and b is not None]
    places = ((kind, _inside(slices, a), _inside(slices, b - 1)) for kind, a, b in spans)
    return frozenset((kind, a, b + 1) for kind, a, b in places if a is not None and b is not None)


def _inside(slices: list[tuple[int, ...]], offset: int) -> int | None:
    """An act's offset as one of the passage's text, or None where it was left out."""
    before = 0
    for start, end in slices:
        if start <= offset < end:
            return before + offset - start
        before += end - start
    return None
