"""A passage as the rules see it: tokens with their morphology, sentences, list items and their lead-ins."""

import re
from dataclasses import dataclass
from itertools import accumulate

from engine.nlp.morphology import Analysis, analyse
from engine.nlp.tokens import Token, fold, tokenize
from engine.nlp.words import words

_MARKER = re.compile(
    r"(?:Стаття\s+\d+(?:-\d+)?\.|\d+(?:\.\d+)+(?=\s+[“«\"А-ЯІЇЄҐ])|\d+(?:[-.]\d+)*[.)]|[а-яіїєґa-z]\)|[IVXLCІХ]+\.|[-–—•*])\s+"
)
_HEADING = re.compile(
    r"(?:стаття|розділ|глава|підрозділ|частина|книга|додаток|параграф)\s+(?:[\divxlcіх]|\S+$)|§|\{"
)
_ROMAN = re.compile(r"[IVXLCІХ]+\.\s+\D")
_ARTICLE = re.compile(r"стаття\s+\d+(?:-\d+)?\.\s+", re.IGNORECASE)
_WRAPPED_LINE, _LONGEST_QUOTATION = 8, 400
_ABBREVIATIONS = words("ст п пп р м ч с ім т тт грн тис млн млрд рр див обл вул буд кв абз та ін гр коп")
_QUOTES = {"«": "»", "“": "”", "„": "”", '"': '"'}
_TRAILING = frozenset(".;:,-–—")


@dataclass(slots=True)
class Sentence:
    """A sentence or list item: tokens `first` to `last` (half-open) without its marker and end marks."""

    first: int
    last: int
    line: int
    marker: str
    end_mark: str
    heading: bool
    item: bool
    opens_line: bool
    lead: int | None = None


