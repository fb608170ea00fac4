"""Attributes of definitions, changes of law and conditions."""

import re

from engine.elements import JsonValue
from engine.nlp.lexicon import EXCEPTION
from engine.nlp.tokens import fold

_OPS = (
    ("enters_force", re.compile(r"(?:набира|набува|набере|набув)\w* чинності|в дію")),
    ("expires", re.compile(r"(?:втрача|втрати)\w* чинність(?! )|втрачає чинність")),
    ("repeal", re.compile(r"визнати .*?так(?:им|ою|ими)|скасувати|втратил\w+ чинність|втратив чинність")),
    ("restate", re.compile(r"виклас(?:ти|шти)")),
    ("renumber", re.compile(r"вважати (?:відповідно|\w+ \w+ом)")),
    ("insert", re.compile(r"доповнити|включити")),
    ("delete", re.compile(r"виключити|вилучити")),
    ("replace", re.compile(r"замінити")),
    ("approve", re.compile(r"затвердити|схвалити|внести|затвердж")),
)
_EFFECTIVE = re.compile(
    r"(?:чинності|чинність|в дію)\s+((?:з|із|зі|через|після|одночасно|не раніше)\b.+)$", re.DOTALL
)
_ALIAS = re.compile(r"\s*\(?\s*(?:далі|надалі)(?: за текстом)?\s*[-–—:]\s*", re.IGNORECASE)
_DASH = re.compile(r"\s[-–—]\s(?:це\s)?")
_COPULA = re.compile(
    r"\s(?:є|вважається|вважаються|визнається|полягає (?:у|в)|означає|розуміється"
    r"|вживається у значенні)\b,?:?\s*(?:таким, що\s|таким, коли\s)?"
)


def change_attributes(quote: str) -> dict[str, JsonValue]:
    """op and effective of a change."""
    text = fold(quote)
    op = next((name for name, form in _OPS if form.search(text)), "approve")
    match = _EFFECTIVE.search(text) if op in ("enters_force", "expires") else None
    return {"op": op, "effective": quote[match.start(1) : match.end(1)] if match else None}


def definition_attributes(quote: str) -> dict[str, JsonValue]:
    """term and meaning of a definition or alias."""
    alias = _ALIAS.search(quote)
    if alias and quote.endswith(")"):
        return {"term": quote[alias.end() : -1].strip(), "meaning": quote[: alias.start()].strip(" (")}
    for pattern in (_DASH, _COPULA):
        if split := pattern.search(quote):
            return {"term": quote[: split.start()].strip(' “”«»"'), "meaning": quote[split.end() :].strip()}
    return {"term": quote, "meaning": None}


def condition_attributes(quote: str) -> dict[str, JsonValue]:
    """polarity of a condition."""
    return {"polarity": "exception" if EXCEPTION.match(fold(quote)) else "if"}
