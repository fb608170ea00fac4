"""Mentions of documents that have no number: «Правил дорожнього руху», «порядку, встановленому …».

Laws delegate: «Порядок … затверджується Кабінетом Міністрів України», «у порядку, визначеному …». Such a
phrase points at an act of the body it names, and the Rada's editors link it.
"""

import re

from services.acts.references.mentions import starts_sentence

_NOUN = (
    r"(?:правил|порядк|порядок|положен|інструкц|регламент|критері|перелік|методик|вимог|класифікатор|програм|"
    r"норматив|стандарт|форм|умов|примірн|типов|норм|розмір)[а-яіїєю]{0,5}"
)
_BODY = (
    r"(?:кабінет|президент|верховн|національн|центральн|міністерств|органом|нормативно-правов|законодавств|"
    r"окремим|мін[а-я]+|відповідн|уповноважен|конституці|закон)[а-яіїєю']*"
)
_DONE = r"(?:встановлен|визначен|затверджен|передбачен|установлен)[а-яіїє]{1,4}(?!\w)"
_IS_DONE = r"(?:встановлю|визнача|затверджу|установлю|здійсню|розробля|регулю)[єю](?:ться)?"

NOUN = re.compile(_NOUN + r"(?![\w'-])")
_OF_THIS_ACT = (
    r"(?:ц(?:им|ією|ього|ієї|ими|их)(?!\w)|стат|частин|пункт|підпункт|розділ|підрозділ|абзац|глав|додатк)"
)
_SETTER = (
    r"(?:кабінетом[ ]міністрів[ ]україни|президентом[ ]україни|верховною[ ]радою[ ]україни|"
    r"національним[ ]банком[ ]україни|законодавством|ним|ними|нею)(?!\w)"
)
_DELEGATED = re.compile(
    rf"поряд(?:ку|ком|ках)[ ]?,?[ \n]+(?:{_DONE}|(?:що|який)[ \n]+{_IS_DONE})"
    rf"(?![ \n]+{_OF_THIS_ACT})(?:[ \n]+{_SETTER})?"
)
_BY_THIS_ACT = re.compile(
    rf"поряд(?:ку|ком|ках)[ ]?,?[ \n]+{_DONE}[ \n]+"
    rf"(?:ц(?:им|ією)[ \n]+(?P<act>(?:закон|кодекс|указ|статут)ом|конституцією|постановою)|{_OF_THIS_ACT})"
)
_UNIT = re.compile(rf"(?<![\w'-]){_OF_THIS_ACT}[а-яіїє]*[ \n]+(?:\d|[а-яіїє']+(?:ої|ій|ою|ого|ому|им)(?!\w))")
_IN_SET_ORDER = re.compile(rf"{_DONE}[ \n]+(?:ним|ними|нею)?[ \n]*порядк[уио]\w{{0,2}}")
_LEFT_TO = re.compile(
    rf"{_NOUN}(?![\w'-])[^.;:\n]{{0,240}}?(?=[ ,]*{_IS_DONE}[ \n]+(?:[\w'-]+[ \n]+){{0,2}}?{_BODY})"
)
_BY_ACT = r"(?:постанов|наказ|указ|рішен|розпорядж)"
_APPROVED = re.compile(rf"{_NOUN}(?![\w'-])[^;:\n()]{{0,280}}?(?=,?[ ]*{_DONE}[ \n]+(?:{_BODY}|{_BY_ACT}))")
_GENITIVE = r"[\w'-]{2,}(?:ого|ої|их|ьої)"
_PROPER = re.compile(
    rf"{_NOUN}(?:[ \n]+про(?:[ \n]+[\w'-]+){{1,8}}"
    rf"|(?:[ \n]+{_GENITIVE}){{1,3}}(?:[ \n]+[\w'-]+)(?:[ \n]+україни)?)(?![\w'-])"
)
_CAPITAL_ADJECTIVE = re.compile(
    r"(?<![\w'-])[А-ЯІЇЄҐ][а-яіїєґ'-]{3,}(?:им|ою|ого|ої|их|ому|ими|ій)[ ]"
    r"(?:[а-яіїєґ'-]{3,}(?:им|ою|ого|ої|их|ими)[ ])?$"
)
_NAMED_NOUN = re.compile(
    r"(?:статут|правил|угод|конвенці|протокол|регламент|положенн|хартії|хартія|деклараці)[а-яіїєю]{0,4}(?![\w'-])"
    r"(?:[ \n]+(?:про|щодо)(?:[ \n]+[\w'-]+){1,10})?"
)
_ADJECTIVES_LENGTH = 60  # characters
_SAID = re.compile(
    r"(?:зазначен|вказан|згадан|назван)(?:ого|ої|их)[ \n]+(?:закон|кодекс|поряд|постанов|конвенці)[\w']*"
)
_APPROVED_HERE = re.compile(
    r"(?P<name>(?:порядк|положен|правил|інструкці|перелік|методик|регламент|вимог|умов|критері|програм|змін)"
    r"[а-яії]{0,3}(?![\w'-])[^;.\n()]{0,200}?),?[ \n]+затверджен\w+[ \n]+(?:"
    r"ц(?:ією|им)[ \n]+(?:постановою|наказом|рішенням|указом|розпорядженням)|"
    r"пунктом[ ]\d+[ \n]+ц(?:ієї|ього)[ \n]+(?:постанови|наказу|рішення|указу|розпорядження))(?!\w)"
)
_CHANGES = re.compile(
    r"змін(?:[ \n]+(?:до|і доповнень)|,[ \n]+що[ \n]+вносяться[ \n]+до)(?:[ \n]+[\w'/-]+){0,12}"
)
_ANNEXED = re.compile(rf"{_NOUN}(?![\w'-])[^.;:\n()]{{0,600}}?(?=,?[ ]*\(?[ ]?(?:що[ ]+)?дода[єю]ться\)?)")
_ANNEXED_LIST = re.compile(r"що[ ]+дода[єю]ться[ ]?:[ ]*\n")
_MOST_ANNEXED = 40  # lines
_TERMS = re.compile(
    r"термін(?:и|ів|ами|ах|у|ом|а)?[ \n]+"
    r"(?P<terms>\"[^\"\n]{2,90}\"(?:(?:,[ ]|[ ]та[ ]|[ ]і[ ]|[ ]або[ ])\"[^\"\n]{2,90}\"){0,30})"
    r"[^.;\n]{0,80}?(?:вжива|застосову)[єю][а-я]*[^.;\n]{0,60}?значен"
)
_TERM = re.compile(r"\"[^\"\n]{2,90}\"")
_LIMIT = 300


