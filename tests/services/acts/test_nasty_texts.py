"""Texts made to hurt: each step ends, and what it returns lies inside the text.

There is no clock here: a pattern that backtracks without end runs into the suite's time-out.
"""

import pytest

from services.acts import metadata, references
from services.acts.notes import find_notes
from services.acts.structure import parse
from services.extraction.chunking import split

SIZE = 20_000
NASTY = {
    "opening quotes": "«",
    "opening braces": "{",
    "closing braces": "}",
    "brackets": "(",
    "digits": "1",
    "numbers": "1.",
    "empty points": "1) \n",
    "letters": "а) ",
    "headings": "Стаття 1. А\n",
    "Roman sections": "I. Назва\n",
    "digit sections": "1. НАЗВА\n",
    "excluded points": "{Пункт 1 виключено}\n",
    "excluded articles": "{Стаття 1. Статтю 1 виключено}\n",
    "announced quotes": 'такого змісту:\n"абзац\n',
    "units without numbers": "пункту ",
    "units": "пункту 1 частини першої ",
    "ordinals": "двадцять першої та другої ",
    "unfinished titles": 'Закону України "Про ',
    "adjectives": "Державним цивільним ",
    "delegations": "порядку, встановленому ",
    "by-laws": "постанова від 1 січня 2020 ",
    "terms": 'терміни "а", ',
    "approvals": "ЗАТВЕРДЖЕНО\n",
    "signatures": "Голова\nІ. Іванов\n",
    "capitals": "НАЗВА АКТА\n",
    "no-break spaces": "\u00a0",
    "one word": "слово",
}


@pytest.mark.parametrize("piece", NASTY.values(), ids=NASTY.keys())
def test_every_step_ends_and_stays_inside_the_text(piece: str) -> None:
    text = piece * (SIZE // len(piece))
    inside = range(len(text) + 1)
    assert all(unit.start in inside and unit.end in inside for unit in parse(text))
    assert all(start in inside and end in inside for start, end in find_notes(text))
    assert all(found.start in inside and found.end in inside for found in references.find(text))
    assert all(passage.start in inside and passage.end in inside for passage in split(text, 200))
    assert metadata.guess(text).number == ""
