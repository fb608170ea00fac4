"""Time limits by rule: an opening word, an amount with a unit of time, and the event it counts from."""

import re

from engine.nlp.document import Document
from engine.nlp.lexicon import DEADLINE_AMOUNT, DEADLINE_START, TIME_UNIT
from engine.nlp.units import chain
from engine.nlp.words import words

_ADVERBS = words(
    """невідкладно негайно одразу щороку щорічно щомісяця щомісячно щоквартально щокварталу щодня щоденно
    щотижня"""
)
_NEEDS_UNIT = re.compile(
    r"(?:протягом|упродовж|впродовж|не пізніше|не пізніш|не раніше|не раніш|не довше|раз на"
    r"|один раз на|не рідше|строком|терміном)\b"
)
_PERIOD = re.compile(
    r"(?:протягом|упродовж|впродовж) (?:усього |всього )?(?:строку|часу|періоду|терміну|дії)\b"
)
_MONTH = r"(?:січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня)"
_DATES = re.compile(
    rf"(?:(?:з|до) \d{{1,2}} {_MONTH}(?: \d{{4}} (?:року|р))?(?: (?:до"
    rf"|по) \d{{1,2}} {_MONTH}(?: \d{{4}} (?:року|р))?)?"
    r"|до \d{1,2} числа)"
)
_TAIL = re.compile(r"(?:з|із|зі|від|після|до|перед|за|починаючи) ")
_TAIL_WORDS = re.compile(
    r"(?:(?:з|із|зі|від) (?:дня|дати|моменту|часу|початку|закінчення|отримання|одержання|надходження|надання|"
    r"набрання|реєстрації|виявлення|\w+(?:ння|ття)\b)|після|до (?:дня|дати|моменту|початку|закінчення"
    r"|\w+(?:ння|ття)\b)|перед|починаючи)"
)
_LIMIT_WINDOW = 14


def find_deadlines(document: Document, silent: set[int]) -> list[tuple[int, int]]:
    """Token ranges of time limits outside the `silent` sentences (sanctions, changes of law)."""
    found: list[tuple[int, int]] = []
    for number, sentence in enumerate(document.sentences):
        if sentence.heading or number in silent:
            continue
        index = sentence.first
        while index < sentence.last:
            end = deadline_end(document, index, sentence.last)
            if end:
                found.append((index, end))
                index = end
            else:
                index += 1
    return found


def deadline_end(document: Document, first: int, last: int) -> int | None:
    """Where the time limit that begins at `first` ends, or None where none begins."""
    window = document.span_text(first, min(last, first + _LIMIT_WINDOW))
    if first and document.tokens[first - 1].norm in ("віком", "вік", "віці"):
        return None
    if document.tokens[first].norm in _ADVERBS:
        return _with_tail(document, first + 1, last)
    if dates := _DATES.match(window):
        return document.token_at(document.tokens[first].start + dates.end() - 1) + 1
    start, amount = DEADLINE_START.match(window), DEADLINE_AMOUNT.match(window)
    if not start and not amount:
        return None
    unit = _unit_end(document, first, last)
    if unit:
        return _with_tail(document, unit, last)
    if not start or (_NEEDS_UNIT.match(window) and not _PERIOD.match(window)):
        return None
    return _clause_end(document, first + 1, last)


def _unit_end(document: Document, first: int, last: int) -> int | None:
    """The token after a number (in digits or words) and its unit of time, within a few words of `first`."""
    for index in range(first + 1, min(last, first + 10)):
        if not _amount_word(document, index - 1) and index > first + 1:
            return None
        match = TIME_UNIT.match(document.span_text(index, min(last, index + 2)))
        if match and _counted(document, first, index):
            return index + 1 + (" " in match.group())
    return None


_AMOUNT_WORDS = words(
    """не більше менше пізніше раніше довше більш менш пізніш ніж як за через на з до від у в строк строку
    термін терміну строком робочих календарних банківських повних робочого календарного що перевищує
    перевищують , одного раз один чим наступного останнього та або і -"""
)


def _amount_word(document: Document, index: int) -> bool:
    norm = document.tokens[index].norm
    return norm in _AMOUNT_WORDS or document.words[index].pos in ("NUMB", "NUMR") or is_number_word(norm)


def _counted(document: Document, first: int, unit: int) -> bool:
    return any(
        document.words[i].pos in ("NUMB", "NUMR") or is_number_word(document.tokens[i].norm)
        for i in range(first, unit)
    )


_NUMBER_STEMS = re.compile(
    r"(?:од(?:ин|ного|ної|нієї|ну|на|ним|нією)|дв[аоіу]\w*|трьох|три|тр[ьи]\w*|чотир\w*|п'ят\w*"
    r"|шіст\w*|шест\w*|сім|семи\w*|сьом\w*"
    r"|вісім\w*|восьм\w*|дев'ят\w*|десят\w*|одинадцят\w*|дванадцят\w*|\w+надцят\w*|сорок\w*|сто|ста"
    r"|двісті|двохсот|триста"
    r"|\w+десят\w*|кілька|кількох|півроку|півтора|перш\w+|друг\w+|трет\w+|четверт\w+)$"
)


def is_number_word(norm: str) -> bool:
    """Whether the folded word is a numeral, cardinal or ordinal."""
    return bool(_NUMBER_STEMS.match(norm))


def _with_tail(document: Document, end: int, last: int) -> int:
    """Extends a limit by «з дня …», «після …», «до …»."""
    if end >= last:
        return end
    window = document.span_text(end, min(last, end + 4))
    if _TAIL.match(window) and _TAIL_WORDS.match(window):
        return _clause_end(document, end + 1, last)
    return end


def _clause_end(document: Document, index: int, last: int) -> int:
    first = index
    depth = document.brackets[index - 1]
    while index < last:
        token, word = document.tokens[index], document.words[index]
        if token.text == "(" and not depth and chain(document, index + 1, last):
            return index
        if (
            token.text in ",;:–—-"
            and document.brackets[index] == depth
            and not _relative_follows(document, index)
        ):
            return index
        if document.brackets[index] < depth or (token.text in ")" and depth):
            return index
        behind_preposition = document.words[index - 1].pos == "PREP"
        verb = word.finite or (word.infinitive and not behind_preposition)
        if verb and not document.relative[index] and not document.brackets[index]:
            return _before_subject(document, first, index)
        index += 1
    return last


def _before_subject(document: Document, first: int, verb: int) -> int:
    """«негайно після перших виборів | імена членів визначає…»: the verb's subject is no part of the limit."""
    for index in range(first + 1, verb):
        word = document.words[index]
        if (
            "nomn" in word.cases
            and "gent" not in word.cases
            and word.pos in ("NOUN", "NPRO")
            and word.lemma not in ("який", "строк", "термін")
        ):
            return index
    while verb > first + 1 and document.tokens[verb - 1].norm in ("і", "та", "й", "не"):
        verb -= 1
    return verb


def _relative_follows(document: Document, index: int) -> bool:
    following = document.words[index + 1] if index + 1 < len(document.words) else None
    if following is None:
        return False
    if following.lemma in ("який", "що") or document.tokens[index + 1].norm == "що":
        return True
    if (
        following.pos == "PREP"
        and index + 2 < len(document.words)
        and document.words[index + 2].lemma == "який"
    ):
        return True
    participle = following.adjective and following.lemma.endswith(("ний", "тий"))
    return participle and "nomn" not in following.cases and document.tokens[index].text == ","
