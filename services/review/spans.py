"""From what a hand selected to what an element may be: whole words without edge signs."""

from services.review.errors import SpanError

_EDGE = " \n\t"
_TAIL = _EDGE + ";,.:"
_INNER = "'’ʼ`-"


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of whole words that `[start, end)` touches, without edge spaces and final `;` `,` `.` `:`.

    A selection by hand often cuts the last letter or takes the next sign along. Ends may be given in
    either order and beyond the text. Raises SpanError when no word is selected.
    """
    start, end = sorted(min(max(at, 0), len(text)) for at in (start, end))
    while start < end and text[start] in _TAIL:
        start += 1
    while end > start and text[end - 1] in _TAIL:
        end -= 1
    if not any(char.isalnum() for char in text[start:end]):
        raise SpanError()
    while start > 0 and _inside_word(text, start):
        start -= 1
    while end < len(text) and _inside_word(text, end):
        end += 1
    return start, end


def _inside_word(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    # A sign inside a word (об’єкт, будь-який) has letters on both sides of it.
    if before.isalnum() and after in _INNER:
        return at + 1 < len(text) and text[at + 1].isalnum()
    return before in _INNER and after.isalnum() and at >= 2 and text[at - 2].isalnum()
