"""Drawing a page without a browser, and reading what stands on it."""

import html
import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parent.parent.parent
_STYLE = re.compile(r"<style.*?</style>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def draw(page: str, lang: str = "uk", **query: str) -> AppTest:
    """The page `pages/<page>.py` in a language, after its first run; it must not have failed."""
    app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60)
    app.session_state["nm.lang"] = lang
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    healthy(app)
    return app


def healthy(app: AppTest) -> None:
    """No traceback and no unexpected failure in words."""
    assert not app.exception, [error.value for error in app.exception]
    unexpected = ("incident", "інцидент")
    assert not [e.value for e in app.error if any(word in e.value for word in unexpected)]


def text(app: AppTest) -> str:
    """Every word of own markup, captions, labels and messages, in one line."""
    bodies = [_STYLE.sub("", element.proto.body) for element in app.get("html")]
    words = [html.unescape(_TAG.sub(" ", body)) for body in bodies]
    words += [
        str(element.value) for kind in (app.title, app.header, app.markdown, app.error) for element in kind
    ]
    words += [element.label for element in (*app.button, *app.selectbox, *app.expander)]
    return " ".join(" ".join(words).replace("\\", "").split())
