"""The structure of an act as a list to jump from, and what its text view sets off."""

from functools import lru_cache
from typing import NamedTuple

import streamlit as st

from services.acts.notes import find_notes
from services.acts.service import Unit, units_of
from ui.acts import references
from ui.i18n import Text

_CONTAINERS = ("annex", "book", "section", "subsection", "chapter", "paragraph_unit", "final", "preamble")
_LONGEST = 90
_KEPT = 8


class Entry(NamedTuple):
    """A unit to jump to: its offset, and its heading as the act has it."""

    start: int
    label: str


class Layout(NamedTuple):
    """What is known of a text for drawing it. All offsets are code points of the text."""

    entries: list[Entry]
    headings: list[tuple[int, int]]
    notes: list[tuple[int, int]]


@lru_cache(maxsize=_KEPT)
def layout_of(text: str) -> Layout:
    """Headings to jump to, headings to set bold, editorial notes to set grey. Kept in memory."""
    units = units_of(text)
    has_articles = any(unit.kind == "article" for unit in units)
    listed = [unit for unit in units if _is_listed(unit, has_articles)]
    titled = [unit for unit in listed if unit.kind != "point"]
    headings = [(unit.start, _line_end(text, unit.start)) for unit in titled]
    entries = [Entry(unit.start, _label(text, unit)) for unit in listed]
    return Layout(entries, headings, find_notes(text))


def jump(t: Text, act_id: int, text: str) -> None:
    """The list of headings; the chosen one is brought into view, and the list lets go of it."""
    entries = layout_of(text).entries
    if len(entries) < 2:
        return
    labels, key = {entry.start: entry.label for entry in entries}, f"outline_{act_id}"

    def chosen() -> None:
        if (offset := st.session_state[key]) is not None:
            references.open_at(act_id, offset)
            st.session_state[key] = None

    st.selectbox(
        t("Act structure"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        key=key,
        on_change=chosen,
        placeholder=t("Go to an article or a section"),
        label_visibility="collapsed",
        width=520,
    )


def _is_listed(unit: Unit, has_articles: bool) -> bool:
    if unit.kind in _CONTAINERS or unit.kind == "article":
        return True
    # A by-law has no articles: its points are what people cite.
    return not has_articles and unit.kind == "point" and all(u.kind in _CONTAINERS for u in unit.chain()[:-1])


def _label(text: str, unit: Unit) -> str:
    line = text[unit.start : _line_end(text, unit.start)].strip()
    if unit.title and unit.title not in line:
        line = f"{line} {unit.title}"
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
