"""The head and the signature of an act or of an approved document: what stands around its norms."""

import re

from services.acts.folding import closed_up
from services.acts.structure.lines import Line
from services.acts.structure.markers import marker, reads_as_norm

_HEAD_LINE = re.compile(
    r"(?:від[ ]+)?\d{1,2}(?:\.\d\d\.\d{2,4}|[ ]+[а-яії']+[ ]+\d{4})|(?:№|n)[ ]*\d|м\.[ ]|київ|\(|про[ ]|"
    r"зареєстрован|юстиції|за[ ]+№|введен[оа][ ]+в[ ]+дію|указом|постановою|наказом|розпорядженням|рішенням|"
    r"рішення|постанова|наказ|указ|закон|затверджен|схвален|погоджен|неофіційний|офіційний|дата[ ]|статус[ ]|"
    r"президента|інд\.|до[ ]|що[ ]|\|",
    re.IGNORECASE,
)
# A preamble need not end in a stop: «Відповідно до … ⏎ НАКАЗУЮ:».
_PREAMBLE = re.compile(
    r"(?:Ц(?:ей|я|е|і)|Відповідно|У відповідності|На (?:виконання|підставі|реалізацію|основі)|"
    r"З (?:метою|огляду|урахуванням)|За результатами|Згідно|Керуючись|Розглянувши|Враховуючи|Ураховуючи|"
    r"Беручи|Виходячи|У зв'язку|Заслухавши|Зважаючи|Обговоривши|Виконуючи|Усвідомлюючи|Визнаючи|Прагнучи)[ ]"
)
_ENACTS = re.compile(
    r"(?:наказу(?:ю|ємо)|постанов(?:ляє|ляю|ила)|виріши(?:в|ла)|вирішує|ухвал(?:ила|ює)|зобов'язую|розпоряджаюсь)"
)
_SHORTEST_PREAMBLE = 40  # characters
_MAX_HEAD = 40  # lines without notes
_LONG = 220
_LONGEST_HEAD = 2_000  # characters: a longer line is a text without line ends


def head_end(lines: list[Line], first: int) -> int:
    """Return the index of the first line from `first` on that is no title block."""
    seen = 0
    for index in range(first, len(lines)):
        text = lines[index].text
        if not text:
            continue
        if _introduces(text, lines[index + 1 : index + 2]):
            return index
        if seen >= _MAX_HEAD or not _is_head(text) or marker(text) is not None:
            return index
        seen += 1
    return len(lines)


def _introduces(text: str, below: list[Line]) -> bool:
    """Tell whether a line is the preamble above «ВИРІШИЛА:», whatever it begins with."""
    if not below or not below[0].text.endswith(":") or len(text) < _SHORTEST_PREAMBLE:
        return False
    if text.isupper() or not text[0].isupper():
        return False
    return text[:4] != "Про " and bool(_ENACTS.fullmatch(closed_up(below[0].text[:-1].rstrip()).lower()))


def _is_head(text: str) -> bool:
    if len(text) > _LONGEST_HEAD or _PREAMBLE.match(text) or (text[:4] != "Про " and reads_as_norm(text)):
        return False
    if text.isupper() and not text.endswith(":"):
        return True
    if text.endswith(":") or (text[-1] in ".,;" and not _abbreviated(text)):
        return False
    return bool(_HEAD_LINE.match(text)) or len(text) < _LONG


def _abbreviated(text: str) -> bool:
    return text.startswith("(") or text.endswith(("р.", "УРСР.")) or len(text) < 25


_APPROVAL = re.compile(r"(?:№|n)[ ]?\d|\d{1,2}[ ]+[а-яії']{5,9}[ ]+\d{4}|\d\d\.\d\d\.\d{4}", re.IGNORECASE)
_MAX_APPROVAL = 12  # lines of «ЗАТВЕРДЖЕНО …»
_MAX_TITLE = 5  # lines


