"""Noun phrases around an actor's head: what agrees before it, what depends on it after it."""

from dataclasses import dataclass

from engine.nlp.clauses import head_kind, is_main_verb, modifies_next
from engine.nlp.document import Document
from engine.nlp.lexicon import PRIVATE_HEADS, PUBLIC_HEADS
from engine.nlp.words import words

_LINKS = ("з", "із", "зі", "у", "в", "без")
_LINKED = words(
    """питань справах прав захисту етики громадянства нагляду контролю обов'язків надзвичайних оцінки сфері
    сферах галузі реабілітації сприяння"""
)
_STOP_LEFT = words(
    "цей це ця ці той та те ті він вона вони який котрий сам самий свій їх його її їхній що хто відомий"
)
_JOINTS = frozenset(("і", "й", "та", "або", "чи", "та/або", "і/або"))
_LONGEST_LIST = 60


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: half-open tokens and its head."""

    first: int
    last: int
    head: int


def is_head(document: Document, index: int) -> bool:
    """A noun (or adjective used as one) that can name a person or body."""
    word = document.words[index]
    lemma = word.lemma
    listed = lemma in PUBLIC_HEADS or lemma in PRIVATE_HEADS
    if lemma == "сила":
        return index > 0 and document.words[index - 1].lemma == "збройний"
    if word.pos == "ADJF" or word.pos == "NPRO":
        return listed and not modifies_next(document, index)
    return (
        bool(word.pos == "NOUN" and head_kind(document, index)) and not document.tokens[index].norm.isdigit()
    )


def phrase(document: Document, head: int, low: int, high: int) -> Phrase:
    """The phrase of a head within tokens `low` to `high`: agreeing words before, genitives after.

    A capitalised name goes through its «та»: «Служба … зв'язку та захисту інформації України».
    """
    first = wide_left_edge(document, head, low)
    edges = right_edges(document, head, high)
    named = document.tokens[head].text[0].isupper() and document.tokens[edges[-1] - 1].text[0].isupper()
    return Phrase(
        left_edge(document, head, low) if first is None else first, edges[-1] if named else edges[0], head
    )


def left_edge(document: Document, head: int, low: int) -> int:
    """The first of the adjectives and determiners that agree with the head."""
    cases, first = document.words[head].cases, head
    index = head - 1
    while index >= low and _agrees(document, index, cases):
        if index > low and document.words[index - 1].lemma == "бути":
            break
        if cases == {"ablt"} and _is_participle(document, index):
            break
        first = index
        index -= 1
    return first


def _agrees(document: Document, index: int, cases: frozenset[str]) -> bool:
    word = document.words[index]
    if not (word.adjective or word.pos in ("NPRO", "NUMR")) or word.lemma in _STOP_LEFT:
        return False
    if word.finite and is_main_verb(document, index):
        return False
    return not cases or bool(word.cases & cases)


def _is_participle(document: Document, index: int) -> bool:
    """«визначеним комісією»: a participle takes an agent of its own."""
    word = document.words[index]
    return word.adjective and word.lemma.endswith(("ений", "аний")) and word.lemma not in PUBLIC_HEADS


def wide_left_edge(document: Document, head: int, low: int) -> int | None:
    """The phrase's beginning when adjectives are coordinated («громадські та інші об'єднання»), else None."""
    cases = document.words[head].cases
    first = left_edge(document, head, low)
    index, moved = first - 1, False
    while index > low and (document.tokens[index].text == "," or document.tokens[index].norm in _JOINTS):
        if not _agrees(document, index - 1, cases) or _is_participle(document, index - 1):
            break
        first = left_edge(document, index, low) if index - 1 >= low else index - 1
        moved = True
        index = first - 1
    return first if moved else None


def right_edges(document: Document, head: int, high: int) -> list[int]:
    """Ends the phrase may have, the plain genitive chain first, longer ones after it."""
    plain = _genitives(document, head + 1, high, names=document.tokens[head].text[0].isupper())
    ends = [plain]
    joined = _joined(document, plain, high)
    if joined:
        ends.append(joined)
    return ends


def _genitives(document: Document, index: int, high: int, *, names: bool) -> int:
    end, start = index, index
    while index < high:
        if index > start and _after_name(document, index):
            break
        step = _link(document, index, high) or _dependent(document, index, names)
        if not step:
            break
        index += step
        if (
            document.words[index - 1].pos in ("NOUN", "NUMB", "UNKN")
            or document.tokens[index - 1].text[0].isupper()
        ):
            end = index
    return end


def _after_name(document: Document, index: int) -> bool:
    """«працівникам Мінрозвитку | консультації»: a small-letter noun behind a name is another phrase."""
    before, word = document.tokens[index - 1], document.words[index]
    unknown = document.words[index - 1].pos == "UNKN" or before.norm.startswith("мін")
    if before.norm == "україни":
        return word.pos in ("NOUN", "ADJF") and document.tokens[index].text[0].islower()
    name = before.text.isupper() or (before.text[0].isupper() and unknown)
    return name and document.tokens[index].text[0].islower() and word.pos in ("NOUN", "ADJF")


def _dependent(document: Document, index: int, names: bool) -> int:
    word, token = document.words[index], document.tokens[index]
    if token.text in ("«", "“", '"') or word.finite or word.infinitive:
        return 0
    if word.adjective and word.lemma.endswith(("ений", "аний")) and word.lemma not in PUBLIC_HEADS:
        return 0
    if word.pos in ("NOUN", "ADJF") and "gent" in word.cases and word.lemma != "який":
        return 1
    if token.norm in ("його", "її", "їх"):
        return 1
    if word.pos == "NPRO" and "gent" in word.cases and word.lemma in ("всякий", "весь", "інший", "власний"):
        return 1
    return 1 if names and token.text[0].isupper() and word.pos in ("NOUN", "UNKN") else 0


def _link(document: Document, index: int, high: int) -> int:
    """«з питань …», «у справах …», «з прав …»; «ЗВО/НУ»."""
    if document.tokens[index].text == "/" and index + 1 < high:
        return (
            2
            if document.tokens[index - 1].text.isupper() and document.tokens[index + 1].text.isupper()
            else 0
        )
    if (
        index + 1 < high
        and document.tokens[index].norm in _LINKS
        and document.tokens[index + 1].norm in _LINKED
    ):
        return 2
    return 0


def _joined(document: Document, plain: int, high: int) -> int | None:
    """«Служба … зв'язку та захисту інформації України»: a second genitive behind a conjunction."""
    if plain + 1 >= high or document.tokens[plain].norm not in (*_JOINTS, ","):
        return None
    if "gent" not in document.words[plain + 1].cases:
        return None
    end = _genitives(document, plain + 1, high, names=True)
    return end if end > plain + 1 else None


