"""Rich text (.rtf)."""

import re
from collections.abc import Callable

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
# Footnotes and text boxes are groups that striprtf leaves out, so they are opened before it reads.
_FOOTNOTE = re.compile(r"\{\s?(?:\\\*)?\\footnote(?![a-z])")
_BOX = re.compile(r"\{\s?\\shp(?:grp)?(?![a-z])")
_BOX_TEXT = re.compile(r"\{\s?\\shptxt(?![a-z])")
_BRACES = re.compile(r"\\[{}\\]|[{}]")
_LONGEST_GROUP = 1_000_000
_NOTE_BEGINS, _NOTE_ENDS = "\x03", "\x04"
_NOTE = re.compile(f"{_NOTE_BEGINS}\\s*(\\*{{1,4}})?([^{_NOTE_BEGINS}{_NOTE_ENDS}]*){_NOTE_ENDS}")
# What a reader of the document does not see: deletions that are only marked, and hidden words.
_GONE = re.compile(r"\{(?:\\[a-z]{1,20}-?\d{0,6} ?){0,20}\\(?:deleted|v)(?![a-z0-9])[^{}]{0,20000}\}")
_FIELD = re.compile(r"\{\\\*\\fldinst\b[^{}]{0,2000}(?:\{[^{}]{0,2000}\}[^{}]{0,200}){0,8}\}")


def read_rtf(data: bytes) -> Document:
    """The text of a rich text file; table cells stand on lines of their own, lists keep their numbers,
    footnotes follow their paragraph as notes in braces, text boxes are paragraphs where they are anchored.

    Raises DamagedDocumentError or EmptyFileError.
    """
    source = data.decode("latin-1")
    source = _GONE.sub("", _FIELD.sub("", source)).replace(r"\pntext", r"\listtext")
    source = _opened(_RAISED.sub(rf"\1{_MARK}\2", source), _BOX, _as_paragraphs)
    source = _opened(source, _FOOTNOTE, _as_note)
    try:
        text = rtf_to_text(source, encoding="cp1251", errors="replace")
    except (ValueError, IndexError, KeyError, TypeError, LookupError) as problem:
        raise DamagedDocumentError(kind="rtf") from problem
    lines = _Reading().read(text)
    cleaned = lines.text()
    if not any(char.isalnum() for char in cleaned):
        raise EmptyFileError()
    return Document(cleaned, "rtf")


def _opened(source: str, group: "re.Pattern[str]", write: Callable[[str], str]) -> str:
    """Let the words of groups that striprtf leaves out stand in the text as `write` puts them."""
    pieces, position = [], 0
    for found in group.finditer(source):
        if found.start() < position:
            continue
        end = _end_of_group(source, found.start())
        if end is None:
            break
        pieces += [source[position : found.start()], "{", write(source[found.end() : end])]
        position = end
    return "".join([*pieces, source[position:]])


def _as_note(words: str) -> str:
    return f"{_NOTE_BEGINS} {words}{_NOTE_ENDS}"


def _as_paragraphs(shape: str) -> str:
    """The text of a drawn box; what else a shape holds are its properties."""
    texts = []
    for found in _BOX_TEXT.finditer(shape):
        end = _end_of_group(shape, found.start())
        texts.append(shape[found.end() : end])
    return rf"\par {''.join(texts)}\par " if texts else ""


def _end_of_group(source: str, start: int) -> int | None:
    depth = 0
    for brace in _BRACES.finditer(source, start, start + _LONGEST_GROUP):
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
