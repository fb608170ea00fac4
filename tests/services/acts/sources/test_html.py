"""Web pages: both shapes of the Rada's, and what must never come into a text."""

from datetime import date as Day  # noqa: N812
from typing import Any

import pytest

from services.acts.errors import EmptyFileError, FileError
from services.acts.sources.errors import TooDeepError
from services.acts.sources.html import link_target, read_html
from tests.standins.rada_service import RECORDED, decree_page

FLAT = (RECORDED / "text-1103-16.html").read_bytes()


def links(document: Any) -> dict[str, str]:
    return {document.text[start:end]: target for start, end, target in document.marks["links"]}


def test_the_flat_page_gives_the_text_of_the_act_and_nothing_around_it() -> None:
    page = read_html(FLAT)
    assert page.text.startswith("ЗАКОН УКРАЇНИ\nПро державну систему біобезпеки")
    assert page.text.endswith("застосовуються правила міжнародного договору.\n")
    assert "[ image ]" not in page.text
    assert "Ідентифікатор" not in page.text
    assert "\nРозділ I\nЗАГАЛЬНІ ПОЛОЖЕННЯ\nСтаття 1. Терміни та їх визначення\n" in page.text
    assert "№ 1804-VI від 19.01.2010, ВВР, 2010, № 9, ст.90\n" in page.text


def test_the_flat_page_says_what_act_and_which_edition_it_is() -> None:
    page = read_html(FLAT)
    assert (page.number, page.act_type, page.body) == ("1103-16", "Закон", "Верховна Рада України")
    assert (page.date, page.edition) == (Day(2007, 5, 31), "2026-03-02")
    assert page.title.startswith("Про державну систему біобезпеки при створенні")


def test_anchors_and_links_keep_their_places_in_the_cleaned_text() -> None:
    page = read_html(FLAT)
    assert page.marks is not None
    anchors = page.marks["anchors"]
    assert page.text[anchors["n40"] :].startswith("Стаття 2. Законодавство")
    assert page.text[anchors["n58"] :].startswith("Якщо міжнародним договором України, зазначеним у статті 2")
    assert links(page)["статті 2"] == "#n40"
    assert links(page)["Конституції України"] == "254к/96-вр"
    assert links(page)["№ 4718-IX від 16.12.2025"] == "4718-20"


def test_the_printed_page_gives_indices_links_and_its_card() -> None:
    page = read_html(decree_page())
    assert "Внести до пункту 297-1 переліку зміни" in page.text
    assert page.text.startswith("КАБІНЕТ МІНІСТРІВ УКРАЇНИ\nПОСТАНОВА\nвід 14 січня 2026 р. № 36\n")
    assert links(page) == {"розділу I": "1103-16#n8"}
    assert (page.number, page.edition, page.title) == ("36-2026-п", "2026-01-14", "Про внесення змін")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Стаття 297<sup>1</sup>. Податок", "Стаття 297-1. Податок"),
        ('Стаття 9<span style="font-size:8pt; vertical-align: super">2</span>. Мир', "Стаття 9-2. Мир"),
        ("Стаття 111 - 1 . Державна зрада", "Стаття 111-1. Державна зрада"),
        ("пункт 13 -1 цієї статті", "пункт 13-1 цієї статті"),
        ("згідно зі статтею 111 - 1 цього Кодексу", "згідно зі статтею 111-1 цього Кодексу"),
        ("статті 1 - 3 цього Закону", "статті 1 - 3 цього Закону"),
        ("у статтях 368-3 -370", "у статтях 368-3 -370"),
        ("статті 253 -255", "статті 253 -255"),
        ("договір купівлі -продажу", "договір купівлі-продажу"),
        ("охорона праці - це система", "охорона праці - це система"),
        ("площа 5 м<sup>2</sup>", "площа 5 м²"),
        ("об&shy;&rsquo;єкт&nbsp;&laquo;А&raquo;", "об’єкт «А»"),
    ],
)
def test_indices_and_what_markup_tore_apart_are_whole_again(markup: str, text: str) -> None:
    assert read_html(f"<p>{markup}</p>".encode()).text == f"{text}\n"


def test_offsets_stay_true_where_torn_numbers_are_mended() -> None:
    page = read_html('<p>Стаття 111 - 1 . За <a href="#n7">статтею 12 -3</a> карається</p>'.encode())
    assert links(page) == {"статтею 12-3": "#n7"}


