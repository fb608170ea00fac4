"""Headings that are headings only in their turn: «II. Назва», «2. Назва», excluded articles."""

from services.acts.structure.markers import Heading
from services.acts.unit_numbers import roman, sort_key

_MAX_GAP = 3  # sections whose heading was not seen as one


class Sequence:
    """The numbers reached so far in one document of an act."""

    def __init__(self, headings: list[Heading | None]) -> None:
        self.headings = headings
        self.start_document()

    def start_document(self) -> None:
        """Forget the numbers: an approved document counts anew."""
        self.roman = 0
        self.digit = 0
        self.article = ""

    def roman_is_due(self, index: int, inside_article: bool) -> bool:
        """Tell whether the Roman number of the heading at `index` is in its turn, or the first of a new row.

        A first one counts only where a second follows, and never inside an article: that is a list.
        """
        found = self.headings[index]
        value = _value(found)
        if value > 1 and value == self.roman + 1:
            return True
        if not inside_article and 0 < self.roman < value <= self.roman + _MAX_GAP:
            return True  # those between were excluded
        if value and value == self.roman and found is not None and "-" in found.number:
            return True
        return value == 1 and not inside_article and self._second_follows(index)

    def _second_follows(self, index: int) -> bool:
        for at in range(index + 1, len(self.headings)):
            later = self.headings[at]
            if later is not None and later.kind == "section":
                return _value(later) == 2
            if later is not None and later.kind in ("annex", "approved"):
                return False
        return False

    def article_is_due(self, found: Heading) -> bool:
        """Tell whether an excluded article stands in order, and not under a heading of its own."""
        last = sort_key(self.article)
        return not last or last < sort_key(found.number)

    def passed(self, found: Heading) -> None:
        """Take note of a heading that was opened."""
        if found.kind == "article":
            self.article = found.number
        elif found.kind == "section":
            self.roman = _value(found) or self.roman

    def digit_kind(self, found: Heading) -> str:
        """Return what «N. Назва» heads: a section in its turn, a subsection of one otherwise."""
        value = int(found.number.split("-")[0])
        if self.digit <= value <= self.digit + _MAX_GAP:
            self.digit = value
            return "section"
        return "subsection"


def _value(found: Heading | None) -> int:
    return (roman(found.number.split("-")[0]) or 0) if found is not None else 0
