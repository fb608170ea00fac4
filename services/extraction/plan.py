"""What an extraction consists of: acts, their passages, and which of the answers are known."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from services.acts import service as acts
from services.db import SessionLocal
from services.db.models import ActText, Extraction, LegalAct
from services.db.types import now
from services.extraction import chunking, store
from services.extraction.chunking import Passage
from services.llm import provider as providers
from services.llm.ledger import Entry

MAX_TOKENS = 1200
_ACTS_AT_ONCE = 16
_CHARACTERS_AT_ONCE = 2_000_000
_CHARACTERS_A_PASSAGE = 2500
_IN_LIMIT = 500
_ROWS_AT_ONCE = 1000
_ASKED_ONE_BY_ONE = 2_000  # above that, reading every act is cheaper than naming those that are meant


@dataclass
class ActPlan:
    """An act to extract: `answers` fills up by passage position; `failures` holds codes of failed ones.

    `written`: the entries that make its answers durable.
    """

    act_id: int
    job_id: str
    text: str
    passages: list[Passage]
    keys: list[str]
    started_at: datetime = field(default_factory=now)
    answers: dict[int, store.PassageAnswer] = field(default_factory=dict)
    failures: dict[int, str] = field(default_factory=dict)
    written: list[Entry] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until every answer is durable. Raises what storing one raised."""
        for entry in self.written:
            entry.wait()

    @property
    def complete(self) -> bool:
        """Every passage has an answer or a failure."""
        return len(self.answers) + len(self.failures) >= len(self.passages)

    def missing(self) -> list[int]:
        """Positions that must still be asked for."""
        return [i for i in range(len(self.passages)) if i not in self.answers]


def lengths(act_ids: Sequence[int]) -> dict[int, int]:
    """Lengths in characters, by id, of those acts that are there."""
    there = sa.select(LegalAct.id, LegalAct.text_length).where(LegalAct.deleted_at.is_(None))
    found: dict[int, int] = {}
    with SessionLocal.reading() as session:
        if len(act_ids) > _ASKED_ONE_BY_ONE:
            wanted = set(act_ids)
            every = session.execute(there.order_by(LegalAct.id).execution_options(yield_per=_ROWS_AT_ONCE))
            return {act_id: length for act_id, length in every if act_id in wanted}
        for i in range(0, len(act_ids), _IN_LIMIT):
            some = there.where(LegalAct.id.in_(act_ids[i : i + _IN_LIMIT]))
            found.update(session.execute(some).all())
    return found


def named(act_ids: Sequence[int] | None) -> Sequence[int]:
    """The acts that are meant: None stands for every one that no model has gone through."""
    return acts.ids(processed=False) if act_ids is None else act_ids


def size(act_ids: Sequence[int] | None) -> tuple[int, int]:
    """How many of the acts that are meant are there, and their characters together."""
    if act_ids is not None:
        found = lengths(act_ids)
        return len(found), sum(found.values())
    what = (sa.func.count(), sa.func.coalesce(sa.func.sum(LegalAct.text_length), 0))
    query = sa.select(*what).where(LegalAct.deleted_at.is_(None), LegalAct.is_processed.is_(False))
    with SessionLocal.reading() as session:
        number, characters = session.execute(query).one()
    return int(number), int(characters)


def expected_passages(characters: int) -> int:
    """How many passages a text of so many characters is likely to have."""
    return characters // _CHARACTERS_A_PASSAGE + 1


def finished(job_id: str) -> set[int]:
    """Acts that an earlier attempt of the job brought to an end."""
    with SessionLocal.reading() as session:
        return set(session.scalars(sa.select(Extraction.act_id).where(Extraction.job_id == job_id)))


def plans(
    sizes: dict[int, int],
    model: str,
    job_id: str,
    info: providers.ProviderInfo,
    *,
    again: bool,
    fresh: Collection[str] = (),
) -> Iterator[ActPlan]:
    """Plan acts (`sizes` in characters by id) one by one, reading the database for several at once.

    Acts that are gone are left out. `again` forgets stored answers that could not be used, except those
    under the keys `fresh`.
    """
    for batch in _batches(sizes):
        made = [_plan(act_id, text, model, job_id, info) for act_id, text in _texts(batch)]
        known = store.stored([key for plan in made for key in plan.keys])
        for plan in made:
            found = {i: known[key] for i, key in enumerate(plan.keys) if key in known}
            plan.answers = {
                i: a for i, a in found.items() if not again or a.outcome == "ok" or a.key in fresh
            }
            yield plan


def _plan(act_id: int, text: str, model: str, job_id: str, info: providers.ProviderInfo) -> ActPlan:
    passages = chunking.split(text, MAX_TOKENS)
    return ActPlan(act_id, job_id, text, passages, [store.key_of(p, model, info) for p in passages])


def _batches(sizes: dict[int, int]) -> Iterator[list[int]]:
    batch: list[int] = []
    characters = 0
    for act_id, length in sizes.items():
        if batch and (len(batch) >= _ACTS_AT_ONCE or characters + length > _CHARACTERS_AT_ONCE):
            yield batch
            batch, characters = [], 0
        batch.append(act_id)
        characters += length
    if batch:
        yield batch


def _texts(act_ids: Sequence[int]) -> list[tuple[int, str]]:
    query = sa.select(ActText.act_id, ActText.text).join(LegalAct, LegalAct.id == ActText.act_id)
    query = query.where(ActText.act_id.in_(store.padded(act_ids)), LegalAct.deleted_at.is_(None))
    found: dict[int, str] = {}
    with SessionLocal.reading() as session:
        found.update(session.execute(query).all())
    return [(act_id, found[act_id]) for act_id in act_ids if act_id in found]
