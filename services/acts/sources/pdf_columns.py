"""Pages set in two columns: the left one is read before the right one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from services.acts.sources.pdf_lines import Line

_FEWEST = 6  # lines of a column
_MOST_ACROSS = 0.25  # of all lines: titles over both columns, tables
_WIDTH = 0.6  # of a column that most of its lines fill
_PLACES = range(40, 61, 2)  # where the gutter may stand, in hundredths of the width


def in_reading_order(page: Sequence[Line]) -> list[Line]:
    """The lines of a page; in two columns, those between two titles column by column."""
    gutter = _gutter(page)
    if gutter is None or any(line.area[1] <= gutter <= line.area[2] for line in page if line.cell):
        return list(page)
    across = [line.y for line in page if line.left < gutter < line.right]

    def place(line: Line) -> tuple[int, int]:
        if line.left < gutter < line.right:
            return sum(y >= line.y for y in across), 0
        return sum(y > line.y for y in across), 1 + (line.left > gutter)

    rows = Counter((place(line), round(line.y)) for line in page)

    def in_column(line: Line) -> Line:
        if line.cell:
            return line
        area = ("page", line.area[1], place(line)[1])
        return replace(line, area=area, is_alone=rows[place(line), round(line.y)] == 1)

    return [in_column(line) for line in sorted(page, key=place)]


def _gutter(lines: Sequence[Line]) -> float | None:
    if len(lines) < 2 * _FEWEST:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    places = [left + (right - left) * share / 100 for share in _PLACES]
    gutter = min(places, key=lambda x: sum(line.left < x < line.right for line in lines))
    before = [line for line in lines if line.right <= gutter]
    after = [line for line in lines if line.left >= gutter]
    if len(lines) - len(before) - len(after) > _MOST_ACROSS * len(lines):
        return None
    full = _is_column(before, gutter - left) and _is_column(after, right - gutter)
    return gutter if full else None


def _is_column(lines: Sequence[Line], width: float) -> bool:
    filled = sum(bool(line.cell) or line.right - line.left > _WIDTH * width for line in lines)
    return len(lines) >= _FEWEST and filled > len(lines) / 2
