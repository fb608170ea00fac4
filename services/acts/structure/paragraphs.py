"""The lines of a body with what can be told of each before the units are built."""

import re
from dataclasses import dataclass

from services.acts.structure.lines import Line
from services.acts.structure.markers import Marker, marker
from services.acts.structure.tree import DOT, LETTER, PAREN, Node
from services.acts.unit_numbers import ORDINAL, normal, sort_key

_TOLD = re.compile(
    rf"\{{(?:абзац[ ]{ORDINAL}[ ])?(?:(?:під)?пункту?[ ](?P<item>\d+(?:-\d+)?)|частина[ ]{ORDINAL})[ ]"
)
_RESTORED = re.compile(rf"включено[ ]частину[ ](?P<number>{ORDINAL})")
_STYLES = {PAREN: "paren", LETTER: "letter", DOT: "dot"}


@dataclass(slots=True)
class Paragraph:
    """A line of a body with the number it begins with, if any."""

    line: Line
    marker: Marker | None
    upcoming: Marker | None = None  # the next number after this line
    told: str = ""  # the note right below, which may say what the paragraph belongs to

    def is_told_to_be_in(self, node: Node) -> bool | None:
        """Tell whether the note below says that the paragraph belongs to `node`; None if it says nothing."""
        told = _TOLD.match(self.told.lower())
        if told is None or node.rank < PAREN or told["item"] not in (None, node.number):
            return None
        return told["item"] is not None

    def precedes_next_of(self, node: Node) -> bool:
        """Tell whether the next number goes on with the list the item stands in."""
        ahead = self.upcoming
        if ahead is None or ahead.style != _STYLES.get(node.rank, "multi"):
            return False
        here, there = sort_key(node.number), sort_key(ahead.number)
        return bool(here) and bool(there) and here < there


def paragraphs_of(lines: list[Line]) -> list[Paragraph]:
    """Return the paragraphs of a body, its notes and quoted lines among them, without numbers."""
    paragraphs = [
        Paragraph(line, None if line.quoted or line.is_note else marker(line.text)) for line in lines
    ]
    upcoming: Marker | None = None
    below = ""
    for paragraph in reversed(paragraphs):
        paragraph.upcoming, paragraph.told = upcoming, below
        upcoming = paragraph.marker or upcoming
        below = paragraph.line.note
    return paragraphs


def has_numbered_parts(paragraphs: list[Paragraph]) -> bool:
    """Tell whether an article numbers its parts: its first «1.» is no item of a list."""
    previous = ""
    for paragraph in paragraphs:
        if paragraph.line.is_note:
            continue
        if paragraph.marker is not None and paragraph.marker.style == "dot":
            return not previous.endswith(":")
        previous = paragraph.line.text
    return False


def restored_parts(paragraphs: list[Paragraph]) -> set[str]:
    """Return the numbers of parts that were excluded once and that the article has again."""
    notes = (_RESTORED.search(paragraph.line.note.lower()) for paragraph in paragraphs if paragraph.line.note)
    return {normal(note["number"]) for note in notes if note is not None}
