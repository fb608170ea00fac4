"""Mentions of acts by name or number: laws, codes, the Constitution, by-laws, treaties, printed codes."""

import re

_MONTH = r"(?:січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня)"
_YEAR = r"(?:[ ]*(?:року|р\.))?"
_DATE = rf"(?:\d{{1,2}}[ \n]+{_MONTH}[ \n]+\d{{4}}{_YEAR}|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}{_YEAR})"
_NUMBER = r"(?:№|n)[ ]?\d[\w/-]*"
_CODE = r"\([ ]?(?:\d+[а-яa-z]?(?:[-/]\w+)+|[a-zа-я]\d{3}\w{0,6}-\d\d|\d{3}_\w{2,4})[ ]?\)"
_DATED = rf"(?:[ \n]+від[ \n]+{_DATE})?(?:[ \n]+{_NUMBER}(?:[ \n]+від[ \n]+{_DATE})?)?(?:[ \n]*{_CODE})?"
_G = r"[ \n]+"

_LAW = re.compile(
    rf"(?:основ(?:и|ах|ами|){_G})?закон(?:у|ом|ові|і|и|ів|ами|ах|ам)?(?![\w'])(?:{_G}україни)?|"
    rf"основ(?:и|ах|ами)?{_G}законодавства(?:{_G}україни)?(?![\w'])"
)
_LAW_TAIL = re.compile(_DATED)
_ADJECTIVE = r"[\w'-]{3,30}(?:ий|им|ого|ому|ім|і|их|ими)"
_ADJECTIVES = rf"(?:{_ADJECTIVE}{_G}(?:та{_G}|і{_G})?){{0,3}}"
_OF_WHAT = (
    "законів про працю|адміністративного судочинства|цивільного захисту|торговельного мореплавства|"
    "газотранспортної системи|системи передачі|систем розподілу"
).replace(" ", _G)
_ON_WHAT = "про адміністративні правопорушення|про надра|з процедур банкрутства".replace(" ", _G)
_CODE_NAME = (
    rf"(?:{_G}(?:{_OF_WHAT}))?(?:{_G}(?:україни|української{_G}рср|урср))?(?:{_G}(?:{_ON_WHAT}))?"
    rf"(?:{_G}від{_G}\d{{1,2}}{_G}{_MONTH}{_G}\d{{4}}{_G}року|{_G}\d{{4}}{_G}року)?"
)
_CODEX = re.compile(
    rf"(?P<adjectives>{_ADJECTIVES})кодекс(?:у|ом|ові|і|и|ів|ами|ах)?(?![\w'])"
    rf"(?P<name>{_CODE_NAME})(?:[ ]?{_CODE})?"
)
_ADJECTIVES_BEFORE = re.compile(rf"(?<![\w'-]){_ADJECTIVES}$")
_ABBREVIATED_CODE = re.compile(
    r"(?:КУпАП|КЗпП|КВК|КПК|КАС|ЦПК|ГПК|КК|ЦК|ГК|ПК|МК|СК|ЗК|БК)(?:[ ]України)?(?![\w'-])"
)
_CONSTITUTION = re.compile(rf"конституці(?:я|ї|ю|єю)(?:{_G}україни)?(?:[ ]?{_CODE})?(?![\w'])")
_BYLAW = re.compile(
    r"(?:постанов|наказ|розпоряджен|указ|рішен|декрет|закон|лист|директив|регламент)[а-яіїє']{0,5}(?![\w'])"
    rf"(?:[^;\"()\n.]|(?<=ім)\.){{0,170}}?"
    rf"(?:від{_G}{_DATE}(?:[ \n]*{_NUMBER})?|(?<=[ \n]){_NUMBER}(?:[ ]+від[ ]+{_DATE})?)(?:[ ]?{_CODE})?"
)
_DIRECTIVE = re.compile(
    r"(?:директив|регламент)[а-яіїє]{0,3}[ \n]+(?:\([а-яєс]{2,4}\)[ ]+)?(?:№[ ]?)?\d+/\d+(?:/[а-яіїєґ]+)?"
)
_NUMBERED = re.compile(rf"(?:від{_G}{_DATE}[ \n]*)?{_NUMBER}(?:[ ]від[ ]{_DATE})?(?:[ ]?{_CODE})?")
_GAZETTE = re.compile(r"[ ]?,?[ ]?(?:№[ ]?[\d-]+[ ]?,[ ]?)*ст\.")
_BRACKETED = re.compile(_CODE)
_TITLE_OPENS = re.compile(r'"(?:про|основи|щодо)[ \n]')
_GAP = re.compile(_G)
_TREATY = re.compile(
    r"(?:конвенці|пакт|статут|протокол|угод|декларац|харті|договор|договір|акт)[а-яіїєю]{0,4}(?![\w'])"
    r"(?P<tail>[ \n]+(?:про|щодо|з|оон|організації|між|ради|від|проголошення)(?![\w'])[^,.;:()\"\n]{0,110})?"
)
_MAX_TITLE = 400
_KIND = r"(?:постанов|розпоряджен|наказ|указ|рішен|декрет|закон)\w*"
_ISSUED = re.compile(rf"{_KIND}[^№\n]{{0,120}}?(?=[ \n]+(?:від[ \n]|№|n[ ]?\d))")
_ISSUED_BEFORE = re.compile(
    rf"(?<!\w){_KIND}[^№\n.;{{}}\"]{{0,120}}(?:\"[^\n№]{{0,300}}\")?[ \n]*(?:від{_G}{_DATE}[ ]?)?$"
)
_REGISTERED_BEFORE = re.compile(r"зареєстрован\w*[^№;{}]{0,80}юстиції[^№;{}]{0,80}за[ ]$")
_BEFORE = 500  # characters
_NEXT_NUMBER = re.compile(
    rf"(?:[^\n{{}}]{{0,700}}(?:[,\")]|(?<= та)|(?<= і))[ ](?P<day>від[ ]{_DATE})[ ]?"
    r"|[ ,;]*(?:та|і|й)?[ \n]*"
    r"|[^\n{}№]{0,40}(?:№[ ]?\d+[ ]?,[ ]?)?ст\.?[ ]?\d+[ ]?\n)"
)


