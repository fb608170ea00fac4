"""Bodies that issue acts, named as the head of an act names them: in capitals, in any case."""

import re

# After the kind of the act a head names its body in the genitive: «УКАЗ ПРЕЗИДЕНТА УКРАЇНИ».
_KNOWN = tuple(
    (re.compile(pattern), body)
    for pattern, body in (
        (r"ПРЕЗИДІ[ЯЇ] ВЕРХОВНОЇ РАДИ", "Президія Верховної Ради УРСР"),
        (r"ПРЕЗИДИУМ\w? ВЕРХОВНОГО СОВЕТА", "Президія Верховної Ради УРСР"),
        (r"ВЕРХОВН(?:А|ОЇ) РАД[АИ] (?:УРСР|УКРАЇНСЬКОЇ)", "Верховна Рада УРСР"),
        (r"ВЕРХОВН(?:А|ОЇ) РАД[АИ]", "Верховна Рада України"),
        (r"КАБІНЕТУ? МІНІСТРІВ УКРАЇНИ", "Кабінет Міністрів України"),
        (r"ПРАВЛІННЯ НАЦІОНАЛЬНОГО БАНКУ", "Правління Національного банку України"),
        (r"НАЦІОНАЛЬН(?:ИЙ|ОГО) БАНКУ? УКРАЇНИ", "Національний банк України"),
        (r"КОНСТИТУЦІЙН(?:ИЙ|ОГО) СУДУ? УКРАЇНИ", "Конституційний Суд України"),
        (r"ПРЕЗИДЕНТА? УКРАЇНИ", "Президент України"),
        (r"ЄВРОПЕЙСЬК\w+ ПАРЛАМЕНТУ? [ІТ]А? ?РАД[АИ]", "Європейський Парламент і Рада Європейського Союзу"),
    )
)
_PROPER = (
    ("україни", "України"),
    ("кабінету міністрів", "Кабінету Міністрів"),
    ("кабінет міністрів", "Кабінет Міністрів"),
    ("верховна рада", "Верховна Рада"),
    ("верховної ради", "Верховної Ради"),
    ("президент", "Президент"),
    ("автономної республіки крим", "Автономної Республіки Крим"),
)
_GENITIVE = (("Міністерства ", "Міністерство "), ("Голови ", "Голова "), ("Президента ", "Президент "))


def known_body(capitals: str) -> str:
    """Return the body of the state that a line in capitals names, empty where it names none."""
    return next((body for pattern, body in _KNOWN if pattern.search(capitals)), "")


def body_of(capitals: str) -> str:
    """Return the body that a line in capitals names, as it is written in a sentence."""
    body = known_body(capitals) or sentence_case(capitals)
    for genitive, nominative in _GENITIVE:
        if body.startswith(genitive):
            return nominative + body[len(genitive) :]
    return body


def sentence_case(capitals: str) -> str:
    """Return a line in capitals as a sentence writes it: names of the state keep theirs."""
    words = re.sub(r" {2,}", " ", capitals).lower().capitalize()
    for name, written in _PROPER:
        words = re.sub(rf"(?<!\w){name}(?!\w)", written, words)
    return words[:1].upper() + words[1:]
