"""References by rule: unit chains with the act they belong to, acts named in full,
and «цього Закону» as a basis.
"""

import re
from dataclasses import dataclass

from engine.nlp.document import Document
from engine.nlp.rules.units import UnitGroup, chain, closing_quote, unit_kind
from engine.nlp.words import words

_ACT_LEMMAS = words(
    """закон кодекс конституція постанова наказ указ розпорядження рішення положення порядок правило
    правила інструкція конвенція пакт договір угода протокол статут регламент декларація умова методика
    перелік критерій директива основа основи декрет вимога програма концепція стандарт хартія зміна
    вказівка принцип"""
)
_NUMBERED = words("закон постанова наказ указ розпорядження рішення декрет директива регламент лист")
_THIS = re.compile(
    r"(?:цього|цьому|цим|цієї|цій|цією|цих|цими|даного|даної|даним|названого|вказаного|зазначеного)$"
)
_POINTERS = ("цей", "ця", "це", "цього", "цій", "цим")
_BASIS = re.compile(
    r"(?:відповідно(?: до)?|згідно(?: (?:з|із|зі))?|на підставі|на виконання|на основі)(?: (?:вимог"
    r"|положень|норм))?(?: \w+ли)? $"
)
_CODE_ADJECTIVES = re.compile(
    r"(?:цивільн|кримінальн|господарськ|сімейн|земельн|податков|митн|бюджетн|житлов|повітрян|водн"
    r"|лісов|виборч"
    r"|процесуальн|виконавч|арбітражн)"
)
_MONTHS = words("""січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня""")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}$")
_GAZETTE = re.compile(r"(?:вісник|відомост|ввр|офіційн|урядов)")
_REGISTER = re.compile(r"(?:[vznр]?\d{2,}[\w/]*-\d{2,}|\d+[кa-zа-я]*/\d+-вр)$")
_CODE_SUBJECT = re.compile(
    r"(?:адміністративного судочинства|законів про працю|цивільного захисту"
    r"|торговельного мореплавства)(?: україни)?"
    r"|(?:україни )?(?:про адміністративні правопорушення|про надра|з процедур банкрутства)"
)
_APPROVED = re.compile(r"(?:затверджен|схвален|ратифікован|зареєстрован|прийнят)\w*$")
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class ReferenceMatch:
    """Half-open tokens of a reference, its unit groups,
    and where the act's name begins (None when it has none).
    """

    first: int
    last: int
    groups: tuple[UnitGroup, ...]
    act: int | None


def find_references(document: Document) -> list[ReferenceMatch]:
    """References of a passage, in reading order."""
    found: list[ReferenceMatch] = []
    for sentence in document.sentences:
        if sentence.heading:
            continue
        index = sentence.first
        while index < sentence.last:
            match = _at(document, index, sentence.first, sentence.last)
            if match:
                found.append(match)
                found.extend(_further(document, match, sentence.last))
                index = found[-1].last
            else:
                index += 1
    return found


def _further(document: Document, match: ReferenceMatch, last: int) -> list[ReferenceMatch]:
    """«Законів України «А», «Б»», «постанов … № 1, від … № 2»: each further act is one more reference."""
    found: list[ReferenceMatch] = []
    if match.act is None or match.groups:
        return found
    end = match.last
    while end + 1 < last and document.tokens[end].norm in (",", "та", "і"):
        closing = closing_quote(document, end + 1, last)
        if closing is None and document.tokens[end + 1].norm == "від":
            number_end = dated(document, end + 1, last)
            closing = _title(document, number_end, last) if number_end else None
        if closing is None or not _quoted_act(document, end + 1):
            break
        found.append(ReferenceMatch(end + 1, closing, (), end + 1))
        end = closing
    return found


def _quoted_act(document: Document, index: int) -> bool:
    title = document.tokens[index + 1].text in ("Про", "Деякі", "Питання")
    return title or document.tokens[index].norm == "від"