def relative_end(document: Document, last: int, high: int) -> int | None:
    """The end of the relative clause behind a phrase that ends at `last`, or None."""
    if last + 1 >= high or document.tokens[last].text != "," or not document.relative[last + 1]:
        return None
    index = last + 1
    while index < high and document.relative[index]:
        index += 1
    return index


def participle_end(document: Document, last: int, high: int) -> int | None:
    """The end of «(,) пов'язаних із персональними даними» behind a phrase that ends at `last`, or None."""
    index = last + 1 if last < high and document.tokens[last].text == "," else last
    if (
        index >= high
        or not document.words[index].adjective
        or not document.words[index].lemma.endswith(("ний", "тий"))
    ):
        return None
    while (
        index < high and document.tokens[index].text not in ",;:–—-()" and not is_main_verb(document, index)
    ):
        index += 1
    return index


def coordinated_end(document: Document, last: int, high: int) -> int | None:
    """The end of «…, установам та організаціям»: further heads up to a conjunction; or None."""
    end, closed, high = last, False, min(high, last + _LONGEST_LIST)
    while end + 1 < high and not closed:
        norm = document.tokens[end].norm
        if norm != "," and norm not in _JOINTS:
            break
        index = end + 1
        while (
            index < high
            and index < end + 4
            and document.words[index].adjective
            and not is_head(document, index)
        ):
            index += 1
        if index >= high or not is_head(document, index):
            break
        closed = norm in _JOINTS
        end = right_edges(document, index, high)[0]
    return end if end > last else None


def key(document: Document, span: Phrase) -> tuple[str, ...]:
    """Lemmas by which two mentions of an actor are one."""
    return tuple(
        document.words[i].lemma
        for i in range(span.first, span.last)
        if document.words[i].pos not in ("NPRO", "PNCT") or span.last - span.first == 1
    )
