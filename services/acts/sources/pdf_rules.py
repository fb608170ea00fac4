"""The rules that a page draws, and the cells of tables between them."""

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as raw

_THIN = 3.0  # points
_SHORTEST = 5.0
_CLOSE = 2.0
_SHORT = (40.0, 250.0)  # a rule above footnotes
_MOST_OBJECTS = 50_000
_MOST_RULES = 3_000  # a page with more of them is a drawing
_MOST_EDGES = 5  # segments of a box
_HIGHEST = 0.6  # of a page: a frame around all of it holds no table cell


class Rule(NamedTuple):
    """A straight rule: its place across, and from where to where it goes."""

    at: float
    start: float
    end: float


def turned(x: float, y: float, direction: tuple[int, int]) -> tuple[float, float]:
    """A place on a page that is turned so that `direction` points to the right."""
    across, up = direction
    return x * across + y * up, y * across - x * up


class Rules:
    """The rules of one page; falsy where there is no upright one."""

    def __init__(self, page: Any, direction: tuple[int, int]) -> None:
        self._upright: list[Rule] = []
        self._level: list[Rule] = []
        self._height = max(page.get_size())
        for index in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
            part = raw.FPDFPage_GetObject(page, index)
            if raw.FPDFPageObj_GetType(part) == raw.FPDF_PAGEOBJ_PATH:
                self._add(part, direction)
        if len(self._upright) + len(self._level) > _MOST_RULES:
            self._upright, self._level = [], []

    def __bool__(self) -> bool:
        return bool(self._upright)

    def between(self, left: float, right: float, y: float) -> list[float]:
        """Places of the upright rules that a row from `left` to `right` at the height `y` crosses."""
        return [rule.at for rule in self._upright if left < rule.at < right and rule.start <= y <= rule.end]

    def cell(self, left: float, right: float, y: float) -> tuple[float, float, float] | None:
        """The left, the right and the top of the cell around a piece of text; None outside tables."""
        beside = [rule.at for rule in self._upright if rule.start <= y <= rule.end]
        x0 = max((at for at in beside if at <= left + _CLOSE), default=None)
        x1 = min((at for at in beside if at >= right - _CLOSE), default=None)
        if x0 is None or x1 is None:
            return None
        heights = [rule.at for rule in self._level if rule.start <= x0 + _CLOSE and rule.end >= x1 - _CLOSE]
        top = min((at for at in heights if at > y), default=None)
        bottom = max((at for at in heights if at <= y), default=None)
        if top is None or bottom is None or top - bottom > _HIGHEST * self._height:
            return None
        return x0, x1, top

    def separator(self) -> float | None:
        """The height of the short rule above footnotes; None where no rule stands free of tables."""
        free = [
            rule.at
            for rule in self._level
            if _SHORT[0] < rule.end - rule.start < _SHORT[1] and not self._touches(rule)
        ]
        return min(free, default=None)

    def _touches(self, level: Rule) -> bool:
        return any(
            rule.start - _CLOSE <= level.at <= rule.end + _CLOSE
            and level.start - _CLOSE <= rule.at <= level.end + _CLOSE
            for rule in self._upright
        )

    def _add(self, part: Any, direction: tuple[int, int]) -> None:
        corners = [ctypes.c_float() for _ in range(4)]
        if not raw.FPDFPageObj_GetBounds(part, *corners):
            return
        (x0, y0), (x1, y1) = (turned(corners[i].value, corners[i + 1].value, direction) for i in (0, 2))
        (x0, x1), (y0, y1) = sorted((x0, x1)), sorted((y0, y1))
        if x1 - x0 < _THIN < _SHORTEST < y1 - y0:
            self._upright.append(Rule((x0 + x1) / 2, y0, y1))
        elif y1 - y0 < _THIN < _SHORTEST < x1 - x0:
            self._level.append(Rule((y0 + y1) / 2, x0, x1))
        elif min(x1 - x0, y1 - y0) > _SHORTEST and raw.FPDFPath_CountSegments(part) <= _MOST_EDGES:
            self._upright += [Rule(x0, y0, y1), Rule(x1, y0, y1)]
            self._level += [Rule(y0, x0, x1), Rule(y1, x0, x1)]
