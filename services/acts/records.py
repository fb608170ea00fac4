"""How an act is written down: its hash, its search key, its row."""

import hashlib
from datetime import date as Day  # noqa: N812 (beside columns named date)
from typing import TypedDict, Unpack

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.acts.folding import fold_case
from services.acts.numbers import printed
from services.db import get_engine
from services.db.models import ActText, LegalAct

TITLE_LENGTH = 512
NUMBER_LENGTH = 64


class Facts(TypedDict, total=False):
    """What is known of an act beside its text."""

    number: str | None
    act_type: str
    date: Day | None
    body: str
    edition: str
    origin: str
    source: str
    licence: str
    raw_hash: str | None
    encoding: str


def text_hash(text: str) -> str:
    """The identity of a text: sha256 of its UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def search_key(*parts: str | None) -> str:
    """What is searched: parts folded in case, apostrophes, dashes and look-alike letters.

    SQLite cannot fold Cyrillic, and lawyers type any of three apostrophes.
    """
    return fold_case(" ".join(part for part in parts if part))


def words(query: str) -> list[str]:
    """A query as the words that must all occur in a search key; at most ten."""
    return search_key(query).split()[:10]


def holds(word: str) -> sa.ColumnElement[bool]:
    """Does the key of an act contain a word as `words` gives it? Bytes are compared with bytes."""
    wanted = sa.literal(word, LegalAct.search.type)
    if get_engine().dialect.name == "postgresql":
        return sa.func.pg_catalog.position(LegalAct.search, wanted) > 0
    return sa.func.instr(LegalAct.search, wanted) > 0


def find(session: Session, digest: str) -> LegalAct | None:
    """The act with exactly this text, deleted ones included."""
    return session.scalar(sa.select(LegalAct).where(LegalAct.text_hash == digest))


def add(session: Session, text: str, title: str, **facts: Unpack[Facts]) -> LegalAct:
    """Add an act with its text; the caller has looked for the same text before. The id is set on return."""
    act = LegalAct(text_hash=text_hash(text), text_length=len(text))
    describe(act, title, **facts)
    act.content = ActText(text=text)
    session.add(act)
    session.flush()
    return act


def describe(act: LegalAct, title: str, **facts: Unpack[Facts]) -> None:
    """Set what is known of an act, and the key it is searched by."""
    number, title = facts.get("number"), title[:TITLE_LENGTH]
    key = search_key(number, printed(number, facts.get("date")), title, facts.get("act_type"))
    act.title, act.search = title, key
    for name, value in facts.items():
        setattr(act, name, value)