def _at(document: Document, index: int, first: int, last: int) -> ReferenceMatch | None:
    groups = chain(document, index, last)
    if groups and not _in_gazette(document, index, first):
        end = groups[-1].last
        named = act_name(document, end, last, after_units=True)
        return ReferenceMatch(index, named or end, tuple(groups), end if named else None)
    if groups or (index > first and document.tokens[index - 1].norm in _POINTERS):
        return None
    if unit := _vague_unit(document, index, last):
        return unit
    act_end = act_name(document, index, last, after_units=False)
    if act_end and _worth_marking(document, index, act_end, first):
        return ReferenceMatch(index, act_end, (), index)
    return None


def _vague_unit(document: Document, index: int, last: int) -> ReferenceMatch | None:
    """«попередніх статей даної частини цього Пакту»: units named by their place, not by a number."""
    if index + 3 >= last or not document.tokens[index].norm.startswith("попередн"):
        return None
    if not unit_kind(document.tokens[index + 1].norm):
        return None
    end = index + 2
    while end + 1 < last and _THIS.match(document.tokens[end].norm):
        end += 2
    return ReferenceMatch(index, end, (), None)


def _in_gazette(document: Document, index: int, first: int) -> bool:
    """«(Офіційний вісник України, 2021 р., № 36, ст. 2148)» names a page, not an article."""
    if not document.brackets[index]:
        return False
    opening = index
    while opening > first and document.brackets[opening - 1]:
        opening -= 1
    return bool(_GAZETTE.search(document.span_text(opening, index)))


def act_name(document: Document, index: int, last: int, *, after_units: bool) -> int | None:
    """The token after an act's name that begins at `index`, or None."""
    if index >= last:
        return None
    if _THIS.match(document.tokens[index].norm):
        return _this_act(document, index, last, after_units)
    head = _act_head(document, index, last, after_units)
    if head >= last or document.words[head].lemma not in _ACT_LEMMAS:
        return None
    if not after_units and not _capital_or_numbered(document, index, head):
        return None
    end = _link_code(document, _after_head(document, head, last, after_units), last)
    if after_units and end == head + 1 and document.tokens[index].text.islower():
        return None
    return end


def _act_head(document: Document, index: int, last: int, after_units: bool) -> int:
    """Past the adjectives of a name («Митного кодексу», «Загальних правил»); participles are none of them."""
    head = index
    while head < last and head - index < 4 and _name_adjective(document, head):
        token = document.tokens[head]
        if not (after_units or token.text[0].isupper() or head > index or _CODE_ADJECTIVES.match(token.norm)):
            break
        if document.words[head].lemma.endswith(("чений", "лений", "аний")):
            break
        head += 1
    return head


def _name_adjective(document: Document, index: int) -> bool:
    return document.words[index].adjective or bool(_CODE_ADJECTIVES.match(document.tokens[index].norm))


def _this_act(document: Document, index: int, last: int, after_units: bool) -> int | None:
    end = index
    while end + 1 < last and _THIS.match(document.tokens[end].norm):
        word = document.words[end + 1]
        named = word.lemma in _ACT_LEMMAS or bool(unit_kind(document.tokens[end + 1].norm))
        if not named or (not after_units and unit_kind(document.tokens[end + 1].norm)):
            break
        end += 2
    return end if end > index else None


def _capital_or_numbered(document: Document, index: int, head: int) -> bool:
    capital = document.tokens[index].text[0].isupper()
    lemma = document.words[head].lemma
    if lemma in _NUMBERED:
        return True
    return capital or (lemma == "кодекс" and bool(_CODE_ADJECTIVES.match(document.tokens[index].norm)))


def _link_code(document: Document, index: int, last: int) -> int:
    """«(254к/96-ВР)»: the register's own number in brackets belongs to the name."""
    if index + 2 < last and document.tokens[index].text == "(":
        close = next((i for i in range(index, min(last, index + 7)) if document.tokens[i].text == ")"), None)
        if close and _REGISTER.match(document.span_text(index + 1, close)):
            return close + 1
    return index


def _after_head(document: Document, head: int, last: int, after_units: bool) -> int:
    """Walks the parts a name may have: country, title, issuing body with date and number, «про …,
    затвердженого …».
    """
    end = head + 1
    if document.words[head].lemma == "кодекс":
        subject = _CODE_SUBJECT.match(document.span_text(end, min(last, end + 6)))
        end = document.token_at(document.tokens[end].start + subject.end()) if subject else end
    if end < last and document.tokens[end].norm == "україни":
        end += 1
    end = _title(document, end, last)
    end = _issuer(document, end, last)
    end = _title(document, end, last)
    lemma = document.words[head].lemma
    described = (after_units or _capital(document, head)) and lemma not in (
        *_NUMBERED,
        "конституція",
        "кодекс",
    )
    if end < last and described:
        end = _described(document, end, last)
    return end


