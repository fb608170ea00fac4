"""The one stylesheet of our own: tokens, page rules and icon masks."""

import json
from functools import cache
from pathlib import Path
from urllib.parse import quote

import streamlit as st

_HERE = Path(__file__).resolve().parent
MASKED = tuple(
    """
    account_balance alt_route arrow_back arrow_forward assignment_turned_in block cancel check check_circle
    circle close cloud_off cloud_upload description edit_note error gavel history hourglass_top info link lock
    menu_book model_training not_equal pause person plus radio_button_unchecked schedule trending_down
    trending_up verified_user warning
    """.split()  # noqa: SIM905 - a list of words reads better as words
)


@cache
def icon_paths() -> dict[str, str]:
    """SVG path data by icon name; the box is 960 units wide and high, y downwards."""
    paths: dict[str, str] = json.loads((_HERE / "icons.json").read_text(encoding="utf-8"))
    return paths


@cache
def css(name: str) -> str:
    """A file of `ui/css`."""
    return (_HERE / "css" / name).read_text(encoding="utf-8")


def _mask(name: str) -> str:
    box = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 960"'
    svg = f'<svg {box}><path d="{icon_paths()[name]}"/></svg>'
    return f'.nm-i-{name}{{--nm-mask:url("data:image/svg+xml,{quote(svg, safe=" =:/")}")}}'


@cache
def stylesheet() -> str:
    """Everything as one text."""
    return "\n".join([css("tokens.css"), css("page.css"), *map(_mask, MASKED)])


def inject() -> None:
    """Put the stylesheet into the page; Streamlit gives a style-only element no room of its own."""
    st.html(f"<style>{stylesheet()}</style>")