def test_scripts_hidden_parts_and_controls_never_come_into_the_text() -> None:
    page = (
        "<html><head><title>t</title><style>p{color:red}</style></head><body onload='x()'><p>Право</p>"
        "<script>var layzr = 1; alert('x')</script><div style='display: none'>приховане</div>"
        "<noscript>увімкніть</noscript><!-- примітка --><iframe src='http://x'>рамка</iframe>"
        "<form><input value='5'><button>Натисни</button></form><p>і обов’язок<svg><text>знак</text></svg></p>"
    )
    assert read_html(page.encode()).text == "Право\nі обов’язок\n"


def test_old_acts_wrapped_by_hand_become_paragraphs_again() -> None:
    page = (
        "<pre>                 З А К О Н\n\n     Стаття 1. Кожен громадянин має\nправо на працю та"
        "\nвідпочинок."
        "\n     Стаття 2. Праця вільна.</pre>"
    )
    assert read_html(page.encode()).text == (
        "З А К О Н\nСтаття 1. Кожен громадянин має право на працю та відпочинок.\nСтаття 2. Праця вільна.\n"
    )


def test_cells_of_tables_stand_on_lines_of_their_own() -> None:
    table = "<table><tr><td>Код</td><td>Назва</td></tr><tr><td>01</td><td>Зерно</td></tr></table>"
    assert read_html(table.encode()).text == "Код\nНазва\n01\nЗерно\n"


def test_items_of_lists_get_the_numbers_that_a_browser_draws() -> None:
    page = (
        '<ol start="3"><li>Права:<ol type="a"><li><p>на працю</p></li><li>на відпочинок</li></ol></li>'
        '<li>Обов’язки<ul><li>передусім</li></ul></li><li value="7">Строки</li></ol>'
        '<ol style="list-style-type: upper-roman"><li>Загальне</li></ol>'
        '<ol style="list-style:none"><li>Без номера</li></ol><ol><li>1) Зі своїм номером</li></ol>'
    )
    assert read_html(page.encode()).text.split("\n")[:-1] == [
        "3. Права:", "a. на працю", "b. на відпочинок", "4. Обов’язки", "передусім", "7. Строки",
        "I. Загальне", "Без номера", "1) Зі своїм номером",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "utf-16", "koi8-u"])
def test_the_page_says_in_which_encoding_it_is(encoding: str) -> None:
    page = f'<html><head><meta charset="{encoding}"></head><body><p>Право на об\'єкт</p></body></html>'
    assert read_html(page.encode(encoding)).text == "Право на об'єкт\n"


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("/go/4441-17", "4441-17"),
        ("https://zakon.rada.gov.ua/laws/show/435-15/ed20260101/print#n12", "435-15#n12"),
        ("/laws/show/254%D0%BA/96-%D0%B2%D1%80", "254к/96-вр"),
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//[broken", ""),
        ("#", ""),
    ],
)
def test_a_link_is_kept_as_what_it_points_at(href: str, target: str) -> None:
    assert link_target(href) == target


def test_a_page_that_nests_without_end_is_refused_rather_than_cut() -> None:
    with pytest.raises(TooDeepError):
        read_html(b"<div>" * 50_000 + "право".encode() + b"</div>" * 50_000)


@pytest.mark.parametrize(
    "page", [b"<html></html>", b"<p></p>", b"<script>alert(1)</script>", b"<html><body><p>&nbsp; ... </p>"]
)
def test_a_page_without_words_is_called_empty(page: bytes) -> None:
    with pytest.raises(EmptyFileError):
        read_html(page)


@pytest.mark.parametrize(
    "page",
    [
        b"<" * 200_000,
        b"<p>" * 100_000 + "право".encode(),
        b'<a href="' + b"x" * 300_000 + '">право'.encode(),
        b"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>&x;" + "право</p>".encode(),
        b"<p>&#1114112;&#xD800;&#0;" + "право".encode(),
        "<p>".encode("utf-16") + b"\xff\xff",
    ],
)
def test_malformed_pages_are_read_or_refused_in_words(page: bytes) -> None:
    try:
        text = read_html(page).text
    except FileError:
        return
    assert "root:" not in text
    assert text.encode()