def _capital(document: Document, head: int) -> bool:
    """«Порядку», and «Загальних правил» by its first word."""
    index = head
    while index > 0 and document.words[index - 1].adjective:
        index -= 1
    return document.tokens[index].text[0].isupper()


def _title(document: Document, index: int, last: int) -> int:
    return closing_quote(document, index, last) or index if index < last else index


def _issuer(document: Document, index: int, last: int) -> int:
    """«Кабінету Міністрів України від 14 квітня 2021 р. № 409»; unchanged where no date and number follow."""
    for position in range(index, min(last, index + 16)):
        token = document.tokens[position]
        if token.norm == "від" and (end := dated(document, position, last)):
            return end
        if token.text in ',;:(«“"' or document.words[position].finite:
            return index
    return index


def dated(document: Document, index: int, last: int) -> int | None:
    """The token after «від 5 серпня 2016 року № 158» that begins at `index`."""
    if index + 1 >= last:
        return None
    position = index + 1
    if _DATE.match(document.tokens[position].text) or _dotted(document, position, last):
        position += 1 if _DATE.match(document.tokens[position].text) else 5
    elif position + 2 < last and document.tokens[position + 1].norm in _MONTHS:
        position += 3
    else:
        return None
    while position < last and document.tokens[position].norm in ("року", "р", ".", ",", "за"):
        position += 1
    if position + 1 < last and document.tokens[position].text in ("№", "N"):
        return _number_end(document, position + 1, last)
    return None


def _dotted(document: Document, index: int, last: int) -> bool:
    tokens = document.tokens
    return index + 4 < last and tokens[index + 1].text == "." and tokens[index + 3].text == "."


def _number_end(document: Document, index: int, last: int) -> int:
    """«1203/29333», «72-21», «254к/96-ВР»."""
    end = index + 1
    while (
        end + 1 < last
        and document.tokens[end].text in "/-"
        and document.tokens[end].start == document.tokens[end - 1].end
    ):
        end += 2
    return min(end, last)


def _described(document: Document, index: int, last: int) -> int:
    """«Порядку …, затвердженого … № 409[, зареєстрованого … № 5]»: the description only with its approval."""
    approval = _approval(document, index, last)
    if approval is None:
        return index
    end = approval
    further = _approval(document, end, min(last, end + 3))
    if (
        further is None
        and end + 1 < last
        and document.tokens[end].text == ","
        and _APPROVED.match(document.tokens[end + 1].norm)
    ):
        return _registration(document, end + 1, last) or end
    return end


def _approval(document: Document, index: int, last: int) -> int | None:
    for position in range(index, min(last - 1, index + _LONGEST_TITLE)):
        if document.tokens[position].text in ";:" or document.words[position].finite:
            return None
        if document.tokens[position].text == "," and _APPROVED.match(document.tokens[position + 1].norm):
            return _registration(document, position + 1, last)
    return None


def _registration(document: Document, index: int, last: int) -> int | None:
    """From «затвердженого» to the date and number that close the clause."""
    for position in range(index, min(last, index + 30)):
        if document.tokens[position].norm == "від" and (end := dated(document, position, last)):
            return end
        if document.tokens[position].norm in _MONTHS and (end := dated(document, position - 2, last)):
            return end
        if document.tokens[position].text in ";":
            return None
    return None


def _worth_marking(document: Document, index: int, end: int, first: int) -> bool:
    """Without a unit an act counts when it is named in full, or when it is the legal basis."""
    text = document.span_text(index, end)
    if _THIS.match(document.tokens[index].norm):
        before = document.span_text(max(first, index - 4), index) + " "
        return bool(_BASIS.search(before))
    if end - index == 1 and not text.startswith("конституці"):
        return False
    if text.startswith("конституці"):
        return True
    named = any(mark in text for mark in '«“"№') or bool(re.search(r"\bn \d", text))
    code = "кодекс" in text and end - index >= 2
    return named or code
