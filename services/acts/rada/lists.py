"""Lists as people paste them: numbers and links on lines, after commas, or in running words."""

import re
from collections.abc import Iterator

from services.acts.rada.errors import RadaError
from services.acts.rada.numbers import Wanted, acts

_LINK = re.compile(
    r"https?://[^\s,;«»\"<>]+|(?<![\w.])(?:[a-z\d-]+\.)*rada\.(?:gov|kiev)\.ua/[^\s,;«»\"<>]+", re.IGNORECASE
)
_ENUMERATED = re.compile(r"^(?:\d{1,3}[.)]|[•*–—-])\s+")
# «2939-VI» names an act wherever it stands, in letters of either alphabet.
_LAW = re.compile(r"(?<![\w/])\d{1,5}[а-яі]?\s?[-‑–—]\s?[IVXІХ]{1,5}(?!\w)", re.IGNORECASE)
_DATED = re.compile(r"(?:№|N)\s*\d.*\d{4}|\d{4}.*(?:№|N)\s*\d")
_EDGES = " \t\u00a0,.•()[]«»“”\"'"


def several(text: str) -> list[str]:
    """The acts that a list names, in their order; also what is not understood, as it was typed.

    An act counts once, under the first of its names («2939-VI» and «2939-17» are one); an act that the Rada
    keeps in parts stands there with the identifier of each. Lines and semicolons always separate; commas and
    spaces do where what stands between them names acts of its own («2939-VI, 435-IV»), and not inside one
    act's date or title.
    """
    found = (item for line in re.split(r"[;\n\r]+", text) for item in _line(line))
    named: dict[Wanted | str, str] = {}
    for act, name in (pair for item in found if item for pair in _named(item)):
        named.setdefault(act, name)
    return list(named.values())


def _named(item: str) -> list[tuple[Wanted | str, str]]:
    """What an item asks for, each with the name to show."""
    try:
        asked = acts(item)
    except RadaError:
        return [(item, item)]
    return [(act, item if len(asked) == 1 else act.number) for act in asked]


def _line(line: str) -> Iterator[str]:
    links = [link.rstrip(").") for link in _LINK.findall(line)]
    rest = _ENUMERATED.sub("", _LINK.sub(" , ", line).strip(_EDGES))
    # Words beside a link say what it is; only an act of their own counts there.
    words = [item for part in _parts(rest) for item in _numbers(part)]
    yield from (item for item in words if not links or _understood(item))
    yield from links


def _parts(line: str) -> list[str]:
    """The pieces between commas if several of them are acts, else the line as it is."""
    pieces = [piece for piece in (part.strip(_EDGES) for part in line.split(",")) if piece]
    acts = sum(_understood(piece) or bool(_DATED.search(piece)) for piece in pieces)
    return pieces if acts > 1 else [line.strip()]


def _numbers(piece: str) -> list[str]:
    """«№ 2939-VI та № 435-IV», «2939-17 435-15»: each number; anything else stays whole."""
    words = [word.strip(_EDGES) for word in piece.split()]
    if len(words) > 1 and all(_understood(word) for word in words):
        return words
    laws = [" ".join(law.split()) for law in _LAW.findall(piece)]
    if len(set(laws)) > 1:
        return laws
    return [piece]


def _understood(typed: str) -> bool:
    try:
        acts(typed)
    except RadaError:
        return False
    return True