def document_head(lines: list[Line], first: int, stop: int) -> tuple[int, int]:
    """Return where the title of an approved or annexed document begins and ends in `lines[first:stop]`.

    Above it stands what approved the document («постановою … № 31»), or what it is annexed to.
    """
    begin = first
    for index in range(first, min(stop, first + _MAX_APPROVAL)):
        text = lines[index].text
        if len(text) > _SHORT or text.endswith((";", ":")):
            break
        if closed_up(text) == "РІШЕННЯ" and lines[first - 1].text.lower().startswith("введен"):
            return index, _head_of_decision(lines, index, stop)
        if _APPROVAL.search(text):
            begin = index + 1
    while begin < stop and (
        lines[begin].is_note or lines[begin].text[0].islower() or lines[begin].text[0] == "("
    ):
        begin += 1
    end = begin
    while end < stop and end - begin < _MAX_TITLE and _continues_title(lines, begin, end, stop):
        end += 1
    return begin, end


def _head_of_decision(lines: list[Line], begin: int, stop: int) -> int:
    """Return where the head of a decision ends that a decree brings into force below itself."""
    end = begin + 1
    while end < min(stop, begin + _MAX_TITLE) and lines[end].text and _is_head(lines[end].text):
        end += 1
    return end


def _continues_title(lines: list[Line], begin: int, index: int, stop: int) -> bool:
    text = lines[index].text
    if not text or "|" in text or len(text) > _LONGEST_TITLE or text.endswith((";", ":", ".")):
        return False
    if reads_as_norm(text):
        return False
    if index == begin or text[0].islower():
        return True
    # «ПРАВИЛА БЛАГОУСТРОЮ⏎Луцької міської громади» above the first heading.
    is_last = index == stop - 1 and len(text) < _SHORT and text[0] != "("
    return lines[begin].text.isupper() and (text.isupper() or is_last)


_SIGNATURE = re.compile(
    r"(?:т?\.?[ ]?в\.?[ ]?о\.?[ ]+)?(?:тимчасово[ ]+)?(?:виконуюч\w+[ ]+обов'язки[ ]+)?"
    r"(?:[А-ЯІЇЄҐ][\w'-]+[ ](?:[\w'-]+[ ]){0,2})?"
    r"(?:президент|(?:перший[ ]+)?(?:віце-)?прем'єр|голова|заступник|перший[ ]+заступник|міністр|державний|"
    r"секретар|директор|начальник|керівник|генеральний|завідувач|ректор|командувач|уповноважен|виконавчий|"
    r"суддя|головуючий|председатель|министр|секретарь)\w{0,3}"  # «Т.в.о. директора»
    r"(?![\w'])[^.;:]*",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:^|[ |])[А-ЯІЇЄҐ]\.[ ]?(?:[А-ЯІЇЄҐ]\.[ ]?)?[А-ЯІЇЄҐ][\w'-]+$|"
    r"(?:^|[ |])[А-ЯІЇЄҐ][а-яіїєґ'-]+[ ]+[А-ЯІЇЄҐ][А-ЯІЇЄҐ'-]{2,}$"
)
_DOTTED = re.compile(r"[А-ЯІЇЄҐ]\.|(?:^|[ ])(?:р|[Іі]нд|м)\.|ПОГОДЖЕНО:|Погоджено:")
_MAX_SIGNATURE = 30  # lines
_SHORT = 110
_LONGEST_TITLE = 400


def signature_start(lines: list[Line], first: int, stop: int) -> int:
    """Return where, in `lines[first:stop]`, the signature block at the end begins; `stop` if none.

    A block of short lines that end no sentence, from a post on («Голова …») and with a name in it.
    """
    begin = stop
    while begin > max(first, stop - _MAX_SIGNATURE) and _is_tail(lines[begin - 1]):
        begin -= 1
    for index in range(begin, stop):
        if _SIGNATURE.match(lines[index].text):
            named = any(_NAME.search(line.text) for line in lines[index:stop])
            return index if named else stop
    return stop


def _is_tail(line: Line) -> bool:
    text = line.text
    if line.is_note:
        return True
    if len(text) > _SHORT or line.quoted or text[-1] in ";," or marker(text) is not None:
        return False
    return text[-1] not in ".:" or _DOTTED.search(text) is not None
