"""Every string a page tested in process sends to the browser, and the English that a Ukrainian page shows."""

import re
from collections.abc import Iterator
from typing import Any

from babel.messages.pofile import read_po
from google.protobuf.descriptor import FieldDescriptor
from streamlit.testing.v1 import AppTest

from tests.pages.drawn import draw, healthy
from ui import chrome
from ui.i18n import LOCALES

__all__ = ["leaks", "open_page", "press", "texts"]

open_page = draw
_WHOLE = re.compile(r'<span class="nm-whole">(.*?)</span>')
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


def press(page: AppTest, key: str) -> AppTest:
    """Press a button; the page must not fail."""
    page.button(key=key).click().run()
    healthy(page)
    return page


def texts(page: AppTest) -> str:
    """Every string the page drew, data of its components included, one a line, with plain spaces."""
    drawn = "\n".join((*_strings_of(page.main), *_strings_of(page.sidebar)))
    # Data of components travels as JSON; a number kept on one line has a tag around it.
    drawn = _WHOLE.sub(r"\1", _ESCAPED.sub(lambda match: chr(int(match[1], 16)), drawn))
    return drawn.replace("\\n", "\n").replace("\u00a0", " ")


def leaks(page: AppTest) -> list[str]:
    """English words of the catalogue that stand in what the page has drawn."""
    shown = texts(page)
    lines = set(shown.splitlines())
    with (LOCALES / "uk" / "LC_MESSAGES" / "app.po").open("rb") as source:
        known = {m.id for m in read_po(source) if m.id and isinstance(m.id, str) and m.string != m.id}
    whole = {message for message in known if " " in message and "{" not in message}
    found = {m for m in whole if m in shown and re.search(rf"\b{re.escape(m)}", shown)} | (known & lines)
    # The frame sends Streamlit's own English words to the browser together with their translations.
    return sorted(found - set(chrome.WORDS))


def _strings_of(block: Any) -> Iterator[str]:
    for child in block.children.values():
        yield from _proto_strings(child.proto)
        if hasattr(child, "children"):
            yield from _strings_of(child)


def _proto_strings(message: Any) -> Iterator[str]:
    if message is None or not hasattr(message, "ListFields"):
        return
    for field, value in message.ListFields():
        values = value if field.is_repeated else [value]
        if field.type == FieldDescriptor.TYPE_STRING:
            yield from values
        elif field.type == FieldDescriptor.TYPE_MESSAGE and not field.GetOptions().HasField("deprecated"):
            for each in values:
                yield from _proto_strings(each)
