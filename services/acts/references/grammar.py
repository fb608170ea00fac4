"""Patterns of the words that name units, for folded lower-case text."""

import re

from services.acts.unit_numbers import ORDINAL

_MANY = "у|ом|і|и|ів|ами|ах|ам|а"
_WORDS = {
    "subpoint": rf"підпункт(?:{_MANY})?|пп\.",
    "point": rf"пункт(?:{_MANY})?|п\.[ ]?п\.|п\.",
    "indent": rf"абзац(?:{_MANY}|еві)?|абз\.",
    "part": r"частин(?:а|и|і|у|ою|ами|ах|ам)?|ч\.",
    "article": r"стат(?:тя|ті|тею|тю|тями|тях|тям|ей)|ст\.[ ]?ст\.|ст\.",
    "subsection": rf"підрозділ(?:{_MANY})?",
    "section": rf"розділ(?:{_MANY})?|розд\.",
    "chapter": r"глав(?:а|и|і|у|ою|ами|ах|ам)?|гл\.",
    "paragraph_unit": rf"параграф(?:{_MANY})?|§+",
    "book": r"книг(?:а|и|у|ою|ами|ах|ам)?|книзі",
    "annex": r"додат(?:ок|ка|ку|ком|ки|ків|ками|ках|кам|кові)",
    "note": r"приміт(?:ка|ки|ку|ці|кою|ок|ками|ках|кам)",
    "sentence": r"речен(?:ня|ні|ням|нями|нях|ь)",
    "preamble": r"преамбул(?:а|и|і|у|ою)",
}
ORDER = (
    "sentence",
    "indent",
    "subpoint",
    "point",
    "part",
    "note",
    "article",
    "paragraph_unit",
    "chapter",
    "subsection",
    "section",
    "book",
    "annex",
    "preamble",
    "final",
)
"""Kinds from the smallest to the largest, as chains are written."""

RANK = {kind: rank for rank, kind in enumerate(ORDER)}
"""How large a kind is: its place in `ORDER`."""

_WHOLE = r"(?:(?<=[.§])|(?![\w']))"
_NAMED = "|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS.items())
UNIT = re.compile(f"(?:{_NAMED}){_WHOLE}")

_SINGULAR = re.compile(
    r"(?:підпункт|пункт|абзац|розділ|підрозділ|параграф)(?:|у|ом|і|а)|(?:частин|глав|книг)(?:а|у|ою|і)|"
    r"стат(?:тя|тею|тю)|додат(?:ок|ка|ку|ком)|приміт(?:ка|ку|ці|кою)"
)


def is_singular(word: str) -> bool:
    """Tell whether a unit's word, folded in lower case, is surely singular («пункту», not «частини»)."""
    return _SINGULAR.fullmatch(word) is not None


_HALF = r"(?P<half>загальн|особлив)(?:а|ої|ій|у|ою)[ \n]+частин(?:а|и|і|у|ою)"
_CLOSING = r"(?:прикінцев|перехідн|заключн)"
_FINAL = (
    r"(?P<closing>прикінцев|перехідн|заключн)(?:і|их|им|ими)"
    rf"(?:[ \n]+(?:та|і|й)[ \n]+{_CLOSING}(?:і|их|им|ими))?[ \n]+положен(?:ня|ь|нями|нях|ням)"
)
SPECIAL = re.compile(rf"(?:{_HALF}|{_FINAL})(?![\w'])")

