"""One file through its whole way: told, read, repaired, stored, with a report of what became of it."""

import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any, Literal, Self

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.acts import article_numbers, editions, files, metadata, records
from services.acts.errors import FileError, FileTooLargeError
from services.acts.sources import Columns, Document, Reader, archives, kind_of, read_txt
from services.acts.sources.errors import NestedArchiveError
from services.acts.sources.kinds import TABLES
from services.acts.sources.readers import check_size
from services.db import SessionLocal
from services.db.models import LegalAct

Outcome = Literal["imported", "restored", "already_there", "refused"]

_MEGABYTE = 1_000_000
_MOST_PACKED = 500 * _MEGABYTE
_MOST_TABLE = 100 * _MEGABYTE
_NAME_LENGTH = 300
_PASTED_TITLE = 80


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


class Intake:
    """Takes files in, one after another; a context, since a reading process may belong to it."""

    def __init__(self, *, encoding: str | None = None, columns: Columns | None = None) -> None:
        self._encoding, self._columns = encoding, columns
        self._reader = Reader()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.__exit__()

    def data(self, name: str, data: bytes) -> list[FileReport]:
        """Take in bytes under a name."""
        if len(data) > _MOST_PACKED:
            return [_refused(name, _too_large(len(data), _MOST_PACKED))]
        with tempfile.NamedTemporaryFile(prefix="norma-") as file:
            file.write(data)
            file.flush()
            return list(self.file(Path(file.name), name))

    def file(self, path: Path, name: str) -> Iterator[FileReport]:
        """Take in a file on the disk; an archive or a table gives several reports."""
        for _, report in self.parts(path, name):
            yield report

    def parts(self, path: Path, name: str, skip: Collection[int] = ()) -> Iterator[tuple[int, FileReport]]:
        """The reports of a file under their numbers, those in `skip` (done before) left out."""
        name = name[-_NAME_LENGTH:]
        try:
            kind = self._kind(path, name)
            if kind == "zip":
                yield from self._archive(path, name, skip)
            elif kind in TABLES:
                yield from self._table(path, name, kind, skip)
            elif 0 not in skip:
                yield 0, self._document(path, name, kind)
        except FileError as problem:
            yield 0, _refused(name, problem)
        except OSError as problem:
            yield 0, FileReport(name, "refused", code="file_unreadable", data={"reason": problem.strerror})

    def pasted(self, text: str, title: str) -> FileReport:
        """Take in a text that somebody typed or pasted."""
        try:
            data = text.encode("utf-8", "replace")
            document = Document(read_txt(data).text, "txt", title=title.strip())
        except FileError as problem:
            return _refused(title or "…", problem)
        first = document.text.split("\n", 1)[0][:_PASTED_TITLE]
        return store(document, Origin(title.strip() or first, "pasted", raw=files.keep_bytes(data)))

    def _kind(self, path: Path, name: str) -> str:
        kind = kind_of(path, name)
        size = path.stat().st_size
        most = {"zip": _MOST_PACKED, **dict.fromkeys(TABLES, _MOST_TABLE)}.get(kind)
        if most is None:
            check_size(size)
        elif size > most:
            raise _too_large(size, most)
        return kind

    def _document(self, path: Path, name: str, kind: str) -> FileReport:
        raw = files.digest_of(path)
        if not self._encoding and (known := _by_raw(name, raw, kind)):
            return known
        document = self._reader.document(path, kind, self._encoding)
        files.keep_file(path)
        return store(document, Origin(name, raw=raw))

    def _archive(self, path: Path, name: str, skip: Collection[int]) -> Iterator[tuple[int, FileReport]]:
        with archives.opened(path) as archive:
            for number, member in enumerate(archives.members(archive)):
                if number in skip:
                    continue
                shown = f"{name}/{member.name}"
                if member.problem is not None:
                    yield number, _refused(shown, member.problem)
                    continue
                with tempfile.NamedTemporaryFile(prefix="norma-") as file:
                    try:
                        archives.copy(archive, member, file)
                        file.flush()
                        kind = self._kind(Path(file.name), member.name)
                        if kind == "zip" or kind in TABLES:
                            raise NestedArchiveError(kind=kind)
                        yield number, self._document(Path(file.name), shown, kind)
                    except FileError as problem:
                        yield number, _refused(shown, problem)

    def _table(
        self, path: Path, name: str, kind: str, skip: Collection[int]
    ) -> Iterator[tuple[int, FileReport]]:
        rows = self._reader.rows(path, kind, self._columns, self._encoding)
        raw = ""
        for row in rows:
            if row.row in skip:
                continue
            shown = f"{name}: {row.row}"
            try:
                text = read_txt(row.text.encode("utf-8", "replace")).text
            except FileError as problem:
                yield row.row, _refused(shown, problem)
                continue
            raw = raw or files.keep_file(path)
            document = Document(text, kind, title=row.title.strip(), number=row.number.strip())
            yield row.row, store(document, Origin(shown, "table", raw=raw))


def store(document: Document, origin: Origin) -> FileReport:
    """Store a document as an act, unless its text or its edition is here. Its bytes are kept before."""
    if document.kind != "html":
        # Pages carry their superscripts; elsewhere «191» may be 19-1.
        document = replace(document, text=article_numbers.recover(document.text))
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
        number = document.number or card.number or None
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
    title = document.title or card.title or PurePath(origin.name).stem or origin.name
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


def _by_raw(name: str, raw: str, kind: str) -> FileReport | None:
    """What is known of the very same bytes; a file that was read before is not read again."""
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


def _refused(name: str, problem: FileError) -> FileReport:
    return FileReport(name, "refused", code=problem.code, data=problem.data)


def _too_large(size: int, most: int) -> FileTooLargeError:
    return FileTooLargeError(limit_mb=most // _MEGABYTE, size_mb=round(size / _MEGABYTE, 1))
