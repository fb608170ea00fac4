"""Where a condition ends: the comma that closes its clause, or the main clause that follows without one."""

import re

from engine.nlp.document import Document, opens_with_which
from engine.nlp.lexicon import CONDITION_START
from engine.nlp.morphology import Analysis
from engine.nlp.words import words

_WHO = words("який яка яке які якого якої яких якому якій яким якими якою яку що де котрий котра")
_CLAUSAL = frozenset(("якщо", "коли", "якби", "наскільки", "що", "аби"))
_JOINTS = frozenset(("і", "й", "та", "а", "або", "чи"))
_ALONE = frozenset(("наявності", "потреби", "можливості", "відсутності", "вимогу", "необхідності"))
_PREDICATES = frozenset(("можливо", "немає", "неможливо", "необхідно", "нема"))
_BY_LAW = re.compile(r"(?:передбачен|визначен|встановлен|установлен)")
_LOOKAHEAD = 8
_APPOSITION = 3


def condition_end(document: Document, first: int, last: int) -> int:
    """The token after the condition that begins at `first` (`last` at most)."""
    body = _after_opener(document, first, last)
    if body >= last:
        return last
    if document.tokens[body - 1].norm in _ALONE and not _takes_genitive(document.words[body]):
        return body
    clausal = document.tokens[body - 1].norm in _CLAUSAL or document.tokens[first].norm in _CLAUSAL
    return _Scan(document, first, last, clausal).end(body)


def _after_opener(document: Document, first: int, last: int) -> int:
    """The token after «у разі», «у разі, якщо», «за умови, однак, що»."""
    match = CONDITION_START.match(document.span_text(first, min(last, first + _LOOKAHEAD)))
    length = match.end() if match else 1
    body = document.token_at(document.tokens[first].start + length)
    for index in range(body, min(last, body + 4)):
        if document.tokens[index].norm in _CLAUSAL and document.tokens[body].norm in (",", *_CLAUSAL):
            return index + 1
    return body


def _takes_genitive(word: Analysis) -> bool:
    return "gent" in word.cases and word.pos in ("NOUN", "ADJF", "NPRO")


