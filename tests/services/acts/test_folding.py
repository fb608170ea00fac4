from hypothesis import given
from hypothesis import strategies as st

from services.acts.folding import fold, fold_case, latin


def test_lookalike_letters_of_a_heading_are_matched_as_cyrillic() -> None:
    assert fold("Cтаття 5") == "Стаття 5"
    assert fold("iншi") == "інші"


def test_apostrophes_quotes_dashes_and_spaces_become_one_each() -> None:
    assert fold("об’єкт обʼєкт об`єкт") == "об'єкт об'єкт об'єкт"
    assert fold("«Про» “Про” „Про”") == '"Про" "Про" "Про"'
    assert fold("5–7 — 9") == "5-7 - 9"
    assert fold("ст.\u00a05") == "ст. 5"


def test_roman_numbers_typed_in_either_alphabet_are_the_same() -> None:
    assert fold("XІV") == fold("ХIV") == fold("XIV")
    assert latin(fold("ХІV")) == "XIV"


def test_case_is_kept_by_fold_and_lowered_by_fold_case() -> None:
    assert fold("РОЗДІЛ I") == "РОЗДІЛ І"
    assert fold_case("РОЗДІЛ I") == "розділ і"


@given(st.text(max_size=200))
def test_an_offset_in_the_folded_text_is_an_offset_in_the_text(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert len(fold_case(text)) == len(text)
    assert [a == "\n" for a in fold(text)] == [a == "\n" for a in text]
