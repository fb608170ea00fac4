"""Lemma, part of speech and cases of Ukrainian word forms (pymorphy3), with its known gaps mended."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pymorphy3

from engine.nlp.words import words

_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct", "voct")
_PARSES = 6
_INFINITIVE = ("ти", "тися", "тись")
_THINGS = words(
    """робот політик енергетик технік практик чин метр фактор оригінал авторитет тип носій оса менший модель
    сорока кілька тварина критик хімік механік фізик статистик"""
)
"""Lemmas the dictionary holds for persons or animals; in a law «роботи», «політику» are work and policy."""
_UNLIKELY = ("Name", "Surn", "impr")
"""Readings law has no use for: personal names and commands («застави», «повній»)."""
_MODAL = re.compile(r"(?:зобов'язан(?:ий|а|е|і|о)|повин(?:ен|на|не|ні|но))$")
_IMPERSONAL = frozenset(("необхідно", "слід", "можна", "заборонено", "дозволено", "треба", "доцільно"))


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the dictionary says of a form; `cases` is the union over its readings."""

    lemma: str
    pos: str
    cases: frozenset[str]
    plural: bool
    finite: bool
    infinitive: bool
    reflexive: bool
    past: bool
    animate: bool = False

    @property
    def noun_like(self) -> bool:
        return self.pos in ("NOUN", "NPRO")

    @property
    def adjective(self) -> bool:
        return self.pos == "ADJF"


_MARK = Analysis("", "PNCT", frozenset(), False, False, False, False, False)
_NUMBER = Analysis("#", "NUMB", frozenset(), False, False, False, False, False)


@cache
def _dictionary() -> Any:
    return pymorphy3.MorphAnalyzer(lang="uk")


@lru_cache(maxsize=60_000)
def analyse(norm: str, upper: bool = False) -> Analysis:
    """The analysis of a folded form; `upper` for words written in capitals (abbreviations)."""
    if not norm[0].isalpha():
        return _NUMBER if norm[0].isdigit() else _MARK
    if upper:
        return Analysis(norm, "NOUN", frozenset(("nomn", "gent", "ablt")), False, False, False, False, False)
    return _OVERRIDES.get(norm) or _parse(norm)


def _parse(norm: str) -> Analysis:
    parses = _dictionary().parse(norm)[:_PARSES]
    infinitives = [p for p in parses if "infn" in p.tag] if norm.endswith(_INFINITIVE) else []
    best = next((p for p in [*infinitives, *parses] if _likely(norm, p)), parses[0])
    pos = str(best.tag.POS or "UNKN")
    tags = str(best.tag)
    cases = _cases(parses)
    return Analysis(
        lemma=best.normal_form,
        pos=pos,
        cases=cases,
        plural="plur" in tags,
        finite=_is_finite(norm, pos, tags, any("Impe" in p.tag for p in parses)),
        infinitive=_is_infinitive(norm, pos, tags),
        reflexive=norm.endswith(("ся", "сь")) and pos in ("VERB", "INFN"),
        past="past" in tags,
        animate=_is_person(best.normal_form, pos, tags),
    )


def _is_person(lemma: str, pos: str, tags: str) -> bool:
    animate = pos == "NOUN" and "anim" in tags and "inan" not in tags and "Name" not in tags
    return animate and lemma not in _THINGS


def _likely(norm: str, parse: Any) -> bool:
    """No name, no command, and no infinitive in -ть («робить» is «he does» in a law)."""
    if any(mark in parse.tag for mark in _UNLIKELY):
        return False
    return "infn" not in parse.tag or norm.endswith(_INFINITIVE)


def _cases(parses: list[Any]) -> frozenset[str]:
    """The dictionary leaves the nominative of feminine nouns unmarked («особа», «держава»)."""
    found: set[str] = set()
    for parse in parses:
        tags = str(parse.tag)
        named = [case for case in _CASES if case in tags]
        if named:
            found.update(named)
        elif parse.tag.POS == "NOUN":
            found.add("nomn")
        if "masc" in tags and "inan" in tags and "accs" in named:
            found.add("nomn")
    return frozenset(found)


def _is_infinitive(norm: str, pos: str, tags: str) -> bool:
    """Some infinitives carry no mark of their own: they end in -ти and have no tense."""
    if pos != "VERB":
        return False
    tensed = any(tense in tags for tense in ("pres", "past", "futr", "impr"))
    return norm.endswith(_INFINITIVE) and ("infn" in tags or not tensed)


def _is_finite(norm: str, pos: str, tags: str, impersonal: bool) -> bool:
    if pos == "VERB":
        return not _is_infinitive(norm, pos, tags)
    return norm in _IMPERSONAL or impersonal or bool(_MODAL.match(norm))


def _noun(lemma: str, *cases: str, plural: bool = False) -> Analysis:
    return Analysis(lemma, "NOUN", frozenset(cases), plural, False, False, False, False)


_FORMS = """
дані дані nomn accs +|даних дані gent accs loct +|даними дані ablt +|даним дані datv +
людина людина nomn|людини людина gent|людині людина datv loct|людину людина accs|людиною людина ablt
рада рада nomn|ради рада gent nomn accs|раді рада datv loct|раду рада accs
збори збори nomn accs +|зборів збори gent +|діти дитина nomn +
банку банк gent datv loct|банки банк nomn accs +|банками банк ablt +|суддів суддя gent accs +
батьків батьки gent accs +|батьки батьки nomn +|учень учень nomn
голові голова datv loct|голови голова gent nomn accs
сили сила gent nomn accs +|сил сила gent accs +|силами сила ablt +|силам сила datv +
прокурори прокурор nomn +
"""


_FUNCTION_WORDS = {
    "PREP": """в у з із зі до від про на за під над при без для через після перед між серед щодо крім окрім
    понад проти біля коло навколо поза шляхом стосовно відповідно протягом упродовж впродовж замість завдяки
    внаслідок""",
    "CONJ": "та і й а але або чи що як якщо коли щоб бо ніж якби також тобто",
    "PRCL": "не ні лише тільки",
    "ADVB": "тому далі так",
}


def _overrides() -> dict[str, Analysis]:
    """Readings the dictionary puts behind rarer ones: form, lemma, cases, + for the plural."""
    table: dict[str, Analysis] = {}
    for entry in _FORMS.replace("\n", "|").split("|"):
        if parts := entry.split():
            form, lemma, *cases = parts
            table[form] = _noun(lemma, *(case for case in cases if case != "+"), plural="+" in cases)
    for pos, forms in _FUNCTION_WORDS.items():
        for form in forms.split():
            table[form] = Analysis(form, pos, frozenset(), False, False, False, False, False)
    table["яка"] = Analysis("який", "NPRO", frozenset(("nomn",)), False, False, False, False, False)
    table["його"] = Analysis("його", "NPRO", frozenset(("gent", "accs")), False, False, False, False, False)
    table["бути"] = Analysis("бути", "VERB", frozenset(), False, False, True, False, False)
    table["слід"] = Analysis("слід", "PRED", frozenset(), False, True, False, False, False)
    table["мати"] = Analysis("мати", "VERB", frozenset(), False, False, True, False, False)
    return table


_OVERRIDES = _overrides()