class _Scan:
    """Walks a condition's words; knows whether it stands in a nested clause and has seen its own verb."""

    def __init__(self, document: Document, first: int, last: int, clausal: bool) -> None:
        self._document = document
        self._first = first
        self._last = last
        self._clausal = clausal
        self._nested = False
        self._participial = False
        self._verb = not clausal
        self._depth = document.brackets[first]

    def end(self, body: int) -> int:
        """The token after the condition whose words begin at `body`."""
        for index in range(body, self._last):
            if self._depth and self._document.tokens[index].text in ")]":
                return index
            if self._document.brackets[index] > self._depth:
                continue
            stop = self._at(index, body)
            if stop is not None:
                return stop
        return self._last

    def _at(self, index: int, body: int) -> int | None:
        text, word = self._document.tokens[index].text, self._document.words[index]
        if text == ",":
            return index if self._comma_closes(index) else None
        if text in "-–—" and self._dash_closes(index):
            return index
        if self._nested:
            return None
        if word.finite or self._document.tokens[index].norm in _PREDICATES or self._short_participle(index):
            if not self._clausal:
                return self._main_clause(body, index)
            self._verb = True
        return None

    def _short_participle(self, index: int) -> bool:
        """«запит неповний,», «перекручення здійснене у засобі…»: an adjective as the predicate."""
        word = self._document.words[index]
        if not (self._clausal and word.adjective and "nomn" in word.cases):
            return False
        before, after = self._document.words[index - 1], self._document.words[min(index + 1, self._last - 1)]
        ends = after.pos == "PREP" or self._document.tokens[min(index + 1, self._last - 1)].text == ","
        return ends and before.pos == "NOUN" and "nomn" in before.cases

    def _dash_closes(self, index: int) -> bool:
        """«а у разі виникнення - протягом…» ends; «особою - адресатом акта», «аудіо- та відео» go on."""
        if self._document.tokens[index].start == self._document.tokens[index - 1].end:
            return False
        if self._first and self._document.tokens[self._first - 1].norm == "а":
            return True
        return not self._clausal and not self._nested and index - self._first <= _APPOSITION + 1

    def _comma_closes(self, index: int) -> bool:
        if index + 1 >= self._last:
            return True
        following = self._document.tokens[index + 1].norm
        if following in ("коли", "якщо") and index - self._first <= _APPOSITION:
            self._clausal, self._verb = True, False
            return False
        if self._nested and self._participial and following == "що":
            return True
        if self._opens_nested(index + 1):
            self._nested, self._participial = True, bool(_BY_LAW.match(following))
            return False
        if self._nested:
            self._nested = False
            return self._verb and not (self._resumes(index + 1) or self._enumerates(index + 1))
        if not self._verb:
            return False
        if following in _JOINTS:
            return self._joint_closes(index + 1)
        return not self._enumerates(index + 1)

    def _opens_nested(self, index: int) -> bool:
        document = self._document
        if document.tokens[index].norm in _WHO:
            return True
        if opens_with_which(document, index):
            return True
        word = document.words[index]
        participle = word.adjective and word.lemma.endswith(("ний", "тий", "чий", "лий"))
        return participle and "nomn" not in word.cases

    def _resumes(self, index: int) -> bool:
        """After a nested clause the condition goes on with «до іншої» or with its own verb."""
        word = self._document.words[index]
        return word.pos == "PREP" and not self._verb_before_comma(index)

    def _joint_closes(self, index: int) -> bool:
        """«, та має містити» opens the main clause; «, або якщо…», «, а також …» go on."""
        norm = self._document.tokens[index].norm
        if self._clausal and norm in ("або", "чи"):
            return False
        follow = index + 1
        if follow < self._last and self._document.tokens[follow].text == ",":
            return True
        if norm == "а" and CONDITION_START.match(
            self._document.span_text(follow, min(self._last, follow + 4))
        ):
            return True
        return self._verb_before_comma(index) and not (self._clausal and norm in ("і", "та"))

    def _enumerates(self, index: int) -> bool:
        """«у разі смерті, хвороби, …»: the next member is a genitive without a verb."""
        word = self._document.words[index]
        if not _takes_genitive(word):
            return False
        return "nomn" not in word.cases or not self._verb_before_comma(index) or self._repeats(index)

    def _repeats(self, index: int) -> bool:
        """«у разі припинення договору, припинення діяльності…»: the member begins with the same noun."""
        lemma, opening = self._document.words[index].lemma, range(self._first, min(self._first + 5, index))
        return any(self._document.words[i].lemma == lemma for i in opening)

    def _verb_before_comma(self, index: int) -> bool:
        for position in range(index, self._last):
            if (
                self._document.tokens[position].text == ","
                and self._document.brackets[position] == self._depth
            ):
                return False
            if self._document.words[position].finite:
                return True
        return False

    def _with_owner(self, index: int) -> int:
        """«…товариства | його частка переходить»: the possessive belongs to the subject."""
        owner = self._document.tokens[index - 1].norm in ("його", "її", "їх", "їхня", "їхні")
        return index - 1 if owner else index

    def _main_clause(self, body: int, verb: int) -> int:
        """Where the main clause begins: at a nominative, else at a preposition, else at the verb."""
        document = self._document
        for index in range(body + 1, verb):
            word = document.words[index]
            if "nomn" in word.cases and "gent" not in word.cases and word.pos in ("NOUN", "ADJF", "NPRO"):
                return self._with_owner(index) if document.tokens[index].norm not in _WHO else verb
        for index in range(body + 1, verb):
            if document.words[index].pos == "PREP":
                return index
        return verb