_DIGITS = r"\d+(?:\.\d+)*(?:[ ]?-[ ]?\d+(?:\.\d+)*){0,4}(?:-[а-яґ](?![\w']))?(?![\w%])"
_LETTER = r"\"[а-яіїєґ](?:-\d+)?\"|[а-яіїєґ](?:-\d+)?\)|\([ ]?[а-яіїєґa-z][ ]?\)"
_ROMAN = r"[іvхlсм]+(?:[ ]?-[ ]?\d+|-[а-яґ])?(?![\w'])"
NUMBER = rf"(?:{_DIGITS}|{_LETTER}|{ORDINAL}|{_ROMAN})"
ROMAN_NUMBER = re.compile(_ROMAN)
_AND = r"та/або|або|чи|та|і|й|а[ ]також"
_JOIN = rf"(?:[ ]?[,;][ \n]*(?:(?:{_AND})(?![\w']))?[ \n]*|[ \n]+(?:{_AND})[ \n]+|[ ]*-[ ]*)"
FIRST = re.compile(rf"[ \n]*(?:№[ ]*)?(?P<number>{NUMBER})")
MORE = re.compile(rf"(?:[ ]\([^()\n]{{1,250}}\))?{_JOIN}(?P<number>{NUMBER})")
ANNEX_LETTER = re.compile(r"[ \n]+(?P<number>[а-яіїєґ])(?![\w'-])")
ITEM = re.compile(r"\d+(?:\.\d+)*(?:-\d+)?(?:\)|\.(?=[ \n]))")
"""What begins an item of a list: «2)», «2. »."""
JOIN = re.compile(_JOIN)
GAP = re.compile(r"[ \n]+")
AFTER_DOTTED = re.compile(r"(?:(?<=\.\d)|(?<=\.\d\d))\.[ ]+(?=[а-яіїєґ])")
"""A full stop that belongs to the number, before what goes on in lower case: «п. 1.2. цього Положення»."""
DOWN = re.compile(r"[ ]|,?[ ]?(?=(?:пп|п|ч|абз)\.[ ]?\d)")
"""What stands before a smaller unit where the largest is named first: «ст. 19, ч. 2», «стаття 5 пункт 2»."""
LETTERS_IN_BRACKETS = re.compile(
    r"[ ]?\((?P<number>\"[а-яіїєґ](?:-\d+)?\"|[а-яіїєґa-z](?=\)))(?:[,;][^()\n]{0,120})?\)"
)
PARTS_IN_BRACKETS = re.compile(
    rf"[ ]\((?:частин[аиу]|ч\.)[ ](?P<part>{ORDINAL}|\d{{1,2}})"
    rf"(?:(?:,|[ ]та|[ ]і)[ ](?:{ORDINAL}|\d{{1,2}})){{0,8}}\)"
)
"""What says which part of an article of a list is meant: «статтями 147 (частина перша), 148-3»."""
PART_IN_BRACKETS = re.compile(r"\((?P<part>\d{1,2})\)(?:\((?P<letter>[а-яіїєґa-z])\))?")
"""The part of an article as acts of the European Union cite it: «статті 8(1)(a)»."""
QUOTED_TITLE = re.compile(r"[ \n]+\"[^\"\n]{1,160}\"")
_ORDINALS = rf"{ORDINAL}(?:(?:,|[ ]та|[ ]і|[ ]або)[ ]{ORDINAL}){{0,3}}[ \n]+"
BEFORE_ORDINAL = re.compile(rf"(?=(?P<number>{ORDINAL})){_ORDINALS}")
IN_GAZETTE = re.compile(r"(?:№|(?<!\w)n)[ ]?\d[\d ,№/-]*,[ ]?$")
"""What stands before «ст. 192» when that is a page of a gazette: «ВВР, 2004, № 14, »."""

_THIS = r"ц(?:ього|ієї|им|ією|ьому|ій|их|я|ими|ей|е|і|ю)"
THIS = re.compile(rf"{_THIS}[ \n]+(?:ж[ \n]+)?(?P<word>[\w'-]+)")
OWN = re.compile(rf"(?<!\w){_THIS}[ \n]+(?:[\w'-]+[ \n]+)?$")
"""What stands before the word for an act when that is this act itself: «цього »."""

UNIT_ANCHOR = (
    rf"(?:{'|'.join(_WORDS.values())}){_WHOLE}|{_ORDINALS}(?=речен|абзац|пункт|частин|підпункт)"
    rf"|(?:{_HALF}|{_FINAL})(?![\w'])".replace("?P<half>", "?:").replace("?P<closing>", "?:")
)
"""Where a chain of units may begin."""
