from hypothesis import given
from hypothesis import strategies as st

from services.acts.notes import find_notes


def notes(text: str) -> list[str]:
    return [text[start:end] for start, end in find_notes(text)]


def test_a_note_of_several_lines_and_a_note_inside_a_line() -> None:
    text = "{Із змінами\n№ 199-IX від 17.10.2019}\n1. Норма. {Пункт 1 доповнено}\n2. Норма."
    assert notes(text) == ["{Із змінами\n№ 199-IX від 17.10.2019}", "{Пункт 1 доповнено}"]


def test_nested_notes_are_one() -> None:
    assert notes("{Стаття 5 {в редакції} Закону} норма") == ["{Стаття 5 {в редакції} Закону}"]


def test_a_heading_closes_a_note_that_nobody_closed() -> None:
    text = "{Установити {це}\n{У тексті Кодексу}\nРозділ I\nЗАГАЛЬНІ ПОЛОЖЕННЯ\nСтаття 1. Норма {прим.}"
    assert notes(text) == ["{Установити {це}\n{У тексті Кодексу}", "{прим.}"]


def test_an_open_note_without_a_brace_to_end_at_ends_with_its_line() -> None:
    assert notes("{Частину виключено\nCтаття 5. Норма\n1. Ще норма") == ["{Частину виключено"]


def test_the_last_of_several_notes_that_nobody_closed_ends_with_its_line() -> None:
    text = "{Назву змінено\n{Частину першу виключено}\n{Частину другу виключено\nСтаття 5. Норма"
    assert notes(text) == ["{Назву змінено\n{Частину першу виключено}\n{Частину другу виключено"]


def test_a_paragraph_of_law_ends_a_complete_note_that_nobody_closed() -> None:
    note = "{Стаття 7 із змінами, внесеними згідно із Законом № 263/95-ВР від 05.07.1995"
    text = f"{note}\nРобота у вихідний день оплачується.\n{{Стаття 8 із змінами}}\nВідпустка надається."
    assert notes(text) == [note, "{Стаття 8 із змінами}"]
    acts = "{Із змінами, внесеними згідно із Законом № 199-IX від 17.10.2019\nЗаконом № 5-X від 01.02.2024}"
    assert notes(f"{acts}\nНорма.") == [acts]


def test_a_lone_closing_brace_is_no_note() -> None:
    assert notes("норма} і далі {нота}") == ["{нота}"]


@given(st.text(alphabet="{}а \nСтаття1.", max_size=120))
def test_notes_lie_in_order_inside_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for start, stop in find_notes(text):
        assert end <= start < stop <= len(text)
        assert text[start] == "{"
        end = stop
