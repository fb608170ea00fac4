"""Headings that only what stands around them tells: notes inside lists, decisions, translations, and more."""

import re
from itertools import pairwise

from services.acts.structure.head import head_end
from services.acts.structure.lines import Line
from services.acts.structure.markers import OF_AN_ACT, Heading, marker
from services.acts.unit_numbers import sort_key

# Below a decree stands the decision it brings into force; in an act's own head this tells of the act.
_BROUGHT_INTO_FORCE = re.compile(r"введено[ ]+в[ ]+дію(?:[ ]+указом[ ].*)?$", re.IGNORECASE)
_INTO_FORCE = re.compile(r"1\.[ ]*Цей (?:Закон|Кодекс) (?:набирає|вводиться|набуває)")
_LANGUAGES = {"статт": "uk", "стать": "ru", "аrtіс": "en"}  # by the word for an article, folded
_CYRILLIC_ALONE = re.compile(r"[бвгґджзйклмнптфцчшщьюяєїБГҐДЖЗЙЛПФЦЧШЩЬЮЯЄЇ]")  # as folded
# «І» alone may be a Roman number.
_UKRAINIAN = re.compile(r"[іїєґЇЄҐ]|[АБГДЕЖЗЙКНОПРТУФЦЧШЩЬЮЯ]І|І[АБГДЕЖЗЙКНОПРТУФЦЧШЩЬЮЯ]")
_RUSSIAN = re.compile(r"[ыэъё]|(?:ние|ия|ии|ого)(?!\w)|(?<!\w)(?:и|или|между|года)(?!\w)", re.IGNORECASE)
_ENGLISH = re.compile(r"(?:[bdfghjklmnqrstuvwz].*){3}", re.IGNORECASE)
_UNDOTTED = re.compile(r"(?:Стаття|СТАТТЯ)[ ]+(?P<number>\d+)[ ]+(?=[А-ЯІЇЄҐ\"])")
_SPACED_INDEX = re.compile(
    r"(?:Стаття|СТАТТЯ)[ ]+(?P<number>\d+)[ ]+(?P<prime>прим\.?[ ]*)?(?P<index>\d{1,2})[ ]?\.[ ]*"
    r"(?=[А-ЯІЇЄҐ\"]|$)"
)
_BARE_SECTION = re.compile(r"(?P<number>\d{1,2})[ ]+(?=[А-ЯІЇЄҐ]{3})")
_MAX_LEAD_IN = 60  # lines between the beginning of a translation and its first article


def in_context(lines: list[Line], found: list[Heading | None]) -> list[Heading | None]:
    """Return the candidates with those changed that the lines around them make something else.

    `translation` heads the text of a treaty in another language; a `final` with `rest` -1 begins closing
    provisions whose own heading was lost: its line is their first point.
    """
    changes: dict[int, Heading | None] = dict.fromkeys(_notes_in_lists(lines, found))
    for index in range(head_end(lines, 0), len(lines)):
        if _BROUGHT_INTO_FORCE.match(lines[index].text) and not lines[index].quoted:
            changes[index] = Heading("approved", "", len(lines[index].text))
    changes |= dict.fromkeys(_translations(lines, found), Heading("translation", "", 0))
    changes |= _bare_sections(lines, found)
    changes |= _undotted_articles(lines, found)
    changes |= _spaced_indices(lines, found)
    changes |= dict.fromkeys(_lost_finals(lines, found), Heading("final", "", -1))
    return [changes.get(index, heading) for index, heading in enumerate(found)]


def _notes_in_lists(lines: list[Line], found: list[Heading | None]) -> list[int]:
    """Return the lines of notes below a point of a by-law whose list goes on after them: «2.4 … 2.5».

    A note above all norms is among them: it tells of the act.
    """
    inside: list[int] = []
    if not any(own is not None and own.kind == "note" for own in found):
        return inside
    waiting: list[tuple[int, dict[str, tuple[int, ...]]]] = []
    above: dict[str, tuple[int, ...]] = {}
    in_article = headed = False
    for index, line in enumerate(lines):
        mark = None if line.quoted or line.is_note else marker(line.text)
        own = found[index]
        if own is not None and own.kind == "note":
            if not above and not headed:
                inside.append(index)
            elif not in_article and marker(line.text[own.rest :]) is None:
                waiting.append((index, dict(above)))
        elif own is not None:
            in_article, headed = own.kind == "article", True
            waiting, above = [], {}
        elif mark is not None:
            key = sort_key(mark.number)
            inside += [at for at, numbers in waiting if () < numbers.get(mark.style, ()) < key]
            waiting = []
            above[mark.style] = key
    return inside


