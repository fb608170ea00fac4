"""One page of a PDF as rows of letters with their places."""

import ctypes
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from statistics import median, median_low
from typing import Any

import pypdfium2.raw as raw

from services.acts.sources.pdf_lines import HYPHEN, MARKER, RAISED, Line, is_raised
from services.acts.sources.pdf_rules import Rules, turned

_WIDE_GAP = 2.5  # sizes of a letter; stretched lines have narrower ones
_NAME = re.compile(r"[А-ЯІЇЄҐ](?:\.|[А-ЯІЇЄҐ’']{2})")  # «Д. Шмигаль», «ШМИГАЛЬ»
_NUMBERED = re.compile(r"[А-ЯІЇЄҐ§][\w’']*\s+[IVXLCІХ\d.-]{1,12}\s*")  # «Розділ I.» before its name
_SAMPLES = 40
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


class Page:
    """Characters of one page as pdfium tells them; places in points, upwards from the lower left corner.

    A page whose letters run up, down or upside down is turned so that they run to the right.
    """

    def __init__(self, page: Any, text_page: Any, number: int) -> None:
        self._page, self._number = text_page, number
        count = text_page.count_chars()
        text = text_page.get_text_range().replace("\ufffe", HYPHEN) if count else ""
        if len(text) != count:
            # Letters beyond the first 65,536 count twice there: one by one, places stay true.
            text = "".join(chr(raw.FPDFText_GetUnicode(text_page, index) or 32) for index in range(count))
        self._text = text
        self._direction = self._usual_direction()
        self._rules = Rules(page, self._direction)
        self._separator = self._rules.separator()
        width, height = page.get_size()
        self._width = round(width if self._direction[0] else height)

    def rows(self) -> Iterator[Line]:
        """Rows of characters as pdfium breaks them, cut where a cell ends or a wide gap stands.

        A raised index may stand in a row of its own.
        """
        for row in re.finditer(rf"[^\r\n{HYPHEN}]+{HYPHEN}?", self._text):
            pieces = self._pieces(row.start(), row.end())
            for start, end in pieces:
                text = self._text[start:end].strip()
                if text:
                    start += self._text[start:end].index(text[0])
                    yield self._line(start, start + len(text), is_alone=len(pieces) == 1)

    def _pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """The row `start`, `end` cut at the rules that it crosses and at wide gaps."""
        while start < end - 1 and self._text[start] == " ":
            start += 1
        cuts = sorted({*self._at_rules(start, end), *self._at_gaps(start, end)})
        return list(zip([start, *cuts], [*cuts, end], strict=True))

    def _at_rules(self, start: int, end: int) -> list[int]:
        if not self._rules:
            return []
        (left, y), (right, _) = self._origin(start), self._origin(end - 1)
        rules = self._rules.between(left, right, y + 0.3 * self._size(start))
        return [bisect_left(range(start, end), x, key=lambda at: self._origin(at)[0]) + start for x in rules]

    def _at_gaps(self, start: int, end: int) -> list[int]:
        """Where a row goes on far away, as a name after an office; a stretched row has wide gaps all over."""
        gaps = {}
        for space in re.finditer(r"(?<=[^ ]) +(?=[^ ])", self._text[start:end]):
            after = start + space.end()
            gaps[after] = self._origin(after)[0] - self._right(start + space.start() - 1)
        if len(gaps) == 1 and not _NAME.match(self._text, min(gaps)):
            return []
        limit = _WIDE_GAP * max(self._size(start), median_low(gaps.values()) if len(gaps) > 1 else 0.0)
        return [after for after, gap in gaps.items() if gap > limit and not self._is_marker(start, after)]

    def _is_marker(self, start: int, end: int) -> bool:
        piece = self._text[start:end]
        marker = MARKER.match(piece)
        ends = marker is not None and marker.end() >= len(piece.rstrip())
        return ends or _NUMBERED.fullmatch(piece) is not None

    def _line(self, start: int, end: int, *, is_alone: bool) -> Line:
        (x, y), right = self._origin(start), self._right(end - 1)
        size = self._usual_size(start, end)
        cell = self._rules.cell(x, right, y + 0.3 * size)
        area = ("cell", round(cell[0]), round(cell[1])) if cell else ("page", self._width, 0)
        place = (self._number, *cell) if cell else ()
        text = "".join(self._marked(start, end))
        is_below = self._separator is not None and y < self._separator
        return Line(text, x, right, y, size, self._number, area, place, is_alone, is_below)

    def _marked(self, start: int, end: int) -> Iterator[str]:
        for index in range(start, end):
            char = self._text[index]
            if char.isdigit() and index > start and self._is_raised(index):
                yield RAISED
            yield _LIGATURES.get(char, char)

    def _is_raised(self, index: int) -> bool:
        if not self._text[index - 1].isalnum():
            return False
        height = self._origin(index)[1] - self._origin(index - 1)[1]
        return is_raised(self._size(index - 1), self._size(index), height)

    def _matrix(self, index: int) -> Any:
        matrix = raw.FS_MATRIX()
        return (
            matrix if raw.FPDFText_GetMatrix(self._page, index, matrix) else raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
        )

    def _size(self, index: int) -> float:
        """The size of a letter as it is seen; some programs draw all at one size and scale it."""
        matrix = self._matrix(index)
        return float(raw.FPDFText_GetFontSize(self._page, index)) * math.hypot(matrix.c, matrix.d)

    def _usual_size(self, start: int, end: int) -> float:
        """The size of a line of which one end or the middle may be an index, or the mark of a footnote."""
        middle = next((at for at in range((start + end) // 2, end) if self._text[at] != " "), start)
        return median(map(self._size, (start, middle, end - 1)))

    def _usual_direction(self) -> tuple[int, int]:
        """Where most letters run: (1, 0) to the right, (0, 1) up."""
        step = max(1, len(self._text) // _SAMPLES)
        found: Counter[tuple[int, int]] = Counter()
        for index in range(0, len(self._text), step):
            matrix = self._matrix(index)
            size = math.hypot(matrix.a, matrix.b) or 1.0
            found[round(matrix.a / size), round(matrix.b / size)] += 1
        direction = found.most_common(1)[0][0] if found else (1, 0)
        return direction if direction in ((1, 0), (0, 1), (-1, 0), (0, -1)) else (1, 0)

    def _origin(self, index: int) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._page, index, x, y)
        return turned(x.value, y.value, self._direction)

    def _right(self, index: int) -> float:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(self._page, index, left, right, bottom, top)
        corners = ((left.value, bottom.value), (right.value, top.value))
        return max(turned(x, y, self._direction)[0] for x, y in corners)
