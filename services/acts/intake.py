"""One file through its whole way: told, read and stored, with a report of what became of it."""

import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Self

from services.acts import files
from services.acts.errors import EmptyFileError, FileError
from services.acts.sources import Columns, Document, Reader, archives, kind_of, read_txt
from services.acts.sources.errors import NestedArchiveError
from services.acts.sources.kinds import TABLES
from services.acts.sources.limits import MAX_BYTES, check_size
from services.acts.sources.names import shown as shown_name
from services.acts.storing import FileReport, Origin, by_raw, store

_MEGABYTE = 1_000_000
_MOST_PACKED = 500 * _MEGABYTE
_MOST_TABLE = 100 * _MEGABYTE
_PASTED_TITLE = 80


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
        try:
            check_size(len(data), _MOST_PACKED)
        except FileError as problem:
            return [_refused(shown_name(name), problem)]
        with files.on_disk(data) as path:
            return list(self.file(path, name))

    def file(self, path: Path, name: str) -> Iterator[FileReport]:
        """Take in a file on the disk; an archive or a table gives several reports."""
        for _, report in self.parts(path, name):
            yield report

    def parts(self, path: Path, name: str, skip: Collection[int] = ()) -> Iterator[tuple[int, FileReport]]:
        """The reports of a file under their numbers, those in `skip` (done before) left out."""
        name = shown_name(name)
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
        most = {"zip": _MOST_PACKED, **dict.fromkeys(TABLES, _MOST_TABLE)}.get(kind, MAX_BYTES)
        check_size(path.stat().st_size, most)
        return kind

    def _document(self, path: Path, name: str, kind: str) -> FileReport:
        raw = files.digest_of(path)
        if not self._encoding and (known := by_raw(name, raw, kind)):
            return known
        document = self._reader.document(path, kind, self._encoding)
        files.keep_file(path)
        return store(document, Origin(name, raw=raw))

    def _archive(self, path: Path, name: str, skip: Collection[int]) -> Iterator[tuple[int, FileReport]]:
        with archives.opened(path) as archive:
            found = list(archives.members(archive))
            if not found:
                raise EmptyFileError()
            for number, member in enumerate(found):
                if number in skip:
                    continue
                shown = f"{name}/{member.name}"
                if member.problem is not None:
                    yield number, _refused(shown, member.problem)
                    continue
                with tempfile.NamedTemporaryFile(dir=files.unfinished()) as file:
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


def _refused(name: str, problem: FileError) -> FileReport:
    return FileReport(name, "refused", code=problem.code, data=problem.data)
