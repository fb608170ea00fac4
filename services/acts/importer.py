"""Files become acts: each on its own, so that one bad file never costs the others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Literal

from sqlalchemy.exc import IntegrityError

from services.acts import metadata, records
from services.acts.errors import FileError
from services.acts.sources import read_txt
from services.db import SessionLocal

Outcome = Literal["imported", "restored", "already_there", "refused"]


@dataclass(frozen=True)
class FileReport:
    """What became of one file. `restored`: a deleted act has its text; `code`, `data`: why refused."""

    name: str
    outcome: Outcome
    act_id: int | None = None
    title: str = ""
    code: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def import_files(files: Iterable[tuple[str, bytes]]) -> list[FileReport]:
    """Store the texts of files (name, bytes) as acts, in order; a refused file stores nothing.

    A text that is there already is never stored twice; a deleted act with the same text is restored.
    """
    return [_import(name, data) for name, data in files]


def _import(name: str, data: bytes) -> FileReport:
    try:
        text = read_txt(data).text
    except FileError as problem:
        return FileReport(name, "refused", code=problem.code, data=problem.data)
    try:
        return _store(name, text)
    except IntegrityError:
        # Somebody stored the same text a moment ago: now it is found.
        return _store(name, text)


def _store(name: str, text: str) -> FileReport:
    with SessionLocal.begin() as session:
        act = records.find(session, records.text_hash(text))
        if act is not None:
            outcome: Outcome = "restored" if act.deleted_at else "already_there"
            act.deleted_at = None
        else:
            outcome = "imported"
            guessed = metadata.guess(text)
            title = guessed.title or PurePath(name).stem or name
            act = records.add(
                session,
                text,
                title,
                number=guessed.number or None,
                act_type=guessed.act_type,
                date=guessed.date,
                body=guessed.body,
                origin="file",
                source=name[: records.TITLE_LENGTH],
            )
        return FileReport(name, outcome, act.id, act.title)
