"""PDF: printed lines become paragraphs, broken words whole, repeated heads go; a scan is told to be one."""

from pathlib import Path

import pytest

from services.acts.samples import FOLDER
from services.acts.sources.errors import (
    BrokenTextLayerError,
    DamagedDocumentError,
    NoTextLayerError,
    TooManyPagesError,
)
from services.acts.sources.pdf import MOST_PAGES, read_pdf
from tests.documents import LAW, TEXT, Row, pdf_bytes, printed

PRINTED = Path(__file__).parents[3] / "data" / "printed-448-2022.pdf"


def read(tmp_path: Path, pages: list[list[Row]]) -> str:
    path = tmp_path / "act.pdf"
    path.write_bytes(pdf_bytes(pages))
    return read_pdf(path).text


def test_wrapped_lines_become_the_paragraphs_they_were(tmp_path: Path) -> None:
    assert read(tmp_path, [printed(LAW, width=60)]) == TEXT


def test_a_browser_print_of_an_act_gives_the_act() -> None:
    # Chromium prints a head and a foot on each page.
    wanted = (FOLDER / "acts" / "448-2022-п.txt").read_text(encoding="utf-8")
    rows = [row for row in wanted.split("\n") if row]
    got = read_pdf(PRINTED).text.split("\n")[:-1]
    assert got == rows


def test_raised_digits_are_the_index_of_their_number(tmp_path: Path) -> None:
    rows = [
        (70.0, 800.0, 10.0, "Стаття 19"),
        (115.0, 804.0, 6.0, "1"),
        (118.0, 800.0, 10.0, ". Перелік підстав для відмови у наданні відповіді"),
        (70.0, 788.0, 10.0, "Розпорядник відмовляє у наданні, якщо запит повторний."),
    ]
    assert read(tmp_path, [rows]).startswith("Стаття 19-1. Перелік підстав")


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("нормативно-", "правових", "нормативно-правових"),
        ("розпоряд-", "ників", "розпорядників"),
        ("право‐", "відносин", "правовідносин"),
        ("соціально-", "економічних", "соціально-економічних"),
        ("само-", "врядування", "самоврядування"),
        ("№ 224-", "VII", "№ 224-VII"),
    ],
)
def test_words_broken_at_the_end_of_a_line_are_put_together(
    tmp_path: Path, first: str, second: str, whole: str
) -> None:
    head = "Цей Закон визначає порядок здійснення та забезпечення права щодо"
    rows = [
        (70.0, 800.0, 10.0, f"{head} {first}"),
        (70.0, 788.0, 10.0, f"{second} кожного на доступ до даних"),
    ]
    assert f"щодо {whole} кожного" in read(tmp_path, [rows])


def test_the_document_itself_decides_about_a_hyphen(tmp_path: Path) -> None:
    head = "Кожен має право звернутися щодо інформації про стан"
    rows = [
        (70.0, 812.0, 10.0, "Вебсайт веб-порталу є відкритим для кожного, хто має право та"),
        (70.0, 800.0, 10.0, f"{head} веб-"),
        (70.0, 788.0, 10.0, "порталу та його роботу"),
    ]
    assert "стан веб-порталу та" in read(tmp_path, [rows])


def test_heads_feet_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = []
    for number in range(1, 5):
        head = [(70.0, 820.0, 8.0, "Офіційний вісник України"), (500.0, 820.0, 8.0, f"2026, № {number}")]
        body = printed([f"{number}{n}. Суб’єкт зобов’язаний виконати захід {n}." for n in range(9)], top=790)
        pages.append([*head, *body, (290.0, 30.0, 9.0, f"– {number} –")])
    text = read(tmp_path, pages)
    assert "вісник" not in text
    assert "–" not in text
    assert text.count("зобов’язаний") == 36
    assert "2026, №" not in text


def test_a_paragraph_goes_on_over_the_end_of_a_page(tmp_path: Path) -> None:
    rows = printed([LAW[8] * 3], width=70, top=120)
    pages = [rows[:2], [(x, y + 600, size, text) for x, y, size, text in rows[2:]]]
    assert read(tmp_path, pages).count("\n") == 1


def test_a_scan_is_called_a_scan(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_bytes([[], [(10.0, 10.0, 8.0, "2")], []]))
    with pytest.raises(NoTextLayerError) as caught:
        read_pdf(path)
    assert caught.value.data == {"pages": 3}


def test_letters_that_a_font_hides_are_not_taken_for_text(tmp_path: Path) -> None:
    with pytest.raises(BrokenTextLayerError):
        read(
            tmp_path,
            [[(70.0, 800.0 - 12 * n, 10.0, "\ue001\ue002 \ue003\ue004\ue005" * 4) for n in range(9)]],
        )


def test_more_pages_than_any_act_has_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf_bytes([[] for _ in range(MOST_PAGES + 1)]))
    with pytest.raises(TooManyPagesError) as caught:
        read_pdf(path)
    assert caught.value.data == {"pages": MOST_PAGES + 1, "limit": MOST_PAGES}


@pytest.mark.parametrize("cut", [9, 200, 900])
def test_a_pdf_that_is_not_whole_is_refused_in_words(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(pdf_bytes([printed(LAW)])[:cut])
    with pytest.raises((DamagedDocumentError, NoTextLayerError)):
        read_pdf(path)
