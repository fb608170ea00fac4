"""A document that was read becomes an act: once for each text and edition, linked to the edition before."""

from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.acts import article_numbers, editions, metadata, records
from services.acts.sources import Document
from services.acts.sources.cleaning import clean_inline
from services.acts.sources.indices import with_hyphens
from services.db import SessionLocal
from services.db.models import LegalAct

Outcome = Literal["imported", "restored", "already_there", "refused"]


@dataclass(frozen=True)
class FileReport:
    """What became of one file. `restored`: a deleted act has its text; `code`, `data`: why refused.

    `kind` is its format, `encoding` what its letters were in. With `already_there`, the code `same_edition`
    tells that the act is here in this edition, in another wording of the text.
    """

    name: str
    outcome: Outcome
    act_id: int | None = None
    title: str = ""
    code: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    kind: str = ""
    encoding: str = ""


@dataclass(frozen=True)
class Origin:
    """Where a document came from: `raw` is the sha256 of its kept bytes."""

    name: str
    origin: str = "file"
    source: str = ""
    licence: str = ""
    raw: str = ""


def store(document: Document, origin: Origin) -> FileReport:
    """Store a document as an act, unless its text or its edition is here. Its bytes are kept before."""
    if document.kind != "html":
        # Pages carry their superscripts; elsewhere «191» may be 19-1.
        document = replace(document, text=article_numbers.recover(with_hyphens(document.text)))
    card = metadata.guess(document.text)
    try:
        return _store(document, card, origin)
    except IntegrityError:
        # Somebody stored the same text a moment ago: now it is found.
        return _store(document, card, origin)


def _store(document: Document, card: metadata.ActCard, origin: Origin) -> FileReport:
    with SessionLocal.begin() as session:
        digest = records.text_hash(document.text)
        act = records.find(session, digest)
        if act is not None:
            return found(act, origin.name, document.kind, document.encoding)
        number = clean_inline(document.number) or card.number or None
        known = editions.same(session, number, document.edition)
        if known is not None and known.deleted_at is None:
            report = found(known, origin.name, document.kind, document.encoding)
            return replace(report, code="same_edition", data={"edition": document.edition})
        act = _add(session, document, card, number, origin)
        return FileReport(
            origin.name, "imported", act.id, act.title, kind=document.kind, encoding=document.encoding
        )


def _add(
    session: Session, document: Document, card: metadata.ActCard, number: str | None, origin: Origin
) -> LegalAct:
    title = clean_inline(document.title) or card.title or PurePath(origin.name).stem or origin.name
    act = records.add(
        session,
        document.text,
        title,
        number=number[: records.NUMBER_LENGTH] if number else None,
        act_type=(document.act_type or card.act_type)[:128],
        date=document.date or card.date,
        body=(document.body or card.body)[:256],
        edition=document.edition,
        origin=origin.origin,
        source=(origin.source or origin.name)[: records.TITLE_LENGTH],
        licence=origin.licence,
        raw_hash=origin.raw or None,
        encoding=document.encoding,
    )
    act.content.marks = document.marks
    editions.link(session, act)
    return act


def by_raw(name: str, raw: str, kind: str) -> FileReport | None:
    """The report of the very same bytes (`raw`, their sha256), or None: nothing is read twice."""
    with SessionLocal.begin() as session:
        act = session.scalar(
            sa.select(LegalAct).where(LegalAct.raw_hash == raw).order_by(LegalAct.id).limit(1)
        )
        return found(act, name, kind, act.encoding) if act is not None else None


def found(act: LegalAct, name: str, kind: str, encoding: str) -> FileReport:
    """The report of an act that is here; a deleted one comes back. Inside the session that read it."""
    outcome: Outcome = "restored" if act.deleted_at else "already_there"
    act.deleted_at = None
    return FileReport(name, outcome, act.id, act.title, kind=kind, encoding=encoding)
