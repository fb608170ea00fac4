"""Chains of units in references: «абзацу другого частини першої статті 5», «пунктів 2, 3 і 7»."""

import re
from dataclasses import dataclass

from engine.nlp.document import Document

LEVELS = {
    "речення": 0,
    "абзац": 1,
    "підпункт": 2,
    "пункт": 3,
    "частина": 4,
    "стаття": 5,
    "параграф": 6,
    "глава": 7,
    "підрозділ": 8,
    "розділ": 9,
    "книга": 10,
    "додаток": 9,
}
_FORMS = {
    "речення": re.compile(r"речен(?:ня|нями|ь|ні|ням)$"),
    "абзац": re.compile(r"абзац(?:у|а|і|ів|ами|ах|ом|ем|и)?$"),
    "підпункт": re.compile(r"підпункт(?:у|а|і|ів|ами|ах|ом|и)?$"),
    "пункт": re.compile(r"пункт(?:у|а|і|ів|ами|ах|ом|и)?$|^п\.?$|^пп$"),
    "частина": re.compile(r"частин(?:и|і|а|ою|у|ами|ах)?$|^ч$"),
    "стаття": re.compile(r"стат(?:ті|тя|тею|тям|тях|тями|ей|тю)$|^ст$|^статтею$"),
    "параграф": re.compile(r"параграф(?:у|а|ом|и|ів)?$|^§$"),
    "глава": re.compile(r"глав(?:и|і|а|ою|ами|у)$"),
    "підрозділ": re.compile(r"підрозділ(?:у|і|ом|и|ів)?$"),
    "розділ": re.compile(r"розділ(?:у|і|ів|ом|ами|и)?$"),
    "книга": re.compile(r"книг(?:и|а|ою)$"),
    "додаток": re.compile(r"додат(?:ку|ок|ка|ком|ків|ки|ками|ках)$"),
}
_ORDINAL = re.compile(
    r"(?:перш|друг|трет|четверт|п'ят|шост|сьом|восьм|дев'ят|десят|одинадцят|дванадцят|\w+надцят"
    r"|двадцят|тридцят"
    r"|попередн|останн)(?:а|ої|ій|у|ою|ий|ого|ому|им|их|ими|і|я|ьої|ю|ього|ьому|ьою|ім|іх|іми|е|є)$"
)
_TENS = frozenset(
    ("двадцять", "тридцять", "сорок", "п'ятдесят", "шістдесят", "сімдесят", "вісімдесят", "дев'яносто")
)
_DIGITS = re.compile(r"\d+(?:[-.]\d+)*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_ROMAN = re.compile(r"[IVXLCІХ]+(?:-\d+)?$")
_JOINTS = frozenset((",", "і", "й", "та", "або", "чи", "-", "–", "—", "/"))
_QUOTES = {"«": "»", "“": "”", '"': '"', "„": "”"}


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """One unit with its numbers: kind, the first number as written, half-open tokens."""

    kind: str
    number: str
    first: int
    last: int

    @property
    def level(self) -> int:
        return LEVELS[self.kind]


def unit_kind(norm: str) -> str:
    """The unit a folded word names, or nothing."""
    return next((kind for kind, form in _FORMS.items() if form.match(norm)), "")


def is_number(document: Document, index: int) -> bool:
    """A unit's number: digits, a Roman numeral, an ordinal, a letter in quotation marks."""
    token = document.tokens[index]
    return bool(_DIGITS.match(token.text) or _ROMAN.match(token.text) or _ORDINAL.match(token.norm))


def closing_quote(document: Document, index: int, last: int) -> int | None:
    """The token after the mark that closes the quotation opened at `index`, in the same line."""
    opener = document.tokens[index].text
    if opener not in _QUOTES:
        return None
    closer, depth = _QUOTES[opener], 0
    for position in range(index, last):
        text = document.tokens[position].text
        if opener != closer and text == opener:
            depth += 1
        elif text == closer and position > index:
            depth -= opener != closer
            if depth <= 0:
                return position + 1
    return None


def chain(document: Document, index: int, last: int) -> list[UnitGroup]:
    """The longest chain of unit groups that begins at the token."""
    groups: list[UnitGroup] = []
    position = index
    while group := _group(document, position, last):
        if groups and document.tokens[group.first - 1].text == "," and _new_target(groups, group):
            break
        groups.append(group)
        position = _skip_joint(document, group.last, last)
    return groups


def without_place(document: Document, first: int, last: int) -> int:
    """The span's end without a closing bracket that says where it is written («(стаття 9)»)."""
    if last <= first or document.tokens[last - 1].text != ")":
        return last
    opening = last - 1
    while opening > first and document.tokens[opening].text != "(":
        opening -= 1
    return opening if opening > first + 1 and chain(document, opening + 1, last) else last


def _new_target(groups: list[UnitGroup], group: UnitGroup) -> bool:
    """After an article, a smaller unit behind a comma opens another target."""
    return groups[-1].level >= LEVELS["стаття"] and group.level < groups[-1].level


def _skip_joint(document: Document, index: int, last: int) -> int:
    if index < last - 1 and document.tokens[index].norm in (",", "і", "й", "та", "або", "чи"):
        return index + 1
    return index


def _group(document: Document, index: int, last: int) -> UnitGroup | None:
    if index >= last:
        return None
    tokens = document.tokens
    kind = unit_kind(tokens[index].norm)
    if kind:
        start = index + 1 + (index + 1 < last and tokens[index + 1].text == ".")
        end = _numbers(document, start, last)
        if end == start:
            return None
        return UnitGroup(kind, tokens[start].text, index, _title(document, kind, end, last))
    end = _numbers(document, index, last)
    if end == index or end >= last or not _ORDINAL.match(tokens[index].norm):
        return None
    kind = unit_kind(tokens[end].norm)
    return UnitGroup(kind, tokens[index].text, index, end + 1) if kind and _bare_unit(document, end) else None


def _numbers(document: Document, index: int, last: int) -> int:
    """The token after a list of numbers, or `index` itself."""
    end = index
    while end < last and _number_here(document, end, last):
        end = _number_end(document, end)
        follow = end
        while follow < last and document.tokens[follow].norm in _JOINTS and follow - end < 2:
            follow += 1
        if (
            follow == end
            or follow >= last
            or not _number_here(document, follow, last)
            or _unit_after(document, follow)
        ):
            break
        end = follow
    return end


def _unit_after(document: Document, index: int) -> bool:
    """«…статті 5, третьої частини»: the ordinal belongs to the next unit."""
    ordinal = bool(_ORDINAL.match(document.tokens[index].norm))
    return ordinal and _bare_unit(document, index + 1)


def _bare_unit(document: Document, index: int) -> bool:
    """A unit that its number precedes: none follows it."""
    if index >= len(document.tokens) or not unit_kind(document.tokens[index].norm):
        return False
    return index + 1 >= len(document.tokens) or not is_number(document, index + 1)


def _number_here(document: Document, index: int, last: int) -> bool:
    if document.tokens[index].text in _QUOTES:
        return index + 2 < last and len(document.tokens[index + 1].text) == 1 and _closes(document, index + 2)
    compound = document.tokens[index].norm in _TENS and index + 1 < last
    return is_number(document, index) or (compound and is_number(document, index + 1))


def _closes(document: Document, index: int) -> bool:
    return document.tokens[index].text in ("»", "”", '"')


def _number_end(document: Document, index: int) -> int:
    if document.tokens[index].text in _QUOTES:
        return index + 3
    follow = index + 1
    compound = document.tokens[index].norm in _TENS
    return (
        follow + 1 if compound and follow < len(document.tokens) and is_number(document, follow) else follow
    )


def _title(document: Document, kind: str, end: int, last: int) -> int:
    """A section's own title in quotation marks belongs to the chain."""
    if kind in ("розділ", "глава", "підрозділ") and end < last:
        return closing_quote(document, end, last) or end
    return end
