"""Quotes and the places they come from.

In hand-written cases the text marks the expected places with ⟦ and ⟧, in the order of the quotes; in
the generated ones spans planted in real acts are the oracle.
"""

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.extraction.alignment import Match, locate, locate_any_order

ACTS = Path(__file__).parents[3] / "samples" / "acts"
WINDOW = 4000


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the marked spans in the order they open."""
    plain, spans, opened = "", [], []
    for part in re.split(r"([⟦⟧])", text):
        if part == "⟦":
            opened.append(len(spans))
            spans.append((len(plain), 0))
        elif part == "⟧":
            i = opened.pop()
            spans[i] = (spans[i][0], len(plain))
        else:
            plain += part
    return plain, spans


def placed(matches: list[Match | None]) -> list[tuple[int, int]]:
    return [(m.start, m.end) for m in matches if m]


def check(quotes: list[str], text: str) -> list[Match]:
    """Every quote stands where the text is marked; its matches."""
    plain, spans = marked(text)
    matches = locate(quotes, plain)
    assert placed(matches) == spans
    return [m for m in matches if m]


# One quote


def test_own_characters_are_exact() -> None:
    text = "Виконавець ⟦зобов'язаний повідомити\nспоживача⟧ про перерву."
    (match,) = check(["зобов'язаний повідомити\nспоживача"], text)
    assert (match.how, match.repairs) == ("exact", ())


@pytest.mark.parametrize(
    ("quote", "text", "repairs"),
    [
        ("Кабінет Міністрів України", "⟦Кабінет\u00a0Міністрів\n  України⟧ затверджує", ("white_space",)),
        ("N 5", "згідно з додатком ⟦№5⟧", ("white_space", "look_alike")),
        ("КАБІНЕТ МІНІСТРІВ", "⟦Кабінет Міністрів⟧ України", ("case",)),
        ("суб’єкт", "кожен ⟦суб'єкт⟧ права", ("apostrophe",)),
        ("Закону України «Про освіту»", '⟦Закону України "Про освіту"⟧', ("quotation_mark",)),
        ("Закону 'Про освіту'", '⟦Закону "Про освіту"⟧', ("quotation_mark",)),
        ("строк — 10 днів", "⟦строк - 10 днів⟧", ("dash",)),
        ("opган", "⟦орган⟧ влади", ("look_alike",)),
        ("органи влади", "⟦ор\u00adгани вла\u200bди⟧", ("invisible",)),
        ("Конституції", "⟦Конститу́ції⟧ України", ("invisible",)),
        ("«споживач»;", "Якщо ⟦споживач⟧ не сплатив", ("edge",)),
        ("особа.", "Кожна ⟦особа⟧ має право", ("edge",)),
        ("**особа**", "Кожна ⟦особа⟧ має право", ("edge",)),
        ("«рахунок (ескроу)»", "Кожен ⟦рахунок (ескроу)⟧ діє", ("edge",)),
        ("ЇЇ ПРАВА — “ЦІЛІ”", '⟦її права - "цілі"⟧', ("case", "quotation_mark", "dash")),
    ],
)
def test_what_models_change_without_meaning_to(quote: str, text: str, repairs: tuple[str, ...]) -> None:
    (match,) = check([quote], text)
    assert (match.how, match.repairs) == ("folded", repairs)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("СТРАSSЕ права", "на ⟦страßе права⟧ нема"),  # one letter folds to two
        ("районний", "⟦раи\u0306оннии\u0306⟧ суд"),  # two characters are one letter
        ("…і далі", "слово ⟦...і далі⟧ слово"),
        ("🏛 орган", "⟦🏛 орган⟧ влади"),
    ],
)
def test_folding_that_changes_the_length_keeps_offsets(quote: str, text: str) -> None:
    check([quote], text)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("органу місцевого самоврядування", "рішення ⟦органом місцевого самоврядування⟧ приймаються"),
        ("Кабінет Міністрів України", "затверджується ⟦Кабінетом Міністрів України⟧."),
        ("споживач", "права ⟦споживача⟧ захищено"),
        ("пяти робочих днів", "протягом ⟦п'яти робочих днів⟧ з дня"),
        ("виконавець зобовязаний надати послугу", "⟦виконавець зобов'язаний надати послугу⟧ вчасно"),
        ("повідомити споживача про початок перерви", "⟦повідомити споживача про перерву⟧ в наданні"),
        (
            "надавати споживачеві послуги належної якості",
            "⟦надавати споживачеві згідно послуги належної якості⟧ вчасно",
        ),
        ("(далі – орган сертифікацій)", "установа ⟦(далі - орган сертифікації)⟧ діє"),
    ],
)
def test_other_endings_and_small_slips(quote: str, text: str) -> None:
    (match,) = check([quote], text)
    assert (match.how, match.repairs) == ("fuzzy", ("wording",))


@pytest.mark.parametrize(
    "quote",
    [
        "Виконавець зобов'язаний … про перерву",
        "Виконавець зобов'язаний ... про перерву",
        "Виконавець зобов'язаний [...] споживача […] про перерву",
        "Виконавця зобов’язаний (…) про перерву",
    ],
)
def test_middle_left_out(quote: str) -> None:
    text = "1. ⟦Виконавець зобов'язаний завчасно повідомити споживача письмово про перерву⟧ в наданні послуг."
    (match,) = check([quote], text)
    assert match.how == "fuzzy"
    assert match.repairs[-1] == "elision"


@pytest.mark.parametrize("quote", ["…завчасно повідомити", "завчасно повідомити…", "… завчасно повідомити …"])
def test_dots_at_an_end_are_punctuation(quote: str) -> None:
    check([quote], "Виконавець зобов'язаний ⟦завчасно повідомити⟧ споживача.")


# None rather than a guess


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("", "Будь-який текст"),
        (" \n", "Будь-який текст"),
        ("— «»;", "Строк — 10 днів; «так»"),
        ("право", ""),
        ("Споживач має право на компенсацію шкоди", "Виконавець зобов'язаний надати послугу."),
        ("статті 5 цього Закону", "відповідно до статті 6 цього Закону"),
        ("стаття 19", "Відповідно до стаття 19-1 та стаття 191"),
        ("пункт 2", "згідно з пункт 2.5"),
        ("протягом п'яти робочих днів", "протягом десяти робочих днів"),
        ("має право відмовитися від договору", "не має права відмовитися від договору"),
        ("виїзд особи за межі району дозволяється", "Виїзд особи за межі району забороняється"),
        ("скарга може бути подана до суду", "скарга повинна бути подана до суду"),
        ("штраф не більше ста гривень", "штраф не менше ста гривень"),
        ("музика Положення ріка проведення конкурсного", "до Положення про проведення конкурсного добору"),
        ("суд", "підсудність"),
        ("'єкт", "об'єкт"),
        ("перша частина … невідоме", "перша частина другої статті"),
        ("особа … 5", "особа віком до 5 років"),
    ],
)
def test_not_in_the_text(quote: str, text: str) -> None:
    assert locate([quote], text) == [None]


def test_middle_left_out_in_two_ways_is_no_place() -> None:
    text = (
        "Перевізник зобов'язаний надати вагон протягом доби. "
        "Перевізник зобов'язаний прийняти вантаж протягом доби."
    )
    assert locate(["Перевізник зобов'язаний … протягом доби"], text) == [None]
    # What stands before decides between them.
    around = ["надати вагон", "Перевізник зобов'язаний … протягом доби"]
    assert locate(around, text)[1] == Match(52, 105, "fuzzy", ("elision",))


def test_two_quotes_that_are_guesses_do_not_settle_each_other() -> None:
    text = "".join(f"Пункт {n} втратив чинність {n} березня за постановою. " for n in range(1, 6))
    assert locate(["Пункт … за постановою"] * 2, text) == [None, None]


def test_two_forms_equally_near_are_no_place() -> None:
    assert locate(["органу влади"], "органи влади та органа влади") == [None]


# Many quotes in reading order


def test_repeated_words_are_matched_in_reading_order() -> None:
    text = "⟦Споживач⟧ має право. ⟦Виконавець⟧ має обов'язок. ⟦Споживач⟧ може відмовитися."
    check(["Споживач", "Виконавець", "Споживач"], text)


def test_same_quote_takes_as_many_places_as_the_text_has() -> None:
    check(["орган"] * 3, "⟦орган⟧ і ⟦орган⟧ і ⟦орган⟧ і орган")
    plain, (only,) = marked("один ⟦орган⟧ влади")
    assert placed(locate(["орган"] * 3, plain)) == [only] * 3


def test_repeats_never_push_a_later_quote_out() -> None:
    text = "орган, далі рішення, ще орган"
    assert placed(locate(["орган", "орган", "рішення"], text)) == [(0, 5), (0, 5), (12, 19)]


def test_nested_and_equal_spans() -> None:
    whole = "Споживач має право на перевірку протягом 10 днів"
    text = "⟦⟦⟦Споживач⟧ має право на перевірку ⟦протягом 10 днів⟧⟧⟧."
    check([whole, whole, "Споживач", "протягом 10 днів"], text)


def test_one_invented_or_misplaced_quote_does_not_cost_the_others() -> None:
    text = "Перша норма. Друга норма. Третя норма. Четверта норма."
    quotes = ["Четверта норма", "Перша норма", "Такого тут немає", "Друга норма", "Третя норма"]
    found = locate(quotes, text)
    assert [m and text[m.start : m.end] for m in found] == [None, quotes[1], None, quotes[3], quotes[4]]


def test_answer_that_jumps_about_can_be_read_in_several_goes() -> None:
    text = "Перша норма. Друга норма. Третя норма."
    quotes = ["Третя норма", "Перша норма", "Немає такого", "Друга норма"]
    found = locate_any_order(quotes, text)
    assert [m and text[m.start : m.end] for m in found] == [quotes[0], quotes[1], None, quotes[3]]
    assert locate_any_order(quotes[1:], text) == locate(quotes[1:], text)
    assert locate_any_order([], text) == locate([], text) == []


def test_exact_place_is_preferred_to_one_that_needs_repair() -> None:
    check(["Споживач"], "права споживач має. ⟦Споживач⟧ може")
    check(["суд"], "підсудність. ⟦суд⟧ вирішує")


def test_a_full_stop_the_model_added_does_not_send_a_quote_elsewhere() -> None:
    text = "Послуга ⟦споживачеві⟧ надається. ⟦Орган⟧ повідомляє про це споживачеві."
    check(["споживачеві.", "Орган"], text)


def test_a_lost_line_break_is_as_good_as_none() -> None:
    check(["має право"], "Особа ⟦має\nправо⟧ або має право")
    check(["має\nправо"], "Особа має право або ⟦має\nправо⟧")


# Spans planted in real acts


@cache
def act(name: str) -> str:
    return (ACTS / f"{name}.txt").read_text(encoding="utf-8")


@st.composite
def planted(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A window of a real act, and spans of whole words in it, in reading order."""
    text = act(draw(st.sampled_from(["435-15", "2341-14", "2297-17", "64_2022", "1306-2001-п", "995_043"])))
    at = draw(st.integers(0, max(0, len(text) - WINDOW)))
    window = text[at : at + WINDOW]
    words = list(re.finditer(r"\S+", window))[1:-1]
    spans = []
    for _ in range(draw(st.integers(1, 12))):
        first = draw(st.integers(0, len(words) - 15))
        last = first + draw(st.integers(2, 13))
        end = words[last].end()
        spans.append((words[first].start(), end - len(window[:end]) + len(window[:end].rstrip(".,;:"))))
    return window, sorted(spans)


