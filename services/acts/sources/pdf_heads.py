"""Running heads, feet and page numbers of a PDF."""

import re
from collections.abc import Sequence

from services.acts.sources.pdf_lines import Line

_EDGE_ROWS = 2
_SAME_ROW = 2.0  # points
_NUMBER_OF_PAGE = re.compile(r"\W{0,3}(?:(?:[Сс]тор(?:інка|\.)|[Сс]\.)\s?)?#(?:\s?(?:з|із|/)\s?#)?\W{0,3}")
_Found = dict[int, Sequence[int]]


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages less what stands at the top or bottom of at least half of them, or of every second.

    Numbers in such a line either stay the same or grow with the page; numbers of points do neither.
    """
    seen: dict[tuple[str, bool], _Found] = {}
    for number, page in enumerate(pages):
        for index in _edges(page):
            seen.setdefault(_key(page, index), {}).setdefault(number, _numbers(page[index]))
    heads = {key for key, found in seen.items() if _is_head(key[0], found, len(pages))}
    kept = []
    for page in pages:
        dropped = {index for index in _edges(page) if _key(page, index) in heads}
        kept.append([line for index, line in enumerate(page) if index not in dropped])
    return kept


def _is_head(text: str, found: _Found, pages: int) -> bool:
    if not _turn_with_pages(found):
        return False
    if _NUMBER_OF_PAGE.fullmatch(text):
        return len(found) >= max(2, pages // 4)
    every_second = len({page % 2 for page in found}) == 1
    least = max(3, (pages + 3) // 4) if every_second else max(2, (pages + 1) // 2)
    return len(found) >= least


def _edges(page: Sequence[Line]) -> list[int]:
    """Positions of the lines in the highest and the lowest rows of a page."""
    order = sorted(range(len(page)), key=lambda index: -page[index].y)
    return sorted({*_first_rows(page, order), *_first_rows(page, order[::-1])})


def _first_rows(page: Sequence[Line], order: Sequence[int]) -> list[int]:
    rows = 0
    for count, index in enumerate(order):
        rows += count == 0 or abs(page[index].y - page[order[count - 1]].y) > _SAME_ROW
        if rows > _EDGE_ROWS:
            return list(order[:count])
    return list(order)


def _key(page: Sequence[Line], index: int) -> tuple[str, bool]:
    line = page[index]
    middle = (max(other.y for other in page) + min(other.y for other in page)) / 2
    return re.sub(r"\d+", "#", line.text), line.y > middle


def _numbers(line: Line) -> Sequence[int]:
    return [int(digits) for digits in re.findall(r"\d{1,9}", line.text)]


def _turn_with_pages(found: _Found) -> bool:
    for column in zip(*found.values(), strict=False):
        if (
            len(set(column)) > 1
            and len({number - page for page, number in zip(found, column, strict=True)}) > 1
        ):
            return False
    return True
