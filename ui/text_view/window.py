"""Long texts are shown through a window of three parts that follows the reader: where the parts begin."""

from collections.abc import Sequence

PART = 20_000
"""Code points of a part: the window of three is drawn in half a second, the Civil Code as a whole in 8 s."""

WHOLE = 90_000
"""Code points of the longest text that is shown whole."""


def parts(text: str, headings: Sequence[tuple[int, int]], size: int = PART) -> list[tuple[int, int]]:
    """Half-open ranges that cover the text in order, each about `size` long.

    A part ends before an article's heading where one is near, else at the end of a paragraph.
    """
    if len(text) <= size * 3 // 2:
        return [(0, len(text))]
    starts = [start for start, _ in headings]
    found, begin = [], 0
    while len(text) - begin > size * 3 // 2:
        end = _cut(text, starts, begin + size // 2, begin + size)
        found.append((begin, end))
        begin = end
    return [*found, (begin, len(text))]


def _cut(text: str, starts: Sequence[int], low: int, high: int) -> int:
    near = [start for start in starts if low < start <= high]
    if near:
        return near[-1]
    paragraph = text.rfind("\n", low, high)
    return paragraph + 1 if paragraph > low else high


def part_of(ranges: Sequence[tuple[int, int]], offset: int) -> int:
    """Index of the part an offset lies in; the last one for an offset beyond the end."""
    return next((index for index, (_, end) in enumerate(ranges) if offset < end), len(ranges) - 1)


def around(ranges: Sequence[tuple[int, int]], part: int) -> tuple[int, int]:
    """The window in which `part` is read: it with the parts around it; at the ends three too."""
    first = max(0, min(part - 1, len(ranges) - 3))
    return ranges[first][0], ranges[min(first + 2, len(ranges) - 1)][1]


def inside(pairs: Sequence[tuple[int, int]], begin: int, end: int) -> list[tuple[int, int]]:
    """Ranges that touch [begin, end), counted from `begin` and clipped to it."""
    return [(max(s - begin, 0), min(e, end) - begin) for s, e in pairs if s < end and e > begin]