def starts_never_go_backwards(matches: list[Match | None]) -> bool:
    starts = [m.start for m in matches if m]
    return starts == sorted(starts)


@settings(max_examples=60, deadline=None)
@given(planted())
def test_copied_spans_are_all_placed(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = case
    quotes = [text[s:e] for s, e in spans]
    found = locate(quotes, text)
    assert [text[m.start : m.end] if m else None for m in found] == quotes
    assert {m.how for m in found if m} == {"exact"}
    assert starts_never_go_backwards(found)


CHANGES: dict[str, Callable[[str], str]] = {
    "white space": lambda t: re.sub(r"\s+", " ", t),
    "apostrophe": lambda t: re.sub("['’`]", "ʼ", t),
    "quotation marks": lambda t: re.sub('["“”«»]', "'", t),
    "dashes": lambda t: re.sub("[-–—]", "‑", t),
    "look-alikes": lambda t: t.translate(str.maketrans("іоасеІОАСЕ", "ioaceIOACE")),
    "upper case": str.upper,
    "invisible": lambda t: t.replace("а", "а\u00ad"),
}


@pytest.mark.parametrize("name", CHANGES)
@settings(max_examples=20, deadline=None)
@given(planted())
def test_folded_spans_are_all_placed(name: str, case: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = case
    found = locate([CHANGES[name](text[s:e]) for s, e in spans], text)
    flat = [re.sub(r"\W", "", text[s:e]).casefold() for s, e in spans]
    assert [re.sub(r"\W", "", text[m.start : m.end]).casefold() if m else None for m in found] == flat
    assert all(m.how in ("exact", "folded") for m in found if m)
    assert starts_never_go_backwards(found)


def other_endings(text: str, seed: int) -> str:
    rng = random.Random(seed)

    def change(word: re.Match[str]) -> str:
        return word.group()[:-1] + rng.choice("аиуоі") if rng.random() < 0.35 else word.group()

    return re.sub(r"\w{5,}[аиуоіеїюя]\b", change, text)


def without_middle(text: str, _: int) -> str:
    words = text.split(" ")
    return " ".join([*words[:3], "…", *words[-3:]]) if len(words) > 8 else text


@pytest.mark.parametrize("change", [other_endings, without_middle])
def test_changed_spans_are_placed_where_they_were_or_nowhere(change: Callable[[str, int], str]) -> None:
    rng = random.Random(11)
    right = elsewhere = 0
    for name in ["435-15", "2341-14", "2297-17", "1306-2001-п", "322-08"] * 4:
        at = rng.randrange(len(act(name)) - WINDOW)
        text = act(name)[at : at + WINDOW]
        words = list(re.finditer(r"\S+", text))
        firsts = sorted(rng.randrange(len(words) - 14) for _ in range(20))
        spans = [(words[i].start(), words[i + rng.randint(8, 13)].end()) for i in firsts]
        found = locate([change(text[s:e], i) for i, (s, e) in enumerate(spans)], text)
        assert starts_never_go_backwards(found)
        for (s, e), m in zip(spans, found, strict=True):
            same = bool(m) and text[m.start : m.end].strip(" .,;:") == text[s:e].strip(" .,;:")
            right += same
            elsewhere += bool(m) and not same and (m.end <= s or m.start >= e)
    assert right >= 0.95 * 400
    assert elsewhere == 0


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("абвiІ'’«»\"…. -–\n\u00ad\u0301\u0306ßи19№", max_size=12), max_size=5), st.data())
def test_no_input_raises_and_every_place_is_inside_the_text(quotes: list[str], data: st.DataObject) -> None:
    text = " ".join(data.draw(st.permutations(quotes)))
    found = locate(quotes, text)
    assert len(found) == len(quotes)
    assert all(0 <= m.start < m.end <= len(text) for m in found if m)
    assert starts_never_go_backwards(found)
    assert all(
        text[m.start : m.end] == q.strip()
        for q, m in zip(quotes, found, strict=True)
        if m and m.how == "exact"
    )
