"""Patterns of the words that references are made of, for folded lower-case text."""

import re

from services.acts.unit_numbers import ORDINAL

_WORDS = {
    "subpoint": r"підпункт(?:у|ом|і|и|ів|ами|ах|ам|а)?|пп\.",
    "point": r"пункт(?:у|ом|і|и|ів|ами|ах|ам|а)?|п\.",
    "indent": r"абзац(?:у|ом|і|ев?і|и|ів|ами|ах|ам|а)?|абз\.",
    "part": r"частин(?:а|и|і|у|ою|ами|ах|ам)?|ч\.",
    "article": r"стат(?:тя|ті|тею|тю|тями|тях|тям|ей)|статт(?:я|і|ею|ю|ями|ях|ям)|ст\.ст\.|ст\.",
    "subsection": r"підрозділ(?:у|ом|і|и|ів|ами|ах|ам|а)?",
    "section": r"розділ(?:у|ом|і|и|ів|ами|ах|ам|а)?|розд\.",
    "chapter": r"глав(?:а|и|і|у|ою|ами|ах|ам)?|гл\.",
    "paragraph_unit": r"параграф(?:у|ом|і|и|ів|ами|ах|ам|а)?|§+",
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

_WHOLE = r"(?:(?<=[.§])|(?![\w']))"
UNIT = re.compile("(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS.items()) + ")" + _WHOLE)
_HALF = r"(?P<half>загальн|особлив)(?:а|ої|ій|у|ою)[ \n]+частин(?:а|и|і|у|ою)"
_FINAL = (
    r"(?:прикінцев|перехідн|заключн)(?:і|их|им|ими)(?:[ \n]+(?:та|і|й)[ \n]+(?:прикінцев|перехідн|заключн)(?:і|их|им|ими))?"
    r"[ \n]+положен(?:ня|ь|нями|нях|ням)"
)
SPECIAL = re.compile(rf"(?:{_HALF}|(?P<final>{_FINAL}))(?![\w'])")

_INDEX = r"(?:[ ]?-[ ]?\d+(?:\.\d+)*)"
NUMBER = rf"(?:\d+(?:\.\d+)*{_INDEX}{{0,4}}(?![\w%])|\"[а-яіїєґ](?:-\d+)?\"|[а-яіїєґ]\)|{ORDINAL}|[іvхlсм]+(?:-(?:\d+|[а-яґ]))?(?![\w']))"
_JOIN = r"(?:[ ]?[,;][ \n]*(?:та|і|й|або|чи|а[ ]також)?[ \n]*|[ \n]+(?:та|і|й|або|чи|та/або|а[ ]також|по|до)[ \n]+|[ ]*-[ ]*)"
FIRST = re.compile(rf"[ \n]*(?:№[ ]*)?(?P<number>{NUMBER})")
MORE = re.compile(rf"{_JOIN}(?:№[ ]*)?(?P<number>{NUMBER})")
JOIN = re.compile(_JOIN)
GAP = re.compile(r"[ \n]+")
QUOTED_TITLE = re.compile(r"[ \n]+\"[^\"\n]{1,160}\"")
BEFORE_ORDINAL = re.compile(rf"(?P<number>{ORDINAL})[ \n]+")

THIS = re.compile(r"ц(?:ього|ієї|им|ією|ьому|ій|их|я|ими|ей|е|і|ю|ей)[ \n]+(?P<word>[\w'-]+)")

ANCHOR = re.compile(
    r"(?<![\w'-])(?:(?:"
    + "|".join(_WORDS[kind] for kind in _WORDS)
    + rf"){_WHOLE}|(?:{ORDINAL})[ \n]+(?=речен)|(?:{_HALF.replace('?P<half>', '?:')}|{_FINAL})(?![\w'])"
    r"|закон|кодекс|конституц|основ(?:и|ах|ами)[ ]|постанов|наказ|розпоряджен|указ|рішен|декрет|"
    r"конвенці|пакт|статут|протокол|угод|декларац|хартії|хартія|№|\(|\")"
)
