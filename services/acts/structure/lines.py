"""Lines of an act as the parser sees them: folded, with editorial notes and quoted new text marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.acts.folding import fold
from services.acts.notes import Span, find_notes
from services.acts.structure.markers import marker


@dataclass(slots=True)
class Line:
    """One non-blank line. `start`, `end`: its text in the act, without surrounding spaces.

    `text` is the folded line without what editorial notes hold of it; empty when the line is all note,
    which then stands, folded, in `note`.
    `quoted` marks the new text that an amending act quotes: another act's structure, not this one's.
    """

    start: int
    end: int
    text: str
    quoted: bool = False
    note: str = ""

    @property
    def is_note(self) -> bool:
        return not self.text


@dataclass(frozen=True, slots=True)
class Layout:
    """A text with its editorial notes found and its lines read."""

    text: str
    notes: list[Span]
    lines: list[Line]


def read(text: str) -> Layout:
    """Return the layout of `text`: notes blanked in its lines, quoted blocks marked."""
    folded = fold(text)
    notes = find_notes(text, folded)
    lines = [_line(folded, start, end, inside) for start, end, inside in _rows(text, notes)]
    mark_round_notes(lines)
    mark_quoted(lines)
    return Layout(text, notes, lines)


def _rows(text: str, notes: list[Span]) -> Iterator[tuple[int, int, list[Span]]]:
    """Yield (start, end, notes that touch it) of every non-blank line."""
    position, first, length = 0, 0, len(text)
    while position < length:
        stop = text.find("\n", position)
        stop = length if stop < 0 else stop
        row = text[position:stop]
        bare = row.strip()
        if bare:
            start = position + row.index(bare[0])
            end = start + len(bare)
            while first < len(notes) and notes[first][1] <= start:
                first += 1
            last = first
            while last < len(notes) and notes[last][0] < end:
                last += 1
            yield start, end, notes[first:last]
        position = stop + 1


# Old texts note changes in round brackets; those are no paragraphs of the act.
_ROUND_START = (
    r"\([ ]?(?:абзац|частин|статт|пункт|підпункт|розділ|глав|преамбул|назв|закон|кодекс|постанов|наказ|указ|"
    r"положенн|порядок|примітк|додат|дію|зі?[ ]змінами|із[ ]змінами|офіційне)"
)
_OPENS_ROUND = re.compile(_ROUND_START + r"[^)]*$", re.IGNORECASE)
_ROUND_NOTE = re.compile(
    _ROUND_START + r"[^\n]{0,600}(?:згідно|на підставі|в редакції|виключен|втратил|тлумачення)[^\n]*\)$",
    re.IGNORECASE,
)


def mark_round_notes(lines: list[Line]) -> None:
    """Make notes of the lines of a note in round brackets that goes on over several: a list of changes."""
    index = 0
    while index < len(lines):
        stop = index + 1
        if lines[index].text.startswith("(") and _OPENS_ROUND.match(lines[index].text):
            while stop < len(lines) and _goes_on(lines[stop - 1], lines[stop]):
                stop += 1
            if _ROUND_NOTE.match(" ".join(line.text for line in lines[index:stop])):
                for line in lines[index:stop]:
                    line.text, line.note = "", f"{{{line.text.removeprefix('(')}"
        index = stop


def _goes_on(above: Line, line: Line) -> bool:
    """Tell whether a note in round brackets that holds the line `above` goes on in `line`."""
    closed = above.text.endswith(")") and above.text.count(")") > above.text.count("(")
    return not closed and not line.is_note and line.text[0] != "(" and marker(line.text) is None


def _line(folded: str, start: int, end: int, notes: list[Span]) -> Line:
    if not notes:
        text = folded[start:end]
        if text.startswith("(") and _ROUND_NOTE.match(text):
            return Line(start, end, "", note="{" + text[1:])
        return Line(start, end, text)
    law: list[str] = []
    position = start
    for opened, closed in notes:
        law.append(folded[position : max(position, opened)])
        position = min(max(position, closed), end)
    law.append(folded[position:end])
    text = "".join(law).strip()
    return Line(start, end, text, note="" if text else folded[start:end])


_ANNOUNCES = re.compile(
    r"(?:редакції|змісту|такого|такі|таким|так|словами|абзацами?|пунктами?|частинами?)\s*:$"
)
_QUOTED_UNIT = re.compile(
    r"\"[ ]*(?:(?:стаття|розділ|глава|книга|підрозділ|параграф|§)[ ]+[\dІVХLСI]|\d+(?:-\d+)?[.)][ ]|"
    r"[а-яіїєґ]\)[ ]|примітка[.:]|додаток)",
    re.IGNORECASE,
)
_CLOSES = re.compile(r'"\s*[.;,]?\s*\)?[.;,]?$')
_INSTRUCTION = re.compile(
    r"(?:викласти|доповнити|виключити|замінити)(?!\w)|[ ]такого[ ]змісту|"
    r"^(?:\d+(?:-\d+)?[.)]|[а-яіїєґ]\))?[ ]*(?:цей[ ]закон[ ]набирає|"
    r"[ву][ ](?:частин|стат|пункт|підпункт|абзац|закон|кодекс|розділ|тексті|назві))",
    re.IGNORECASE,
)
_LONGEST_INSTRUCTION = 600  # characters
_LOOK_AHEAD = 4_000  # lines; a whole code restated by an amending law is shorter


def mark_quoted(lines: list[Line]) -> None:
    """Mark the lines of quoted new text: from a line that opens with a quote, after one that announces it.

    Quotes are folded, so opening and closing ones are told apart by parity: a quoted block ends at the
    line that ends with a quote and makes their number even, or above the next instruction. A block that
    never ends is no block.
    """
    budget = 20 * len(lines) + _LOOK_AHEAD
    index, previous = 0, ""
    while index < len(lines):
        line = lines[index]
        if line.text.startswith('"') and _announced(line.text, previous):
            last = _block_end(lines, index, min(budget, _LOOK_AHEAD))
            budget -= (last if last is not None else index + _LOOK_AHEAD) - index
            for quoted in lines[index : (last if last is not None else index) + 1]:
                quoted.quoted = True
            index = last if last is not None else index
        if lines[index].text:
            previous = lines[index].text
        index += 1


def _announced(text: str, above: str) -> bool:
    """Tell whether a line that opens with a quote is new text: it is announced, or a unit with its number."""
    if _ANNOUNCES.search(above) is not None:
        return True
    return above.endswith(":") and _QUOTED_UNIT.match(text) is not None


def _block_end(lines: list[Line], first: int, limit: int) -> int | None:
    quotes = 0
    for index in range(first, min(len(lines), first + limit)):
        text = lines[index].text
        quotes += text.count('"')
        closes = text.endswith(('"', ".", ";", ",", ")")) and _CLOSES.search(text)
        # One quote may close both a title and the new text: «… Законом України "Про банки";».
        if closes and (quotes % 2 == 0 or (quotes > 1 and _instructs(lines, index + 1))):
            return index
    return None


def _instructs(lines: list[Line], index: int) -> bool:
    """Tell whether the line at `index` says what else to change: no new text goes on there."""
    return index < len(lines) and _INSTRUCTION.search(lines[index].text[:_LONGEST_INSTRUCTION]) is not None