def title_end(low: str, position: int) -> int | None:
    """Return the end of the quoted title that opens at `position`, nested quotes included, or None.

    Quotes are folded: one after a space or a bracket opens, any other closes.
    """
    depth = 0
    stop = min(len(low), position + _MAX_TITLE)
    at = position
    while 0 <= at < stop:
        depth += 1 if at == position or low[at - 1] in " (\n" else -1
        if depth == 0:
            return at + 1
        at = low.find('"', at + 1, stop)
    return None


def law_at(low: str, position: int) -> int | None:
    """Return the end of a law's mention that begins at `position`: «Закону України "Про …" від … № …»."""
    match = _LAW.match(low, position)
    if match is None:
        return None
    end = match.end()
    gap = _GAP.match(low, end)
    if gap and _TITLE_OPENS.match(low, gap.end()):
        end = title_end(low, gap.end()) or end
    tail = _LAW_TAIL.match(low, end)
    return tail.end() if tail else end


def named_at(low: str, position: int) -> int | None:
    """Return the end of the mention of an act that begins at `position`, as it follows a unit, or None."""
    for pattern in (_CONSTITUTION, _CODEX, _DIRECTIVE):
        if match := pattern.match(low, position):
            return match.end()
    law = law_at(low, position)
    bylaw = _BYLAW.match(low, position)
    if law is not None or bylaw is not None:
        return law if law is not None else bylaw.end() if bylaw else None
    numbered = _NUMBERED.match(low, position)
    return numbered.end() if numbered and not _GAZETTE.match(low, numbered.end()) else None


def abbreviated_at(folded: str, position: int) -> int | None:
    """Return the end of the abbreviation of a code that follows a unit: «ст. 152 КУпАП», or None."""
    match = _ABBREVIATED_CODE.match(folded, position)
    return match.end() if match else None


def treaty_at(low: str, folded: str, position: int) -> int | None:
    """Return the end of the name of a treaty or another act written with a capital, or None."""
    if not folded[position : position + 1].isupper():
        return None
    match = _TREATY.match(low, position)
    if match is None or (match["tail"] is None and starts_sentence(low, position)):
        return None
    return match.end()


_SENTENCE_STARTS = (".", ":", ";", "\n", '"', ")")


def starts_sentence(low: str, position: int) -> bool:
    """Tell whether a sentence begins at `position`: its capital says nothing then."""
    before = low[max(0, position - 6) : position].rstrip(" ")
    return not before or before[-1] in _SENTENCE_STARTS


def codex_at(low: str, position: int) -> tuple[int, int] | None:
    """Return the span of the code's name around the word «кодекс» at `position`, None for a bare word."""
    before = _ADJECTIVES_BEFORE.search(low, max(0, position - 70), position)
    start = before.start() if before else position
    match = _CODEX.match(low, start)
    if match is None or (start == position and not match["name"]):
        return None
    return start, match.end()


def bracketed_at(low: str, position: int) -> int | None:
    """Return the end of a printed code of an act, «(2121-14)», that begins at `position`."""
    match = _BRACKETED.match(low, position)
    return match.end() if match else None


def titled_at(low: str, position: int) -> int | None:
    """Return the end of the quoted title of an act that begins at `position`."""
    return title_end(low, position) if _TITLE_OPENS.match(low, position) else None


def issuer(low: str, start: int, end: int) -> str:
    """Return the words of a mention before its day and number: «постановами Кабінету Міністрів України»."""
    match = _ISSUED.match(low, start, end)
    return match[0] if match else ""


def issued_before(low: str, start: int) -> int | None:
    """Return where the words for an act begin whose number, at `start`, stands apart from them, or None.

    «Указом Президента України "Про …" від … № 64/2022», «Постановами КМ» above a column of numbers,
    «зареєстрованого в Міністерстві юстиції України … за № 1203/29333».
    """
    since = max(0, start - _BEFORE)
    match = _ISSUED_BEFORE.search(low, since, start) or _REGISTERED_BEFORE.search(low, since, start)
    return match.start() if match else None


def listed_from(low: str, end: int, start: int) -> int | None:
    """Return where the next of a list of acts begins, whose number is at `start`; None where it is of none.

    The last mention ended at `end`: «№ 211 "Про …" (…), від 20 травня 2020 р. № 392», «№ 9 від 05.01.2021,
    № 230 від 22.03.2021», and lines of a note with a page of the gazette between them.
    """
    match = _NEXT_NUMBER.fullmatch(low, end, start)
    if match is None:
        return None
    return match.start("day") if match["day"] else start
