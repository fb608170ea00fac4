"""The head and the signature of an act or of an approved document: what stands around its norms."""

import re

from services.acts.structure.lines import Line

_HEAD_LINE = re.compile(
    r"(?:від[ ]+)?\d{1,2}(?:\.\d\d\.\d{2,4}|[ ]+[а-яії']+[ ]+\d{4})|(?:№|n)[ ]*\d|м\.[ ]|київ|\(|про[ ]|"
    r"зареєстрован|юстиції|за[ ]+№|введен[оа][ ]+в[ ]+дію|указом|постановою|наказом|розпорядженням|рішенням|"
    r"рішення|постанова|наказ|указ|закон|затверджен|схвален|погоджен|неофіційний|офіційний|дата[ ]|статус[ ]|"
    r"президента|інд\.|до[ ]|що[ ]|\|",
    re.IGNORECASE,
)
_ENDS_SENTENCE = (".", ":", ";", ",")
_MAX_HEAD = 40  # lines without notes
_LONG = 220


def head_end(lines: list[Line], first: int) -> int:
    """Return the index of the first line from `first` on that is no title block."""
    seen = 0
    for index in range(first, len(lines)):
        text = lines[index].text
        if not text:
            continue
        if seen >= _MAX_HEAD or not _is_head(text):
            return index
        seen += 1
    return len(lines)


def _is_head(text: str) -> bool:
    if text.isupper() and not text.endswith(":"):
        return True
    if text.endswith(":") or (text[-1] in ".,;" and not _abbreviated(text)):
        return False
    return bool(_HEAD_LINE.match(text)) or len(text) < _LONG


def _abbreviated(text: str) -> bool:
    return text.startswith("(") or text.endswith(("р.", "УРСР.")) or len(text) < 25


_SIGNATURE = re.compile(
    r"(?:в\.?[ ]?о\.?[ ]+)?(?:тимчасово[ ]+виконуюч\w+[ ]+обов'язки[ ]+|виконуюч\w+[ ]+обов'язки[ ]+)?"
    r"(?:президент|прем'єр-міністр|перший[ ]+віце-прем'єр|віце-прем'єр|голова|заступник|перший[ ]+заступник|"
    r"міністр|перший[ ]+міністр|державний[ ]+секретар|секретар|директор|начальник|керівник|генеральний|"
    r"уповноважений|в\.[ ]?о\.)(?![\w'])[^.;:]*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"м\.[ ]?\w+|київ|інд\.[ ]?\d+|\d{1,2}[ ]+[а-яії']+[ ]+\d{4}|\d\d\.\d\d\.\d{4}|(?:№|n)[ ]*\S+$|"
    r"[А-ЯІЇЄҐ]\.[ ]?(?:[А-ЯІЇЄҐ]\.)?[ ]?[А-ЯІЇЄҐ]|погоджен|\(.*\)$|[А-ЯІЇЄҐ][\w'-]+[ ]+[А-ЯІЇЄҐ]+$",
    re.IGNORECASE,
)
_MAX_SIGNATURE = 14  # lines
_SHORT = 140


def signature_start(lines: list[Line], first: int, stop: int) -> int:
    """Return where, in `lines[first:stop]`, the signature block at the end begins; `stop` if none."""
    for index in range(max(first, stop - _MAX_SIGNATURE), stop):
        if _SIGNATURE.match(lines[index].text) and all(map(_is_tail, lines[index:stop])):
            return index
    return stop


def _is_tail(line: Line) -> bool:
    text = line.text
    if line.is_note:
        return True
    return len(text) < _SHORT and (text[-1] not in ";:" and (text[-1] != "." or bool(_TAIL.match(text))))
