"""Running heads, feet and page numbers of a PDF."""

import re
from collections.abc import Sequence
from statistics import median

from services.acts.sources.pdf_lines import Line

_EDGE_ROWS = 2
_SAME_ROW = 2.0  # points
_NUMBER_OF_PAGE = re.compile(r"\W{0,3}(?:(?:[Сс]тор(?:інка|\.)|[Сс]\.)\s?)?#(?:\s?(?:з|із|/)\s?#)?\W{0,3}")
_SAME_HEIGHT = 6.0  # points; a title of an act that its running head repeats stands lower
# «https://zakon.rada.gov.ua/laws/show/448-2022-п/print 1/2», «27.11.2026, 14:45» with a title beside it.
_ADDRESS = re.compile(r"(?:https?|file)://\S+")
_TIME = r"\d{1,2}[./]\d{1,2}[./]\d{2,4}, \d{1,2}:\d\d(?:\s?[AP]M)?"
_STAMP = re.compile(rf"{_ADDRESS.pattern}(?:\s+\d+/\d+)?|{_TIME}(?:\s.*)?")
_Found = dict[int, Line]
_Key = tuple[str, bool]


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages less what stands at one height at the top or bottom of half of them, or of every second.

    Numbers in such a line either stay the same or grow with the page; numbers of points do neither. What
    browsers print around a page goes from a single one, too.
    """
    seen: dict[_Key, _Found] = {}
    for number, page in enumerate(pages):
        for index in _edges(page):
            seen.setdefault(_key(page, index), {}).setdefault(number, page[index])
    heights = {
        key: median(line.y for line in found.values())
        for key, found in seen.items()
        if _is_head(key[0], found, len(pages))
    }
    return [_without(page, heights) for page in pages]


def _without(page: Sequence[Line], heights: dict[_Key, float]) -> list[Line]:
    edges = _edges(page)
    stamped = [page[index].y for index in edges if _STAMP.fullmatch(page[index].text)]
    printed = any(_ADDRESS.match(page[index].text) for index in edges)

    def is_head(index: int) -> bool:
        y, usual = page[index].y, heights.get(_key(page, index))
        if usual is not None and abs(y - usual) < _SAME_HEIGHT:
            return True
        return printed and any(abs(y - stamp) < _SAME_ROW for stamp in stamped)

    dropped = {index for index in edges if is_head(index)}
    return [line for index, line in enumerate(page) if index not in dropped]


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
    rows: list[float] = []
    for count, index in enumerate(order):
        if not rows or abs(page[index].y - rows[-1]) > _SAME_ROW:
            rows.append(page[index].y)
        if len(rows) > _EDGE_ROWS:
            return list(order[:count])
    return list(order)


def _key(page: Sequence[Line], index: int) -> _Key:
    line = page[index]
    middle = (max(other.y for other in page) + min(other.y for other in page)) / 2
    return re.sub(r"\d+", "#", line.text), line.y > middle


def _numbers(line: Line) -> Sequence[int]:
    return [int(digits) for digits in re.findall(r"\d{1,9}", line.text)]


def _turn_with_pages(found: _Found) -> bool:
    for column in zip(*map(_numbers, found.values()), strict=False):
        if (
            len(set(column)) > 1
            and len({number - page for page, number in zip(found, column, strict=True)}) > 1
        ):
            return False
    return True
