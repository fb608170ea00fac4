"""Text made safe for the two languages a page is drawn in: HTML and Streamlit's Markdown."""

import html
import re

# «2939-17», «42-1»: a browser may end a line after the hyphen, and a reader then sees article 42. Nor is a
# unit parted from its number («ст. 24»), or a number from what it counts («5 актів»).
_WORD = re.compile(
    r"(?<!\w)(?:розд|гл|ст|ч|п|пп|абз|No)\. [\dvz]\S{0,12}"
    r"|(?<![\w.,])\d[\d\u00a0.,]{0,12} [a-zа-яіїєґ]\S{0,16}(?!\S)"
    r"|\S+"
)
_NUMBER = re.compile(r"(?=.{1,28}$)(?=.*\d).*\w[-–]\w")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")


def esc(text: str) -> str:
    """The text as HTML; a number with a hyphen in it stays on one line."""
    return _WORD.sub(lambda word: _whole(word[0]), text)


def _whole(word: str) -> str:
    escaped = html.escape(word, quote=True)
    return f'<span class="nm-whole">{escaped}</span>' if " " in word or _NUMBER.match(word) else escaped


def md(text: str) -> str:
    """The text as Streamlit Markdown shows it letter for letter (labels, `st.write`, alerts).

    Without this «5,40 $ … 7,90 $» turns into a formula and a title's asterisks vanish.
    """
    return _MARKDOWN.sub(r"\\\1", text)


def icon(name: str) -> str:
    """An icon of `ui/icons.json` for `st.html`, where inline SVG is stripped."""
    return f'<span class="nm-i nm-i-{html.escape(name)}" aria-hidden="true"></span>'
