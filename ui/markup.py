"""Text made safe for the two languages a page is drawn in: HTML and Streamlit's Markdown."""

import html
import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")


def esc(text: str) -> str:
    """The text as HTML."""
    return html.escape(text, quote=True)


def md(text: str) -> str:
    """The text as Streamlit Markdown shows it letter for letter (labels, `st.write`, alerts).

    Without this «5,40 $ … 7,90 $» turns into a formula and a title's asterisks vanish.
    """
    return _MARKDOWN.sub(r"\\\1", text)


def icon(name: str) -> str:
    """An icon of `ui/icons.json` for `st.html`, where inline SVG is stripped."""
    return f'<span class="nm-i nm-i-{esc(name)}" aria-hidden="true"></span>'
