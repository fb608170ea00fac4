"""Uploaded and produced files: a row each, their bytes stored once under their SHA-256."""

import hashlib
import os
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from engine.disk import sync_folder
from engine.store.database import Database
from engine.wire import JsonObject, Page, new_id, now

_CHUNK = 1 << 20
_DRAFT = "draft-"
_LIVE = "(expires_at IS NULL OR expires_at > strftime('%s', 'now'))"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as listed; times in seconds since 1970, size in bytes."""

    seq: int
    id: str
    created_at: int
    expires_at: int | None
    filename: str
    purpose: str
    bytes: int
    sha256: str

    def to_wire(self) -> JsonObject:
        """The provider's file object."""
        return {
            "id": self.id,
            "object": "file",
            "bytes": self.bytes,
            "created_at": self.created_at,
            "expires_at": self.expires_at,
            "filename": self.filename,
            "purpose": self.purpose,
            "status": "processed",
            "status_details": None,
        }


class FileStore:
    """Files of every purpose. Two uploads of the same bytes are two files and one copy on disk."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, source: BinaryIO, filename: str, purpose: str, lifetime: int | None = None) -> StoredFile:
        """Store a stream from its current position; `lifetime` in seconds."""
        digest, size = self._keep(source)
        created = now()
        with self._database.write() as db:
            cursor = db.execute(
                "INSERT INTO files (id, created_at, expires_at, filename, purpose, bytes, sha256)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *",
                (
                    new_id("file-", 22),
                    created,
                    created + lifetime if lifetime else None,
                    filename,
                    purpose,
                    size,
                    digest,
                ),
            )
            return StoredFile(**cursor.fetchone())

    def get(self, file_id: str) -> StoredFile | None:
        """The file, or None when it never was, is deleted or has expired."""
        with self._database.read() as db:
            row = db.execute(f"SELECT * FROM files WHERE id = ? AND {_LIVE}", (file_id,)).fetchone()  # noqa: S608 - a constant
        return StoredFile(**row) if row else None

    def path(self, file: StoredFile) -> Path:
        """Where its bytes are."""
        return self._folder / file.sha256

    def page(self, after: str | None, limit: int, descending: bool, purpose: str | None) -> Page[StoredFile]:
        """Live files after a given one, by time of upload."""
        order, sign = ("DESC", "<") if descending else ("ASC", ">")
        query = (
            f"SELECT * FROM files WHERE {_LIVE} AND (:purpose IS NULL OR purpose = :purpose)"  # noqa: S608 - constants
            f" AND (:after IS NULL OR seq {sign} (SELECT seq FROM files WHERE id = :after))"
            f" ORDER BY seq {order} LIMIT :limit"
        )
        with self._database.read() as db:
            rows = db.execute(query, {"after": after, "limit": limit + 1, "purpose": purpose}).fetchall()
        return Page.cut([StoredFile(**row) for row in rows], limit)

    def delete(self, file_id: str) -> bool:
        """Remove a file, and its bytes when no other file has the same; False when there is none."""
        with self._database.write() as db:
            row = db.execute("DELETE FROM files WHERE id = ? RETURNING sha256", (file_id,)).fetchone()
            if row:
                self._drop_bytes(db, row["sha256"])
        return row is not None

    def sweep(self) -> None:
        """Remove expired files and what an interrupted upload left behind; for a start, before any upload."""
        with self._database.read() as db:
            expired = [row["id"] for row in db.execute(f"SELECT id FROM files WHERE NOT {_LIVE}")]  # noqa: S608 - a constant
        for file_id in expired:
            self.delete(file_id)
        for path in self._folder.glob(f"{_DRAFT}*"):
            path.unlink()

    def _drop_bytes(self, db: sqlite3.Connection, digest: str) -> None:
        if not db.execute("SELECT 1 FROM files WHERE sha256 = ?", (digest,)).fetchone():
            (self._folder / digest).unlink(missing_ok=True)

    def _keep(self, source: BinaryIO) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix=_DRAFT, delete=False) as draft:
            try:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    draft.write(chunk)
                draft.flush()
                os.fsync(draft.fileno())
            except BaseException:
                Path(draft.name).unlink()
                raise
        Path(draft.name).replace(self._folder / digest.hexdigest())
        sync_folder(self._folder)
        return digest.hexdigest(), size
