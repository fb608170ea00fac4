"""Mentions of acts: laws, codes, the Constitution, by-laws with date and number, treaties, printed codes."""

import re
from dataclasses import dataclass

_DATE = r"(?:\d{1,2}[ \n]+[а-яії']{5,9}[ \n]+\d{4}(?:[ ]*(?:року|р\.))?|\d{1,2}\.\d{1,2}\.\d{2,4}(?:[ ]*(?:року|р\.))?)"
_NUMBER = r"(?:№|n)[ ]?\d[\w/-]*"
_CODE = r"\([ ]?(?:\d+[а-яa-z]?(?:[-/]\w+)+|[a-zа-я]\w{4,9}-\d\d|\d{3}_\w{2,4})[ ]?\)"
_DATED = rf"(?:[ \n]+від[ \n]+{_DATE})?(?:[ \n]+{_NUMBER})?(?:[ \n]*{_CODE})?"

LAW = re.compile(
    r"(?:основ(?:и|ах|ами|)[ \n]+)?закон(?:одавств[оауі]м?)?(?:у|ом|ові|і|и|ів|ами|ах|ам)?(?![\w'])(?:[ \n]+україни)?"
)
_LAW_TAIL = re.compile(_DATED)
_ADJECTIVES = r"(?:[\w'-]{3,30}(?:ий|им|ого|ому|ім|і|их|ими)[ \n]+(?:та[ \n]+|і[ \n]+)?){0,3}"
_CODE_NAMES = (
    r"(?:[ \n]+(?:законів[ \n]+про[ \n]+працю|адміністративного[ \n]+судочинства|цивільного[ \n]+захисту|"
    r"торговельного[ \n]+мореплавства|газотранспортної[ \n]+системи|системи[ \n]+передачі|систем[ \n]+розподілу))?"
    r"(?:[ \n]+україни|[ \n]+української[ \n]+рср|[ \n]+урср)?"
    r"(?:[ \n]+про[ \n]+адміністративні[ \n]+правопорушення|[ \n]+про[ \n]+надра|[ \n]+з[ \n]+процедур[ \n]+банкрутства)?"
    r"(?:[ \n]+від[ \n]+\d{1,2}[ \n]+[а-яії']{5,9}[ \n]+\d{4}[ \n]+року|[ \n]+\d{4}[ \n]+року)?"
)
CODE = re.compile(
    rf"(?P<adjectives>{_ADJECTIVES})кодекс(?:у|ом|ові|і|и|ів|ами|ах)?(?![\w'])(?P<name>{_CODE_NAMES})(?:[ ]?{_CODE})?"
)
_ADJECTIVES_BEFORE = re.compile(rf"(?<![\w'-]){_ADJECTIVES}$")
CONSTITUTION = re.compile(rf"конституці(?:я|ї|ю|єю)(?:[ \n]+україни)?(?:[ ]?{_CODE})?(?![\w'])")
BYLAW = re.compile(
    r"(?:постанов|наказ|розпоряджен|указ|рішен|декрет|закон|лист)[а-яіїє']{0,5}(?![\w'])[^;\"()\n.]{0,170}?"
    rf"(?:від[ \n]+{_DATE}(?:[ \n]*{_NUMBER})?|(?<=[ \n]){_NUMBER}(?:[ ]+від[ ]+{_DATE})?)(?:[ ]?{_CODE})?"
)
NUMBERED = re.compile(rf"(?:від[ \n]+{_DATE}[ \n]*)?{_NUMBER}(?:[ ]?{_CODE})?")
BRACKETED = re.compile(_CODE)
TITLE_OPENS = re.compile(r'"(?:про|основи|щодо)[ \n]')
_GAP = re.compile(r"[ \n]+")
_TREATY_TAIL = r"(?:[ \n]+(?:про|щодо|з|оон|організації|між|ради|від)(?![\w'])[^,.;:()\"\n]{0,110})?"
TREATY = re.compile(
    r"(?:конвенці|пакт|статут|протокол|угод|декларац|харті|договор|договір)[а-яіїєю]{0,4}(?![\w'])"
    + _TREATY_TAIL
)
DOCUMENT = re.compile(
    r"(?:правил|порядк|порядок|положен|інструкц|регламент|критері|перелік|методик|умов|вимог|стандарт|програм|"
    r"концепці|стратегі|норм)[а-яіїєю]{0,4}(?![\w'])(?:[ \n]+[\w'/-]+){1,14}"
)
DELEGATED = re.compile(
    r"порядк(?:у|ом|ах)(?:[ ]?,)?[ \n]+(?:і[ \n]+(?:на[ \n]+умовах|розмірах|строки)[ ]?,?[ \n]+)?"
    r"(?:встановлен|визначен|затверджен|передбачен|установлен|як)[\w]*(?:[ \n]+[\w'-]+){0,8}"
)
_MAX_TITLE = 400


@dataclass(frozen=True, slots=True)
class Mention:
    """An act named in `[start, end)`; `target` is its name for `Reference.target_act`."""

    start: int
    end: int
    target: str


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
    match = LAW.match(low, position)
    if match is None:
        return None
    end = match.end()
    gap = _GAP.match(low, end)
    if gap and TITLE_OPENS.match(low, gap.end()):
        end = title_end(low, gap.end()) or end
    tail = _LAW_TAIL.match(low, end)
    return tail.end() if tail else end


def named_at(low: str, position: int) -> int | None:
    """Return the end of the mention of an act that begins at `position`, as it follows a unit, or None."""
    for pattern in (CONSTITUTION, CODE):
        if match := pattern.match(low, position):
            return match.end()
    if match := BYLAW.match(low, position):
        law = law_at(low, position)
        return law if law is not None and low[position : position + 5] == "закон" else match.end()
    if (end := law_at(low, position)) is not None:
        return end
    for pattern in (TREATY, NUMBERED):
        if match := pattern.match(low, position):
            return match.end()
    return None


def code_start(low: str, position: int) -> int:
    """Return where the adjectives of a code's name begin: «Цивільним процесуальним кодексом»."""
    match = _ADJECTIVES_BEFORE.search(low, max(0, position - 70), position)
    return match.start() if match else position
