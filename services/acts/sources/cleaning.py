"""The one cleaning of a text, done before any offset exists. After it the text never changes.

Only what cannot be seen is touched: line ends, kinds of spaces, invisible characters, composed letters.
Letters, quotes, dashes and apostrophes stay as the source has them, even where they look wrong.
"""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# The look-behinds keep long runs from being gone through once for each of their characters.
_LINE_TAILS = re.compile(r"(?<! ) +$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")
_MOST_MARKS = 30
"""Marks in a row that Unicode calls safe (UAX #15, Stream-Safe Text Format); no writing needs more."""
_MANY_MARKS = re.compile(rf"[^\w\s\x00-\u02ff]{{{_MOST_MARKS + 1},}}")
_JOINER = "\u034f"


def clean(text: str) -> str:
    """Return `text` ready to be stored: NFC, `\\n` line ends, plain spaces, one line end at its end.

    Cleaning a cleaned text changes nothing. A text of nothing but spaces becomes empty.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    text = _composed(text)
    text = _BLANK_LINES.sub("\n\n", _LINE_TAILS.sub("", text)).strip()
    return f"{text}\n" if text else ""


def clean_inline(piece: str) -> str:
    """Return a piece of a line as `clean` would leave it; a line end in it is a space."""
    if not piece.isprintable():
        # Only then is there a line end, a space of another kind or an invisible character in it.
        piece = _SPACES.sub(" ", _LINE_ENDS.sub("\n", piece)).replace("\n", " ")
        piece = _INVISIBLE.sub("", piece)
    return _composed(piece)


def _composed(text: str) -> str:
    """NFC. Putting a run of marks in order takes the square of its length, so that long runs are parted."""
    return unicodedata.normalize("NFC", _MANY_MARKS.sub(_parted, text))


def _parted(run: "re.Match[str]") -> str:
    """A run with the joiner that Unicode provides after every thirty marks."""
    out, marks = [], 0
    for char in run[0]:
        marks = marks + 1 if unicodedata.combining(unicodedata.normalize("NFD", char)[0]) else 0
        if marks > _MOST_MARKS:
            out.append(_JOINER)
            marks = 1
        out.append(char)
    return "".join(out)
