"""Rich text (.rtf)."""

import re

from striprtf.striprtf import rtf_to_text

from services.acts.errors import EmptyFileError
from services.acts.sources.document import Document
from services.acts.sources.errors import DamagedDocumentError
from services.acts.sources.lines import Lines

# striprtf forgets that letters were raised, so the first raised digit is marked before it reads.
_RAISED = re.compile(
    r"(\\(?:super|up[1-9]\d{0,2})(?![a-z0-9])(?:\\[a-z]{1,20}-?\d{0,6} ?|[ \r\n]){0,12})(\d)"
)
_MARK = "\x01"
_MARKED = re.compile(f"{_MARK}(\\d+)")
# Footnotes are destinations that striprtf leaves out: their groups are opened, and their ends marked.
_FOOTNOTE = re.compile(r"\{\s?(?:\\\*)?\\footnote(?![a-z])")
_BRACES = re.compile(r"\\[{}\\]|[{}]")
_LONGEST_NOTE = 100_000
_NOTE_BEGINS, _NOTE_ENDS = "\x03", "\x04"
_NOTE = re.compile(f"{_NOTE_BEGINS}\\s*(\\*{{1,4}})?([^{_NOTE_BEGINS}{_NOTE_ENDS}]*){_NOTE_ENDS}")
# What a reader of the document does not see: deletions that are only marked, and hidden words.
_GONE = re.compile(r"\{(?:\\[a-z]{1,20}-?\d{0,6} ?){0,20}\\(?:deleted|v)(?![a-z0-9])[^{}]{0,20000}\}")
_FIELD = re.compile(r"\{\\\*\\fldinst\b[^{}]{0,2000}(?:\{[^{}]{0,2000}\}[^{}]{0,200}){0,8}\}")


def read_rtf(data: bytes) -> Document:
    """The text of a rich text file; table cells stand on lines of their own, lists keep their numbers,
    footnotes follow their paragraph as notes in braces.

    Raises DamagedDocumentError or EmptyFileError.
    """
    source = data.decode("latin-1")
    source = _GONE.sub("", _FIELD.sub("", source)).replace(r"\pntext", r"\listtext")
    source = _with_notes(_RAISED.sub(rf"\1{_MARK}\2", source))
    try:
        text = rtf_to_text(source, encoding="cp1251", errors="replace")
    except (ValueError, IndexError, KeyError, TypeError, LookupError) as problem:
        raise DamagedDocumentError(kind="rtf") from problem
    lines = _Reading().read(text)
    cleaned = lines.text()
    if not any(char.isalnum() for char in cleaned):
        raise EmptyFileError()
    return Document(cleaned, "rtf")


def _with_notes(source: str) -> str:
    """Let the words of footnotes stand where they are referred to, between two marks."""
    pieces, position = [], 0
    for note in _FOOTNOTE.finditer(source):
        if note.start() < position:
            continue
        end = _end_of_group(source, note.start())
        if end is None:
            break
        pieces += [source[position : note.start()], "{", _NOTE_BEGINS, " "]
        pieces += [source[note.end() : end], _NOTE_ENDS]
        position = end
    return "".join([*pieces, source[position:]])


def _end_of_group(source: str, start: int) -> int | None:
    depth = 0
    for brace in _BRACES.finditer(source, start, start + _LONGEST_NOTE):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if not depth:
            return brace.start()
    return None


class _Reading:
    """Writes the rows of a converted text into lines; footnotes are numbered as they come."""

    def __init__(self) -> None:
        self._lines = Lines()
        self._notes = 0

    def read(self, text: str) -> Lines:
        position = 0
        for note in _NOTE.finditer(text):
            self._read_rows(text[position : note.start()])
            self._notes += not note[1]
            self._lines.footnote(note[1] or str(self._notes), note[2].replace("\n", " ").replace(_MARK, ""))
            position = note.end()
        self._read_rows(text[position:])
        self._lines.end()
        return self._lines

    def _read_rows(self, text: str) -> None:
        first, *rows = re.split(r"[\n|]", text)
        self._read_row(first)
        for row in rows:
            self._lines.end()
            self._read_row(row)

    def _read_row(self, row: str) -> None:
        position = 0
        for raised in _MARKED.finditer(row):
            self._lines.add(row[position : raised.start()])
            self._lines.add_superscript(raised[1])
            position = raised.end()
        self._lines.add(row[position:])
