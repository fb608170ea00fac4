"""What a line of an act begins with: a heading, a number of a point, or nothing."""

import re
from dataclasses import dataclass

from services.acts.folding import fold
from services.acts.unit_numbers import ALPHABET, ORDINAL, ROMAN, normal

_INDEX = r"(?:[ ]?-[ ]?\d+)*(?:-[А-ЯІЇЄҐ](?![А-Яа-яІіЇїЄєҐґ]))?"
_LEVELS = r"\d{1,3}(?:\.\d{1,3})+(?=[ .:]|$)"
_NUMBER = rf"(?:{_LEVELS}|\d+{_INDEX}|{ROMAN}(?:[ ]?-[ ]?\d+|-[А-ЯІЇЄҐ])?(?![А-Яа-яІіЇїЄєҐґ'])|{ORDINAL})"
_TITLE_STARTS = r"""["(А-ЯІЇЄҐA-Z\d§]"""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `rest` is the offset in the line where its title or text begins."""

    kind: str
    number: str
    rest: int


@dataclass(frozen=True, slots=True)
class Marker:
    """A number before a paragraph. `style`: `dot` «1.», `multi` «14.1.106», `paren` «1)», `letter` «а)».

    `rest` is the offset in the line where the text begins.
    """

    style: str
    number: str
    rest: int

    @property
    def depth(self) -> int:
        return self.number.count(".") + 1


def _spaced(word: str) -> str:
    """Return a pattern of a word that old texts also print letter by letter: «С т а т т я»."""
    return "[ ]?".join(word)


# The words of Russian and English are those of treaties whose official text it is.
_KINDS = {
    "стаття": "article",
    "статья": "article",
    fold("article"): "article",
    "ст.": "article",
    "розділ": "section",
    "раздел": "section",
    "глава": "chapter",
    "книга": "book",
    "підрозділ": "subsection",
    "параграф": "paragraph_unit",
    "§": "paragraph_unit",
    "частина": "book",
}
_INITIALS = frozenset(word[0].upper() for word in _KINDS)
_WORDS = "|".join(_spaced(word) for word in _KINDS if word.isalpha())
_NAMED = re.compile(
    rf"(?P<word>{_WORDS}|§|ст\.)[ ]*(?P<number>{_NUMBER})\*{{0,3}}[ ]?(?P<dot>[.:]?)[ ]*(?:-[ ]+)?",
    re.IGNORECASE,
)
OF_AN_ACT = re.compile(
    r"(?:[\w'-]+(?:ого|ої|их)[ ]+){0,3}(?:закон|кодекс|статут|указ|наказ|порядк|протокол|договор)у(?!\w)|"
    r"(?:[\w'-]+(?:ого|ої|их)[ ]+){0,3}(?:конституції|конвенції|декларації|угоди|постанови|правил)(?!\w)",
    re.IGNORECASE,
)
"""What follows «Стаття 5» where a sentence cites an article of an act."""
_HALVES = re.compile(rf"(?:(?P<number>{ROMAN})\.[ ]+)?(?P<word>ЗАГАЛЬНА|ОСОБЛИВА) ЧАСТИНА\.?$", re.IGNORECASE)
_FINAL = re.compile(
    r"(?:прикінцеві|перехідні|заключні|кінцеві)(?:[ ]+(?:та|і|й)[ ]+(?:прикінцеві|перехідні|заключні))?"
    r"[ ]+положення$",
    re.IGNORECASE,
)
_ANNEX = re.compile(
    rf"додаток(?:[ ]+(?:№|n)?[ ]*(?P<number>\d+{_INDEX}|{ROMAN}|[А-ЯІЇЄҐ](?![А-Яа-яІіЇїЄєҐґ'])))?"
    r"(?=$|[ ]+до[ ]|[ ]*\()",
    re.IGNORECASE,
)
_APPROVED = re.compile(r"(?:затверджен[оаиі]|схвален[оаиі]|погоджен[оаиі])(?:$|[ ]+[а-яіїєґ])", re.IGNORECASE)
_NOTE = re.compile(r"примітк[аи](?:[ ]+(?P<number>\d+))?[ ]*(?:[.:](?![\w])|$)[ ]*", re.IGNORECASE)
_ROMAN_DOT = re.compile(rf"(?P<number>{ROMAN}(?:-\d+)?)\.[ ]*(?=[А-ЯІЇЄҐ\"]|$)(?![А-ЯІЇЄҐ]\.)")
_MAX_LABEL = 120  # characters of a line that is nothing but a label
_LONGEST_NAMED = 500
_LONGEST_BARE = 300  # characters of a title that no full stop divides from its number


def heading(text: str) -> Heading | None:
    """Return the heading a folded line is, or begins with, or None."""
    if text[:1] in _INITIALS and (match := _NAMED.match(text)):
        return _named(match, text)
    if (note := note_heading(text)) is not None:
        return note
    if len(text) > _MAX_LABEL:
        return None
    if match := _HALVES.match(text):
        return Heading("book", match["word"].lower(), len(text))
    if _FINAL.match(text):
        return Heading("final", "", 0)
    if text[-1] in ".:;,":
        return None
    if match := _ANNEX.match(text):
        return Heading("annex", normal(match["number"] or ""), len(text))
    if _APPROVED.match(text) and not text[:2].islower():
        return Heading("approved", "", len(text))
    return None


def note_heading(text: str) -> Heading | None:
    """Return the «Примітка.» a folded line begins with, or None."""
    match = _NOTE.match(text)
    return Heading("note", match["number"] or "", match.end()) if match else None


def _named(match: "re.Match[str]", text: str) -> Heading | None:
    word, number, rest = match["word"].lower().replace(" ", ""), match["number"], text[match.end() :]
    if word == "частина" and (number[0].isdigit() or (rest and not rest.isupper())):
        return None
    if word not in ("§", "ст.") and text[match.end("word")] != " ":
        return None
    if word == "ст." and not match["dot"]:
        return None
    if rest and not match["dot"] and not (text[match.end() - 1] == " " and _is_bare_title(rest)):
        return None
    if rest.endswith(")") and "(" not in rest:
        return None
    if _KINDS[word] != "article" and len(text) > _LONGEST_NAMED:
        return None
    return Heading(_KINDS[word], normal(number), match.end())


def _is_bare_title(rest: str) -> bool:
    """Tell whether what follows «Стаття 5» without a full stop is its title, and no sentence about it."""
    if not re.match(_TITLE_STARTS, rest) or OF_AN_ACT.match(rest):
        return False
    return rest[-1] not in ".:;," and len(rest) <= _LONGEST_BARE


def roman_dot(text: str) -> Heading | None:
    """Return the heading «II. Назва» or «II.» a folded line may be; whether it is one, the sequence tells."""
    match = _ROMAN_DOT.match(text)
    if match is None or len(text) > 400:
        return None
    return Heading("section", normal(match["number"]), match.end())


_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.(?:\d{4}|\d{2})(?![\d.])")
_MULTI = re.compile(
    r"(?P<number>\d{1,4}(?:\.\d{1,4})+(?:-\d{1,3})?)(?:\.(?=[ А-ЯІЇЄҐ\"]|$)|\)(?=[ ])|[ ](?=[А-ЯІЇЄҐ\"]))[ ]*"
)
_DOT = re.compile(r"(?P<number>\d{1,4}(?:[ ]?-[ ]?\d{1,3})?)[ ]?\.(?:[ ]+|$|(?=[А-ЯІЇЄҐ]))")
_PAREN = re.compile(r"(?P<number>\d{1,4}(?:[ ]?-[ ]?\d{1,3})?)[ ]?\)[ ]*")
_ROMAN_ITEM = re.compile(r"(?P<number>[іvх]{2,5})[ ]?\)[ ]*", re.IGNORECASE)
_LETTER = re.compile(rf"(?P<number>[{ALPHABET}ыэa-z](?:[ ]?-[ ]?\d{{1,2}})?)[ ]?\)[ ]*", re.IGNORECASE)
# Treaties number their points «(a)», «(1)», «(ii)».
_BRACKETED = re.compile(rf"\([ ]?(?P<number>\d{{1,3}}|[{ALPHABET}a-z]|[іvх]{{2,5}})[ ]?\)[ ]+", re.IGNORECASE)


def marker(text: str) -> Marker | None:
    """Return the number a folded line begins with, or None."""
    first = text[:1]
    if first.isdigit():
        for style, pattern in (("dot", _DOT), ("paren", _PAREN), ("multi", _MULTI)):
            if match := pattern.match(text):
                if style != "paren" and _DATE.match(text):
                    return None
                return Marker(style, normal(match["number"]), match.end())
        return None
    if first == "(" and (match := _BRACKETED.match(text)):
        number = match["number"]
        return Marker("paren" if number.isdigit() else "letter", normal(number), match.end())
    if first in "іvхІVХ" and (match := _ROMAN_ITEM.match(text)):
        return Marker("letter", normal(match["number"]), match.end())
    if text[1:2] in (")", "-", " ") and (match := _LETTER.match(text)):
        return Marker("letter", normal(match["number"]), match.end())
    return None


_NORM = re.compile(
    r"ма(?:є|ють) право|зобов'язан(?:ий|а|о|і)(?!\w)|повин(?:ен|на|но|ні)(?!\w)|забороняється|"
    r"не допускається|кара[єю]ться|тягне за собою"
)


def reads_as_norm(text: str) -> bool:
    """Tell whether a folded line that may be a title says what somebody must, may or may not do."""
    return text[:1] in ("-", "*", "•") or _NORM.search(text) is not None
