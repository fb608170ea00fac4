"""PDF: printed lines become paragraphs, broken words whole, repeated heads go; a scan is told to be one."""

from pathlib import Path

import pytest

from services.acts.errors import EmptyFileError
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


def test_lines_that_are_all_short_are_paragraphs(tmp_path: Path) -> None:
    lines = ("Перелік товарів", "1. Борошно", "2. Цукор білий", "3. Сіль", "Усього")
    rows = [(70.0, 800.0 - 12 * at, 10.0, line) for at, line in enumerate(lines)]
    assert read(tmp_path, [rows]).split("\n")[:-1] == list(lines)


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
        ("геолого-", "екологічних", "геолого-екологічних"),
        ("у будь-", "якій", "у будь-якій"),
        ("та/", "або", "та/або"),
        ("COVID-", "19", "COVID-19"),
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


def test_pages_of_nothing_but_a_running_head_hold_no_text(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError):
        read(tmp_path, [[(70.0, 820.0, 9.0, "Офіційний вісник України, 2026 рік")] for _ in range(4)])


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


def _rule(x: float, y: float, width: float, height: float) -> str:
    return f"{x} {y} {width} {height} re f"


def test_cells_of_a_drawn_table_are_read_one_after_another(tmp_path: Path) -> None:
    upright = [_rule(x, 700, 1, 80) for x in (70, 130, 400)]
    level = [_rule(70, y, 331, 1) for y in (700, 740, 780)]
    # As word processors write them: cell after cell, all rows of one before the next.
    rows = [
        (72.0, 768.0, 10.0, "45.32"),
        (132.0, 768.0, 10.0, "Роздрібна торгівля деталями та приладдям для авто"),
        (132.0, 756.0, 10.0, "транспортних засобів"),
        (72.0, 728.0, 10.0, "47.19"), (131.5, 728.0, 10.0, "Інші види торгівлі"),
    ]  # fmt: skip
    path = tmp_path / "table.pdf"
    path.write_bytes(pdf_bytes([rows], drawn="\n".join([*upright, *level])))
    assert read_pdf(path).text.split("\n")[:-1] == [
        "45.32", "Роздрібна торгівля деталями та приладдям для авто транспортних засобів",
        "47.19", "Інші види торгівлі",
    ]  # fmt: skip


def test_a_row_of_a_table_goes_on_at_the_top_of_the_next_page(tmp_path: Path) -> None:
    upright = [_rule(x, 700, 1, 80) for x in (70, 130, 320)]
    level = [_rule(70, y, 251, 1) for y in (700, 740, 780)]
    first = [
        (72.0, 728.0, 10.0, "45.32"), (132.0, 728.0, 10.0, "Торгівля деталями та приладдям для"),
        (132.0, 716.0, 10.0, "транспортних засобів, мотоциклів і"),
    ]  # fmt: skip
    second = [
        (132.0, 768.0, 10.0, "причепів"), (72.0, 728.0, 10.0, "47.19"), (132.0, 728.0, 10.0, "Інші види"),
    ]  # fmt: skip
    path = tmp_path / "table.pdf"
    path.write_bytes(pdf_bytes([first, second], drawn="\n".join([*upright, *level])))
    assert read_pdf(path).text.split("\n")[:-1] == [
        "45.32", "Торгівля деталями та приладдям для транспортних засобів, мотоциклів і причепів", "47.19",
        "Інші види",
    ]  # fmt: skip


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    lines = [
        f"{n}. Суб’єкт господарювання зобов’язаний щороку виконати захід {n} і повідомити." for n in range(24)
    ]
    rows = printed(lines, width=44, top=780)
    left = [row for row in rows if row[1] > 780 - 12 * 36]
    right = [(x + 250, y + 12 * 36, size, text) for x, y, size, text in rows[len(left) :]]
    title = (180.0, 800.0, 10.0, "ПОРЯДОК ВИКОНАННЯ ЩОРІЧНИХ ЗАХОДІВ")
    # Written row by row, across both columns.
    page = [title, *sorted([*left, *right], key=lambda row: -row[1])]
    assert read(tmp_path, [page]).split("\n")[:-1] == [title[3], *lines]


def test_what_a_browser_prints_around_one_page_goes(tmp_path: Path) -> None:
    around = [
        (24.0, 830.0, 8.0, "27.11.2026, 14:45"), (300.0, 830.0, 8.0, "Про охорону праці | ЗАКОН"),
        (24.0, 15.0, 8.0, "https://zakon.rada.gov.ua/laws/show/2694-12/print"), (560.0, 15.0, 8.0, "1/1"),
    ]  # fmt: skip
    assert read(tmp_path, [[*around[:2], *printed(LAW, width=60), *around[2:]]]) == TEXT


def test_the_title_of_an_act_stays_though_its_pages_repeat_it_above(tmp_path: Path) -> None:
    pages = [[(70.0, 820.0, 8.0, LAW[0]), *printed(LAW, width=60, top=780)] for _ in range(3)]
    assert read(tmp_path, pages).count(LAW[0]) == 3


