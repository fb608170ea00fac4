"""The frame: every page enters through it, in the reader's language, whoever runs the page first."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ui import shell
from ui.i18n import Text

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "pages").glob("*.py"))


def page() -> None:
    import streamlit as st

    from ui import layout
    from ui.shell import enter

    t = enter()
    pressed = layout.page_header(
        t,
        "Ціна * 5 $ і 6 $",
        t("Text of the act"),
        primary=layout.Button("До 7,90 $", "go"),
        secondary=layout.Button("Інше", "other"),
    )
    st.write(f"{t.lang} {pressed.primary} {pressed.secondary}")


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_every_page_enters_before_anything_else(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    assert isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant), "a docstring first"
    first = next(node for node in body[1:] if not isinstance(node, ast.Import | ast.ImportFrom))
    assert ast.unparse(first) == "t = enter()"
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 120, f"{lines} lines: a page only draws"


def test_the_menu_lists_the_pages_of_the_journey_and_no_others() -> None:
    assert [entry.stem for entry in shell.PAGES] == [
        "overview",
        "acts",
        "review",
        "datasets",
        "fine_tuning",
        "playground",
        "evaluation",
        "monitoring",
        "setup",
    ]
    assert {entry.stem for entry in shell.PAGES} == {path.stem for path in PAGES}
    titles = [Text("uk")(entry.title) for entry in shell.PAGES]
    assert titles == [
        "Огляд",
        "Акти",
        "Перевірка",
        "Набори даних",
        "Донавчання",
        "Порівняння",
        "Оцінювання",
        "Моніторинг",
        "Налаштування",
    ]


def test_a_page_run_by_itself_is_framed_and_speaks_ukrainian(database: str) -> None:
    at = AppTest.from_function(page, default_timeout=60).run()
    assert not at.exception and not at.error
    assert at.markdown[-1].value == "uk False False"
    assert at.title[0].value.replace("\\", "") == "Ціна * 5 $ і 6 $"


def test_the_language_is_switched_and_kept(database: str) -> None:
    at = AppTest.from_function(page, default_timeout=60).run()
    at.get_by_key("nm_lang").set_value("en").run()
    assert at.markdown[-1].value == "en False False"
    at.run()
    assert at.markdown[-1].value == "en False False"


def test_the_headers_buttons_are_told_apart(database: str) -> None:
    at = AppTest.from_function(page, default_timeout=60).run()
    at.get_by_key("other").click().run()
    assert at.markdown[-1].value == "uk False True"
    at.get_by_key("go").click().run()
    assert at.markdown[-1].value == "uk True False"


STARTS_OVER = """
import streamlit as st
from ui import layout
layout.follow()
if st.session_state.pop("changed", False):
    st.rerun()
layout.press(layout.Button("Далі", "go", page="next.py", query={"act": "7"}))
"""
NAVIGATION = """
import streamlit as st
st.navigation([st.Page("first.py", default=True), st.Page("next.py")]).run()
"""
NEXT = "import streamlit as st; st.write('Акт', st.query_params['act'])"


def test_a_press_that_leads_to_a_page_is_kept_when_the_run_starts_over(tmp_path: Path) -> None:
    for name, code in (("app.py", NAVIGATION), ("first.py", STARTS_OVER), ("next.py", NEXT)):
        (tmp_path / name).write_text(code, encoding="utf-8")
    app = AppTest.from_file(str(tmp_path / "app.py"), default_timeout=60).run()
    app.session_state["changed"] = True
    app.button(key="go").click().run()
    assert [element.value for element in app.markdown] == ["Акт 7"]
