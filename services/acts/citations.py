"""References of a stored act: where each leads, in this act, in another one here, or outside."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from services.acts import service
from services.acts.addresses import Addresses, written
from services.acts.folding import fold_case
from services.acts.numbers import printed
from services.acts.references import Link, Reference, Resolver, identify, known_titles, links
from services.acts.references.model import SELF, Path
from services.config import settings
from services.db import SessionLocal
from services.db.models import LegalAct

_KEPT = 8
_TITLES_KEPT = 10_000
_KINDS = (
    (re.compile(r"закон(?:у|ом|і)", re.IGNORECASE), "Закон"),
    (re.compile(r"постанов(?:и|ою|і|у)", re.IGNORECASE), "Постанова"),
    (re.compile(r"указ(?:у|ом|і)", re.IGNORECASE), "Указ"),
    (re.compile(r"наказ(?:у|ом|і)", re.IGNORECASE), "Наказ"),
    (re.compile(r"рішенн(?:ям|і)", re.IGNORECASE), "Рішення"),
)
_IN_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference in an act. `start`, `end`: half-open code points of the phrase, which stands at `place`.

    `address` is what it leads to, as a lawyer writes it (empty: the act as a whole). Within the act `offset`
    says where that begins and `number` is None; else `number` identifies the other act and `path` is what
    to look for in it.
    """

    start: int
    end: int
    place: str
    address: str
    offset: int | None
    number: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Cited:
    """An act of the collection that others refer to."""

    id: int
    number: str
    title: str
    printed: str


def of_act(act: service.ActView) -> Sequence[Citation]:
    """Every reference of an act that leads somewhere, in order. Kept in memory by text and collection."""
    return _of_text(act.text, act.number, _collection(), settings.database_url)


def known(numbers: Iterable[str]) -> dict[str, Cited]:
    """Those of the acts that are in the collection, by number; the newest edition of each."""
    wanted, found = sorted(set(numbers)), {}
    order = (LegalAct.edition, LegalAct.id)
    columns = (LegalAct.id, LegalAct.number, LegalAct.title, LegalAct.date)
    with SessionLocal.reading() as session:
        for i in range(0, len(wanted), _IN_LIMIT):
            here = (LegalAct.number.in_(wanted[i : i + _IN_LIMIT]), LegalAct.deleted_at.is_(None))
            for row in session.execute(sa.select(*columns).where(*here).order_by(*order)):
                found[str(row.number)] = Cited(
                    row.id, str(row.number), row.title, printed(row.number, row.date)
                )
    return found


def title(number: str) -> str | None:
    """The title of a code or an often cited law that need not be in the collection; else None."""
    return known_titles().get(number)


@lru_cache(maxsize=_TITLES_KEPT)
def named(words: str) -> str | None:
    """What the act is called that a sentence names in the case it asks for; None where it cannot be told.

    The title where the act is known, else the words with the kind of act («Закону України …») put right.
    """
    number = identify(words)
    known_title = title(number) if number else None
    if known_title:
        return known_title
    kind, _, rest = words.partition(" ")
    right = next((right for endings, right in _KINDS if endings.fullmatch(kind)), None)
    return f"{right} {rest}" if right and rest else None


def place(act_id: int, path: Path) -> int | None:
    """Where in an act a reference from another one leads: the nearest unit it names that is there.

    None where it names the act as a whole, or nothing that can be found. Raises ActNotFoundError.
    """
    resolver = Resolver(service.units(act_id))
    for length in range(len(path), 0, -1):
        unit = resolver.resolve(Reference(0, 0, path[:length], None, SELF))
        if unit is not None:
            return unit.start
    return None


@lru_cache(maxsize=_KEPT)
def _of_text(text: str, number: str | None, collection: tuple[int, int], database: str) -> list[Citation]:
    units = service.units_of(text)
    addresses = Addresses(units)
    found = links(text, units, _Titles(collection, database), number)
    return [_citation(link, addresses) for link in found]


def _citation(link: Link, addresses: Addresses) -> Citation:
    place = addresses.of(link.start)
    if link.unit is None:
        return Citation(link.start, link.end, place, written(link.path), None, link.number, link.path)
    target = addresses.of_unit(link.unit)
    return Citation(link.start, link.end, place, target, link.unit.start, None, link.path)


class _Titles(Mapping[str, str]):
    """Identifiers by folded titles, read when a text first cites an act by its title."""

    def __init__(self, collection: tuple[int, int], database: str) -> None:
        self._of = collection, database

    def __getitem__(self, title: str) -> str:
        return _titles(*self._of)[title]

    def __iter__(self) -> Iterator[str]:
        return iter(_titles(*self._of))

    def __len__(self) -> int:
        return len(_titles(*self._of))


def _collection() -> tuple[int, int]:
    """What changes whenever an act comes or goes."""
    statement = sa.select(sa.func.count(), sa.func.max(LegalAct.id)).where(LegalAct.deleted_at.is_(None))
    with SessionLocal.reading() as session:
        count, newest = session.execute(statement).one()
    return count, newest or 0


@lru_cache(maxsize=1)
def _titles(_collection: tuple[int, int], _database: str) -> dict[str, str]:
    statement = sa.select(LegalAct.title, LegalAct.number).where(
        LegalAct.deleted_at.is_(None), LegalAct.number.is_not(None)
    )
    with SessionLocal.reading() as session:
        rows = list(session.execute(statement))
    return {fold_case(title).replace('"', ""): str(number) for title, number in rows}