def test_rows_of_a_list_of_changes_stay_apart_however_long_they_are(tmp_path: Path) -> None:
    rows = (
        "{Із змінами, внесеними згідно із Законами",
        "№ 2453-VI від 07.07.2010, ВВР, 2010, № 41-42, № 43, № 44-45, ст.529",
        "№ 2457-VI від 08.07.2010, ВВР, 2010, № 48, № 49, № 50, № 51, ст.564",
        "№ 2171-VI від 11.05.2010}",
    )
    page = [(70.0, 800.0 - 12 * at, 10.0, row) for at, row in enumerate(rows)]
    assert read(tmp_path, [page]).split("\n")[:-1] == list(rows)


def test_paragraphs_without_indents_are_told_by_the_space_between_them(tmp_path: Path) -> None:
    line = "Суб’єкти владних повноважень зобов’язані оприлюднювати такі відомості:"
    starts = (800, 776, 752, 740, 716)
    rows = [(70.0, float(y), 10.0, line) for y in starts]
    assert read(tmp_path, [rows]).split("\n")[:-1] == [line, line, f"{line} {line}", line]


def test_a_page_that_is_printed_sideways_is_read_as_any_other(tmp_path: Path) -> None:
    rows = [(842.0 - y, x, size, text) for x, y, size, text in printed(LAW, width=60)]
    path = tmp_path / "sideways.pdf"
    path.write_bytes(pdf_bytes([rows], direction="0 1 -1 0"))
    assert read_pdf(path).text == TEXT


def test_the_name_of_who_signs_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    rows = [
        (70.0, 800.0, 10.0, "2. Контроль за виконанням цього наказу залишаю за собою та заступником."),
        (70.0, 788.0, 10.0, "Міністр юстиції України "),
        (350.0, 788.0, 10.0, "Д. МАЛЮСЬКА"),
    ]
    lines = [row[3].strip() for row in rows]
    assert read(tmp_path, [rows]).split("\n")[:-1] == lines


def test_a_line_that_ends_with_a_dash_ends_a_paragraph_where_the_next_one_begins(tmp_path: Path) -> None:
    act = (
        "Порушення строків розгляду звернень громадян посадовими особами органів влади, -",
        "тягне за собою накладення штрафу від двадцяти до сорока неоподатковуваних мінімумів доходів.",
    )
    assert read(tmp_path, [printed(act, width=70)]).split("\n")[:-1] == list(act)


def test_a_heading_of_two_lines_is_one(tmp_path: Path) -> None:
    body = printed([f"{LAW[8]} {LAW[5]}"] * 6, width=80, top=700)
    middle = (70 + max(x + 5 * len(text) for x, _, _, text in body)) / 2  # letters are 5 points wide
    heading = ("Розділ II. АДМІНІСТРАТИВНЕ ПРАВОПОРУШЕННЯ ТА МАТЕРІАЛЬНА Й ІНША", "ВІДПОВІДАЛЬНІСТЬ")
    rows = [(middle - 2.5 * len(line), 760.0 - 12 * at, 10.0, line) for at, line in enumerate(heading)]
    assert read(tmp_path, [[*rows, *body]]).split("\n")[0] == " ".join(heading)


def test_footnotes_do_not_cut_the_paragraph_that_goes_on_over_them(tmp_path: Path) -> None:
    lines = printed([f"1. {LAW[5]} {LAW[5]} {LAW[5]}"], width=60, top=300)
    mark = (lines[1][0] + 5 * len(lines[1][3]), lines[1][1] + 4, 6.0, "1")
    first = [
        *lines[:2],
        mark,
        (70.0, 60.0, 7.0, "1 Крім осіб без громадянства."),
        (70.0, 50.0, 7.0, "2 Див. додаток 3."),
    ]
    rest = [(x, y + 500, size, text) for x, y, size, text in lines[2:]]
    paragraph, *notes = read(tmp_path, [first, rest]).split("\n")[:-1]
    assert paragraph.replace("¹", "") == f"1. {LAW[5]} {LAW[5]} {LAW[5]}"
    assert "¹" in paragraph
    assert notes == ["{Виноска 1: Крім осіб без громадянства.}", "{Виноска 2: Див. додаток 3.}"]


def test_ligatures_are_letters_again(tmp_path: Path) -> None:
    rows = [(70.0, 800.0, 10.0, "Адреса: oﬃce@example.org, веб-портал ﬁnance, платформа «Diﬀ»")]
    assert read(tmp_path, [rows]) == "Адреса: office@example.org, веб-портал finance, платформа «Diff»\n"


@pytest.mark.parametrize("share", ["every second", "numbers"])
def test_heads_of_left_pages_and_numbers_from_the_second_page_on_go_too(tmp_path: Path, share: str) -> None:
    pages = []
    for number in range(1, 9):
        body = printed([f"{number}{n}. Суб’єкт зобов’язаний виконати захід." for n in range(9)], top=790)
        if share == "numbers":
            more = [(290.0, 30.0, 9.0, f"{number} з 8")] if number > 4 else []
        else:
            more = [(290.0, 820.0, 9.0, "Закон України про працю")] if number % 2 else []
        pages.append([*body, *more])
    text = read(tmp_path, pages)
    assert " з 8" not in text
    assert "про працю" not in text
    assert text.count("зобов’язаний") == 72


@pytest.mark.parametrize("cut", [9, 200, 900])
def test_a_pdf_that_is_not_whole_is_refused_in_words(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(pdf_bytes([printed(LAW)])[:cut])
    with pytest.raises((DamagedDocumentError, NoTextLayerError)):
        read_pdf(path)
