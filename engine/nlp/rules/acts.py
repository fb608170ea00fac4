"""Names of acts as references write them: in full, dated, approved by another act, or «цього Закону»."""

import re

from engine.nlp.document import Document
from engine.nlp.units import closing_quote, unit_kind
from engine.nlp.words import words

_ACT_LEMMAS = words(
    """закон кодекс конституція постанова наказ указ розпорядження рішення положення порядок правило
    правила інструкція конвенція пакт договір угода протокол статут регламент декларація умова методика
    перелік критерій директива основа основи декрет вимога програма концепція стандарт хартія зміна
    вказівка принцип"""
)
_NUMBERED = words("закон постанова наказ указ розпорядження рішення декрет директива регламент лист")
_CODE_ADJECTIVES = re.compile(
    r"(?:цивільн|кримінальн|господарськ|сімейн|земельн|податков|митн|бюджетн|житлов|повітрян|водн"
    r"|лісов|виборч"
    r"|процесуальн|виконавч|арбітражн)"
)
_MONTHS = words("""січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня""")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}$")
_REGISTER = re.compile(r"(?:[vznр]?\d{2,}[\w/]*-\d{2,}|\d+[кa-zа-я]*/\d+-вр)$")
_CODE_SUBJECT = re.compile(
    r"(?:адміністративного судочинства|законів про працю|цивільного захисту"
    r"|торговельного мореплавства)(?: україни)?"
    r"|(?:україни )?(?:про адміністративні правопорушення|про надра|з процедур банкрутства)"
)
_APPROVED = re.compile(r"(?:затверджен|схвален|ратифікован|зареєстрован|прийнят)\w*$")
_LONGEST_TITLE = 60


THIS = re.compile(
    r"(?:цього|цьому|цим|цієї|цій|цією|цих|цими|даного|даної|даним|названого|вказаного|зазначеного)$"
)


def act_name(document: Document, index: int, last: int, *, after_units: bool) -> int | None:
    """The token after an act's name that begins at `index`, or None."""
    if index >= last:
        return None
    if THIS.match(document.tokens[index].norm):
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
    while end + 1 < last and THIS.match(document.tokens[end].norm):
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
    """The token behind a name's parts: country, title, issuer with date and number, approval."""
    end = head + 1
    if document.words[head].lemma == "кодекс":
        subject = _CODE_SUBJECT.match(document.span_text(end, min(last, end + 6)))
        end = document.token_at(document.tokens[end].start + subject.end()) if subject else end
    if end < last and document.tokens[end].norm == "україни":
        end += 1
    end = title_end(document, end, last)
    end = _issuer(document, end, last)
    end = title_end(document, end, last)
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


def title_end(document: Document, index: int, last: int) -> int:
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