def annexed_at(low: str, position: int) -> int | None:
    """Return the end of «Порядок …, що додається»: a document annexed to this act."""
    match = _ANNEXED.match(low, position, position + 2 * _LIMIT + 20)
    return match.end() if match else None


def annexed_list(low: str) -> list[tuple[int, int]]:
    """Return the spans of the documents in «Затвердити такі, що додаються:», one a line, in order."""
    spans: list[tuple[int, int]] = []
    for lead_in in _ANNEXED_LIST.finditer(low):
        start = max(lead_in.end(), spans[-1][1] if spans else 0)
        for _ in range(_MOST_ANNEXED):
            stop = low.find("\n", start)
            line = low[start : stop if stop >= 0 else len(low)].rstrip()
            if line and line[0] != "{":
                spans.append((start, start + min(len(line.rstrip(";.")), _LIMIT)))
            if stop < 0 or line.endswith("."):
                break
            start = stop + 1
    return [span for span in spans if span[0] < span[1]]


def document_at(low: str, folded: str, position: int) -> int | None:
    """Return the end of the mention of a document without a number that begins at `position`, or None."""
    end = min(len(low), position + _LIMIT)
    if _BY_THIS_ACT.match(low, position, end):
        return None
    for pattern in (_DELEGATED, _APPROVED, _LEFT_TO):
        if match := pattern.match(low, position, end):
            unit = _UNIT.search(low, position, match.end())
            return match.end() if unit is None else None
    if folded[position].isupper() and not starts_sentence(low, position):
        match = _PROPER.match(low, position, end)
        return match.end() if match else None
    return None


def owner_at(low: str, folded: str, position: int) -> int | None:
    """Return the end of the document that begins at `position` and that a unit before it belongs to.

    «пункту 8 Положення про …», «пункту 2 змін, що вносяться до …», «статті 5 зазначеного Закону».
    """
    named = _SAID.match(low, position) or _CHANGES.match(low, position)
    if named is None and folded[position : position + 1].isupper():
        named = _PROPER.match(low, position) or NOUN.match(low, position)
    return named.end() if named is not None else None


def approved_here_at(low: str, position: int) -> tuple[int, str] | None:
    """Return the end of «Порядку, затвердженого цією постановою» at `position`, and what it is called."""
    match = _APPROVED_HERE.match(low, position)
    return (match.end(), match["name"].replace("змін", "зміни", 1)) if match is not None else None


def titled_by_adjective(low: str, folded: str, position: int) -> tuple[int, int] | None:
    """Return the span of «Дисциплінарним статутом …», «Міжнародних медико-санітарних правил».

    `position` is where the noun begins; the capital of the adjective tells that it is a name.
    """
    noun = _NAMED_NOUN.match(low, position)
    if noun is None:
        return None
    before = _CAPITAL_ADJECTIVE.search(folded, max(0, position - _ADJECTIVES_LENGTH), position)
    if before is None or starts_sentence(low, before.start()):
        return None
    return before.start(), noun.end()


def own_order_at(low: str, position: int) -> tuple[int, str] | None:
    """Return the end of «порядку, встановленому цим Законом» at `position`, and the word for this act."""
    match = _BY_THIS_ACT.match(low, position)
    return (match.end(), match["act"]) if match is not None and match["act"] else None


def set_order_at(low: str, position: int) -> int | None:
    """Return the end of «встановленому ним порядку» that begins at `position`."""
    match = _IN_SET_ORDER.match(low, position)
    return match.end() if match else None


def terms_at(low: str, position: int) -> list[tuple[int, int]]:
    """Return the spans of the terms in «Терміни "…", "…" вживаються у значенні, наведеному в Законі …»."""
    match = _TERMS.match(low, position)
    if match is None:
        return []
    return [term.span() for term in _TERM.finditer(low, match.start("terms"), match.end("terms"))]