def _translations(lines: list[Line], found: list[Heading | None]) -> list[int]:
    """Return the first lines of a treaty's text in another language: there its articles begin anew."""
    articles = [(at, own) for at, own in enumerate(found) if own is not None and own.kind == "article"]
    starts: list[int] = []
    for (above, _), (index, own) in pairwise(articles):
        before, language = _language(lines[above].text), _language(lines[index].text)
        if not before or not language or before == language or own.number not in ("1", "I"):
            continue
        start = index
        while start > max(above + 1, index - _MAX_LEAD_IN) and _is_in(language, lines[start - 1]):
            start -= 1
        while start < index and not _shows(language, lines[start]):
            start += 1
        if found[start] is None:
            starts.append(start)
    return starts


def _language(text: str) -> str:
    return _LANGUAGES.get(text[:10].lower().replace(" ", "")[:5], "")


def _is_in(language: str, line: Line) -> bool:
    """Tell whether a line may be of a text in `language`."""
    if language == "en":
        return _CYRILLIC_ALONE.search(line.text) is None
    if language == "ru":
        return _UKRAINIAN.search(line.text) is None
    return _shows(language, line)


def _shows(language: str, line: Line) -> bool:
    """Tell whether a line can only be of a text in `language`."""
    shown = {"en": _ENGLISH, "ru": _RUSSIAN, "uk": _UKRAINIAN}[language].search(line.text)
    return shown is not None and marker(line.text) is None


def _bare_sections(lines: list[Line], found: list[Heading | None]) -> dict[int, Heading | None]:
    """Return «1 СФЕРА ЗАСТОСУВАННЯ», «2 ТЕРМІНИ» of building norms, where «1.1» follows the first."""
    sections: dict[int, Heading | None] = {}
    for index, line in enumerate(lines[:-1]):
        match = _BARE_SECTION.match(line.text) if found[index] is None else None
        if match is None or line.quoted or not line.text.isupper():
            continue
        if int(match["number"]) != len(sections) + 1:
            continue
        below = marker(lines[index + 1].text)
        if sections or (below is not None and below.number == "1.1"):
            sections[index] = Heading("digit", match["number"], match.end())
    return sections


def _undotted_articles(lines: list[Line], found: list[Heading | None]) -> dict[int, Heading | None]:
    """Return «Стаття 2 Україна є унітарною державою.»: an article in its turn that has no other heading."""
    headed = {own.number for own in found if own is not None and own.kind == "article"}
    articles: dict[int, Heading | None] = {}
    last = 0
    for index, line in enumerate(lines):
        own = found[index]
        if own is not None and own.kind == "article":
            last = next(iter(sort_key(own.number)), 0)
        match = _UNDOTTED.match(line.text) if own is None and not line.quoted else None
        if match is None or match["number"] in headed or int(match["number"]) != last + 1:
            continue
        if not OF_AN_ACT.match(line.text, match.end()):
            articles[index] = Heading("article", match["number"], match.end())
            last += 1
    return articles


def _spaced_indices(lines: list[Line], found: list[Heading | None]) -> dict[int, Heading | None]:
    """Return «Стаття 19 1. Назва» below article 19, and «Стаття 19 прим. 1»: both are article 19-1.

    Below article 18 it is article 19 with its first part on the same line.
    """
    articles: dict[int, Heading | None] = {}
    last: tuple[int, ...] = ()
    for index, line in enumerate(lines):
        own = found[index]
        match = None if line.quoted else _SPACED_INDEX.match(line.text)
        if match is not None:
            due = (int(match["number"]), (last[1] if len(last) > 1 else 0) + 1)
            if match["prime"] or (last[:1] == due[:1] and int(match["index"]) == due[1]):
                own = articles[index] = Heading("article", f"{match['number']}-{match['index']}", match.end())
            elif own is None and match["index"] == "1" and last and due[0] == last[0] + 1:
                own = articles[index] = Heading("article", match["number"], match.start("index"))
        if own is not None and own.kind == "article":
            last = sort_key(own.number)
    return articles


def _lost_finals(lines: list[Line], found: list[Heading | None]) -> list[int]:
    """Return the lines «1. Цей Закон набирає чинності …» that stand below the parts of an article."""
    finals: list[int] = []
    parts = None  # lines of the article so far; None outside of articles
    for index, line in enumerate(lines):
        own = found[index]
        if own is not None:
            parts = 0 if own.kind == "article" else None
        elif parts and not line.quoted and _INTO_FORCE.match(line.text):
            finals.append(index)
            parts = None
        elif parts is not None and not line.is_note:
            parts += 1
    return finals
