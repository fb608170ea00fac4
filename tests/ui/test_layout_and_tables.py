"""Parts of a page: foreign text stays text, long tables turn pages, long texts fall into parts."""

import itertools

from streamlit.testing.v1 import AppTest

from ui.layout import Remark, _remark
from ui.markup import esc, md
from ui.text_view import window


def parts_page() -> None:
    from ui import layout
    from ui.i18n import Text

    t = Text("uk")
    layout.meta_line(["<b>x</b>", ("Елементів:", "<script>")])
    layout.figures_strip([layout.Figure("1 < 2", "a & b")])
    layout.key_values([("<i>", "<u>")])
    layout.empty_state(t, "<h1>", "<h2>")


def tables_page() -> None:
    import streamlit as st

    from ui.i18n import Text
    from ui.tables import Column, ElementRow, Row, checked, element_table, muted, simple_table, stack
    from ui.tables.generic import page_of
    from ui.text_view import text_view

    t = Text("uk")
    rows = [ElementRow(str(n), "OBLIGATION", "ст. 1", f"обов’язок {n}", "gold") for n in range(450)]
    event = element_table(t, "elements", rows, selected="430")
    other = simple_table(
        t,
        "x",
        [Column("Акт"), Column("Дата", secondary=True)],
        [Row("1", [stack("a", "b"), muted("c")])],
        label="Акти",
    )
    seen = text_view(t, "text", "Стаття 1. Текст", [])
    st.write(
        f"{page_of('elements')} {event.clicked} {other.action} {checked('x')} {seen.clicked} {seen.selection}"
    )


def test_foreign_text_never_becomes_markup() -> None:
    at = AppTest.from_function(parts_page, default_timeout=60).run()
    assert not at.exception
    drawn = " ".join(element.proto.body for element in at.get("html"))
    for tag in ("<script>", "<h1>", "<h2>", "<i>", "<u>", "<b>x"):
        assert tag not in drawn
    assert "&lt;script&gt;" in drawn
    assert esc('"<') == "&quot;&lt;"
    assert "&lt;b&gt;" in _remark(Remark("warn", "<b>"))


def test_money_and_asterisks_survive_markdown() -> None:
    assert md("5 $ і 6 $") == "5 \\$ і 6 \\$"
    assert md("*") == "\\*"
    assert md("ціна, слова й ’") == "ціна, слова й ’"


def test_a_long_table_opens_on_the_page_of_the_selected_row() -> None:
    at = AppTest.from_function(tables_page, default_timeout=60).run()
    assert not at.exception
    assert at.markdown[-1].value == "2 None None () None None"


def test_parts_cover_a_long_text_and_begin_at_headings() -> None:
    article = "Стаття 7. Назва\n" + "Орган розглядає звернення. " * 40 + "\n"
    text = article * 100
    headings = [(at * len(article), at * len(article) + 15) for at in range(100)]
    ranges = window.parts(text, headings, size=9_000)
    assert ranges[0][0] == 0 and ranges[-1][1] == len(text)
    assert all(one[1] == other[0] for one, other in itertools.pairwise(ranges))
    assert all(text[start:].startswith("Стаття 7") for start, _ in ranges)
    assert max(end - start for start, end in ranges) <= 13_500
    assert window.part_of(ranges, headings[60][0]) == next(
        index for index, (start, end) in enumerate(ranges) if start <= headings[60][0] < end
    )


def test_a_text_without_headings_or_lines_is_still_cut() -> None:
    ranges = window.parts("я" * 50_000, [], size=9_000)
    assert "".join("я" * (end - start) for start, end in ranges) == "я" * 50_000
    assert len(ranges) > 4


def test_the_window_holds_three_parts_around_the_one_that_is_read() -> None:
    ranges = [(0, 10), (10, 22), (22, 30), (30, 41)]
    assert [window.around(ranges, part) for part in range(4)] == [(0, 30), (0, 30), (10, 41), (10, 41)]
    assert window.around([(0, 7)], 0) == (0, 7)


def test_ranges_are_clipped_to_the_part() -> None:
    assert window.inside([(0, 5), (8, 12), (20, 30)], 10, 22) == [(0, 2), (10, 12)]
