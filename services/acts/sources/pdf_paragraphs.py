"""From printed lines to paragraphs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from services.acts.sources.lines import Lines
from services.acts.sources.pdf_hyphens import mended
from services.acts.sources.pdf_lines import RAISED, Line
from services.acts.sources.pdf_notes import begins_note
from services.acts.sources.pdf_shape import Shape


def paragraphs(lines: Sequence[Line], notes: Mapping[int, Sequence[Line]]) -> str:
    """The text of printed lines, one paragraph a line, cleaned; `notes` are footnotes by their page."""
    shape = Shape(lines)
    written = Lines()
    blocks = list(_with_notes(_over_pages(list(_blocks(lines, shape)), shape), notes))
    texts = ["".join(_set_together(block, shape)) for block in blocks]
    for block, paragraph in zip(blocks, mended(texts), strict=True):
        mark = begins_note(block[0]) if block[0] in notes.get(block[0].page, ()) else None
        if mark:
            written.note(mark[1], paragraph[mark.end() :].replace("\n", " "))
        else:
            _write(paragraph.replace("\n", " "), written)
    return written.text()


def _blocks(lines: Sequence[Line], shape: Shape) -> Iterator[list[Line]]:
    block = list(lines[:1])
    for before, line in pairwise(lines):
        if shape.begins(before, line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _over_pages(blocks: Sequence[list[Line]], shape: Shape) -> list[list[Line]]:
    """The paragraphs; those of a row of a table that goes on at the top of a page joined cell by cell."""
    joined: list[list[Line]] = []
    before: list[list[Line]] = []
    for _, found in groupby(blocks, key=lambda block: (block[0].page, block[0].row)):
        row = list(found)
        if shape.goes_over(before, row):
            last = {block[-1].area: block for block in before}
            for block in row:
                last[block[0].area] += block
        else:
            joined += row
            before = row
    return joined


def _set_together(block: Sequence[Line], shape: Shape) -> Iterator[str]:
    yield block[0].text
    for before, line in pairwise(block):
        yield line.text if shape.is_cut(before, line) else f"\n{line.text}"


def _with_notes(blocks: Sequence[list[Line]], notes: Mapping[int, Sequence[Line]]) -> Iterator[list[Line]]:
    """The paragraphs, those of footnotes after the one that runs at the end of their page."""
    waiting = dict(notes)
    for block in blocks:
        for page in [page for page in waiting if page < block[0].page]:
            yield from _note_blocks(waiting.pop(page))
        yield block
    for found in waiting.values():
        yield from _note_blocks(found)


def _note_blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if block and begins_note(line):
            yield block
            block = []
        block.append(line)
    yield block


def _write(paragraph: str, written: Lines) -> None:
    for index, piece in enumerate(paragraph.split(RAISED)):
        digits = re.match(r"\d*", piece) if index else None
        if digits:
            written.add_superscript(digits[0])
            piece = piece[digits.end() :]
        written.add(piece)
    written.end()