@dataclass(slots=True)
class Document:
    """Everything the rules and the features look up; token indices throughout."""

    text: str
    norm: str
    tokens: list[Token]
    words: list[Analysis]
    sentences: list[Sentence]
    sentence_of: list[int]
    brackets: list[int]
    quoted: list[bool]
    relative: list[bool]
    context: str = ""

    def span_text(self, first: int, last: int) -> str:
        """Folded text of tokens `first` to `last`."""
        return self.norm[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    def token_at(self, offset: int) -> int:
        """Index of the first token that ends after the offset."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low


def read(text: str, context: str = "") -> Document:
    """Read a passage; `context` is whatever the caller knows of the act it comes from."""
    tokens = tokenize(text)
    words = [analyse(t.norm, t.text.isupper() and len(t.text) > 1) for t in tokens]
    brackets = _bracket_depth(text, tokens)
    sentences = _sentences(text, tokens, brackets)
    _link_items(sentences)
    sentence_of = [-1] * len(tokens)
    for number, sentence in enumerate(sentences):
        sentence_of[sentence.first : sentence.last] = [number] * (sentence.last - sentence.first)
    quoted = _quoted(tokens, sentences)
    document = Document(
        text, fold(text), tokens, words, sentences, sentence_of, brackets, quoted, [], context
    )
    document.relative = _relative_clauses(document)
    return document


def _bracket_depth(text: str, tokens: list[Token]) -> list[int]:
    """1 inside round or square brackets that close in their line (the brackets included), else 0."""
    change = [0] * (len(tokens) + 1)
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if index and "\n" in text[tokens[index - 1].end : token.start]:
            opened.clear()
        if token.text in "([":
            opened.append(index)
        elif token.text in ")]" and opened:
            change[opened.pop()] += 1
            change[index + 1] -= 1
    return [min(depth, 1) for depth in accumulate(change[:-1])]


def _quoted(tokens: list[Token], sentences: list[Sentence]) -> list[bool]:
    """Marks what stands in quotation marks within its sentence, the marks included."""
    mask = [False] * len(tokens)
    for sentence in sentences:
        index = sentence.first
        while index < sentence.last:
            end = _closing(tokens, index, sentence.last)
            mask[index:end] = [True] * (end - index)
            index = max(end, index + 1)
    return mask


def _closing(tokens: list[Token], index: int, last: int) -> int:
    """The token behind the quotation opened at `index`, or `index` where none opens or none closes near."""
    closer = _QUOTES.get(tokens[index].text)
    if closer is None:
        return index
    near = range(index + 1, min(last, index + _LONGEST_QUOTATION))
    return next((i + 1 for i in near if tokens[i].text == closer), index)


def _lines(text: str, tokens: list[Token]) -> list[tuple[int, int]]:
    """Token ranges of the passage's lines."""
    lines: list[tuple[int, int]] = []
    first = 0
    for index in range(1, len(tokens) + 1):
        if index == len(tokens) or "\n" in text[tokens[index - 1].end : tokens[index].start]:
            if index < len(tokens) and _wrapped(tokens, first, index):
                continue
            if index > first:
                lines.append((first, index))
            first = index
    return lines


def _wrapped(tokens: list[Token], first: int, index: int) -> bool:
    """A long line that stops at a word goes on in a line that begins with a small letter or a bracket."""
    following = tokens[index]
    if tokens[index - 1].norm == "від" or following.text in ("№", "N"):
        return True
    if index - first < _WRAPPED_LINE or not tokens[index - 1].is_word or tokens[first].text.isupper():
        return False
    marker = index + 1 < len(tokens) and tokens[index + 1].text == ")" and len(following.text) < 3
    return not marker and (following.text[0].islower() or following.text == "(")


def _sentences(text: str, tokens: list[Token], brackets: list[int]) -> list[Sentence]:
    sentences: list[Sentence] = []
    heading = False
    for line, (first, last) in enumerate(_lines(text, tokens)):
        raw = text[tokens[first].start : tokens[last - 1].end]
        heading = _is_heading(raw) or (heading and raw[0].islower() and raw[-1] not in ".;:")
        body, marker = _skip_markers(raw, tokens, first, last)
        start, inline = first, False
        for end in _ends(tokens, brackets, body, last):
            if start > first:
                part = text[tokens[start].start : tokens[end - 1].end]
                body, marker = _skip_markers(part, tokens, start, end)
            sentence = _trim(tokens, body, end, line, marker, heading, start == first or inline)
            if sentence:
                sentences.append(sentence)
                inline = inline or ":" in sentence.end_mark
            start = end
    return sentences


def _is_heading(raw: str) -> bool:
    folded = fold(raw)
    if _ARTICLE.match(raw) and raw.endswith((".", ":", ";")):
        return False
    if _HEADING.match(folded) and len(raw) < 400:
        return not (raw.endswith(";") or raw[0].islower())
    letters = [char for char in raw if char.isalpha()]
    return bool(_ROMAN.match(raw) and len(raw) < 200) or (
        len(letters) > 3 and all(c.isupper() for c in letters)
    )


def _skip_markers(raw: str, tokens: list[Token], first: int, last: int) -> tuple[int, str]:
    base, position, marker = tokens[first].start, 0, ""
    while match := _MARKER.match(raw, position):
        marker = match.group().strip()
        position = match.end()
    while first < last and tokens[first].start < base + position:
        first += 1
    return first, marker


def _ends(tokens: list[Token], brackets: list[int], first: int, last: int) -> list[int]:
    ends: list[int] = []
    quoted_until = first
    for index in range(first, last - 1):
        mark = tokens[index].text
        if index >= quoted_until:
            quoted_until = _closing(tokens, index, last)
        if brackets[index] or index < quoted_until:
            continue
        if mark == ";" or (mark in ".!?" and _full_stop(tokens, index)) or _inline_list(tokens, index, last):
            ends.append(index + 1)
    ends.append(last)
    return ends


def _inline_list(tokens: list[Token], index: int, last: int) -> bool:
    """A colon in the middle of a line whose list has items parted by semicolons."""
    if tokens[index].text != ":" or not (tokens[index + 1].text[0].islower() or tokens[index + 1].is_word):
        return False
    return any(tokens[i].text == ";" for i in range(index + 1, last))


def _full_stop(tokens: list[Token], index: int) -> bool:
    before, after = tokens[index - 1], tokens[index + 1]
    if after.start == tokens[index].end or not (after.text[0].isupper() or after.text[0] in "«“\"'"):
        return False
    single_capital = len(before.text) == 1 and before.text.isupper()
    return not single_capital and before.norm not in _ABBREVIATIONS


def _trim(
    tokens: list[Token], first: int, last: int, line: int, marker: str, heading: bool, opens: bool
) -> Sentence | None:
    end_mark = ""
    while last > first and tokens[last - 1].text in _TRAILING:
        last -= 1
        end_mark = tokens[last].text + end_mark
    if last <= first:
        return None
    lower = tokens[first].text[0].islower()
    item = opens and (lower or marker.endswith(")") or marker in ("-", "–", "—", "•", "*"))
    return Sentence(first, last, line, marker, end_mark, heading, item, opens)


def _link_items(sentences: list[Sentence]) -> None:
    """An item's lead-in is the last sentence ending in a colon in the same run of items.

    Lines that begin with a capital are items too when they end in a semicolon or follow one that does.
    """
    lead: int | None = None
    for number, sentence in enumerate(sentences):
        if lead is not None and sentence.opens_line and not sentence.marker and not sentence.heading:
            previous = sentences[number - 1]
            sentence.item = (
                sentence.item or ";" in sentence.end_mark or (previous.item and ";" in previous.end_mark)
            )
        if sentence.heading:
            lead = None
        elif sentence.item:
            sentence.lead = lead
        elif sentence.opens_line:
            lead = None
        if ":" in sentence.end_mark and not sentence.item:
            lead = number


_RELATIVE = words(
    "який яка яке які якого якої яких якому якій яким якими якою яку що де коли щоб якщо чий чия чиї"
)


def _relative_clauses(document: Document) -> list[bool]:
    """Marks «, [preposition] який/що/де…» up to the comma behind its verb, outside brackets."""
    mask = [False] * len(document.tokens)
    for sentence in document.sentences:
        index = sentence.first + 1
        while index < sentence.last:
            behind = index - 1
            if document.tokens[behind].norm in ("і", "та", "а", "або", "чи") and behind > sentence.first:
                behind -= 1
            if document.tokens[behind].text == "," and _opens_relative(document, index):
                index = _mark_clause(document, index, sentence.last, mask)
            else:
                index += 1
    return mask


def _opens_relative(document: Document, index: int) -> bool:
    return document.tokens[index].norm in _RELATIVE or opens_with_which(document, index)


def opens_with_which(document: Document, index: int) -> bool:
    """«в якому», «на підставі якого», «статутні положення яких»: the pronoun comes within a few words."""
    for follow in range(index, min(index + 4, len(document.tokens))):
        if document.words[follow].finite or document.tokens[follow].text in ",;:.":
            return False
        if document.words[follow].lemma in ("який", "котрий", "чий"):
            return True
    return False


def _mark_clause(document: Document, index: int, last: int, mask: list[bool]) -> int:
    depth, verb = document.brackets[index], False
    while index < last:
        if document.tokens[index].text == "," and document.brackets[index] == depth and verb:
            return index
        verb = verb or document.words[index].finite
        mask[index] = True
        index += 1
    return index
