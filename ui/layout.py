"""Parts of a page: header, regions, cards, figures, empty states, remarks.

Regions are keyed containers inside a size container of their own, so that they stack at 860 px of page width
(`ui/css/page.css`), which `st.columns` cannot do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.elements import Badge
from ui.i18n import Text
from ui.markup import esc, icon, md

Kind = Literal["good", "warn", "bad", "info", "muted"]
_LONG_TITLE = 120  # characters; the title of a by-law may take a paragraph
_GOAL = "nm_goal"
_REMARK_ICON: dict[Kind, str] = {
    "good": "check_circle",
    "warn": "warning",
    "bad": "error",
    "info": "info",
    "muted": "radio_button_unchecked",
}


@dataclass(frozen=True)
class Button:
    """A button to be drawn. With `page` ("pages/acts.py") it opens that page; else the caller is told.

    `on_click` runs before the page is drawn again, as in Streamlit. `icon` is a bare Material name.
    """

    label: str
    key: str
    icon: str | None = None
    page: str | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    disabled: bool = False
    help: str | None = None
    on_click: Callable[..., Any] | None = None
    args: tuple[Any, ...] = ()


class Pressed(NamedTuple):
    """Which of the header's buttons was pressed in this run."""

    primary: bool
    secondary: bool


class Figure(NamedTuple):
    """A cell of the figures strip: the number as text, what it is, and an optional second line."""

    value: str
    label: str
    note: str = ""


class Remark(NamedTuple):
    """A line with an icon. `bad` blocks, `warn` asks to look, `good` holds; `second` says what to do.

    `value` is its figure, at the right end of the line.
    """

    kind: Kind
    text: str
    second: str = ""
    value: str = ""


def html(markup: str) -> None:
    """Draw own markup in the interface's face; what is in it must already be escaped."""
    st.html(f'<div class="nm">{markup}</div>')


def press(button: Button, *, kind: Literal["primary", "secondary", "tertiary"] = "secondary") -> bool:
    """Draw a button; True when it was pressed and does not lead to another page."""
    pressed = st.button(
        md(button.label),
        key=button.key,
        icon=f":material/{button.icon}:" if button.icon else None,
        type=kind,
        disabled=button.disabled,
        help=button.help,
        on_click=_leave if button.page else button.on_click,
        args=(button,) if button.page else button.args,
    )
    follow()
    return pressed


def follow() -> None:
    """Open the page of the button that was pressed.

    A page that is at work may start its run over before it comes to the button; the press is kept until then.
    """
    goal: Button | None = st.session_state.pop(_GOAL, None)
    if goal is not None and goal.page:
        st.switch_page(goal.page, query_params=dict(goal.query) or None)


def _leave(button: Button) -> None:
    if button.on_click:
        button.on_click(*button.args)
    st.session_state[_GOAL] = button


def page_header(  # every part takes the reader's words first
    t: Text,  # noqa: ARG001
    title: str,
    purpose: str,
    primary: Button | None = None,
    secondary: Button | None = None,
) -> Pressed:
    """Title, one sentence of purpose, and at most two buttons at the right, the primary one outermost."""
    with st.container(key="nm_wrap_head"), _row("nm_head_page", vertical="bottom"):
        with st.container(key="nm_titles" if len(title) < _LONG_TITLE else "nm_titles_long", gap="xxsmall"):
            st.title(md(title), anchor=False)
            html(f'<div class="nm-purpose">{esc(purpose)}</div>')
        if not primary and not secondary:
            return Pressed(False, False)
        with _row("nm_actions_page", align="right", width="content"):
            second = press(secondary) if secondary else False
            first = press(primary, kind="primary") if primary else False
    return Pressed(first, second)


def _row(
    key: str,
    *,
    vertical: Literal["top", "bottom", "center"] = "top",
    align: Literal["left", "right"] = "left",
    width: Literal["stretch", "content"] = "stretch",
    gap: Literal["small", "medium"] = "small",
) -> DeltaGenerator:
    return st.container(
        key=key,
        horizontal=True,
        vertical_alignment=vertical,
        horizontal_alignment=align,
        width=width,
        gap=gap,
    )


def meta_line(facts: Sequence[str | tuple[str, str]]) -> None:
    """Muted facts under the header: plain ones, or (name, value) with the value in ink."""
    parts = (fact if isinstance(fact, tuple) else (fact, "") for fact in facts)
    spans = (
        f"<span>{esc(name)}{' <b>' + esc(value) + '</b>' if value else ''}</span>" for name, value in parts
    )
    html(f'<div class="nm-meta">{"".join(spans)}</div>')


def regions(key: str, aside: int = 400) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Two regions side by side, the second `aside` pixels wide; one under the other when narrow."""
    with st.container(key=f"nm_wrap_{key}"), _row(f"nm_regions_{key}", gap="medium"):
        return st.container(key=f"nm_main_{key}"), st.container(key=f"nm_aside_{key}", width=aside)


def halves(key: str) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Two equal regions; one under the other when narrow."""
    with st.container(key=f"nm_wrap_{key}"), _row(f"nm_regions_{key}", gap="medium"):
        return st.container(key=f"nm_left_{key}"), st.container(key=f"nm_right_{key}")


def actions(key: str, vertical: Literal["bottom", "center"] = "bottom") -> DeltaGenerator:
    """A row of buttons or short fields that wraps; use as `with actions("x"):`.

    Fields carry their names above them, so what stands beside them is at the bottom; words beside a button
    stand at its middle (`center`).
    """
    return _row(f"nm_actions_{key}", vertical=vertical)


def section(title: str, note: str = "") -> None:
    """A heading of the second level with an optional muted line."""
    with st.container(gap=None):
        st.header(md(title), anchor=False)
        if note:
            html(f'<div class="nm-note">{esc(note)}</div>')


def card(key: str, title: str = "", note: str = "") -> DeltaGenerator:
    """A bordered box with a serif title; never one inside another. Use as `with card("price", …):`."""
    box = st.container(border=True, key=f"nm_card_{key}")
    with box:
        if title:
            section(title, note)
        elif note:
            html(f'<div class="nm-note">{esc(note)}</div>')
    return box


def figures_strip(figures: Sequence[Figure], key: str = "figures") -> None:
    """One bordered strip of figures with inner rules; two by two when narrow."""
    cells = "".join(
        f'<div class="nm-cell"><div class="nm-figure">{esc(f.value)}</div>'
        f'<div class="nm-cell-label">{esc(f.label)}</div>'
        + (f'<div class="nm-second">{esc(f.note)}</div>' if f.note else "")
        + "</div>"
        for f in figures
    )
    with st.container(key=f"nm_wrap_{key}"):
        html(f'<div class="nm-strip" style="--nm-cells:{min(len(figures), 5)}">{cells}</div>')


def empty_state(t: Text, title: str, how: str, button: Button | None = None) -> bool:  # noqa: ARG001
    """What is missing, how to get it, one primary button to that place. True when it was pressed."""
    with st.container(border=True, key="nm_card_empty"):
        html(f'<div class="nm-empty">{esc(title)}</div><div class="nm-note">{esc(how)}</div>')
        return press(button, kind="primary") if button else False


def next_step(t: Text, text: str, button: Button) -> bool:
    """The line at the end of a finished page: what comes next and the way there."""
    lead = t("Next step")
    with _row("nm_actions_next", vertical="center"):
        html(f'<div class="nm-prose"><span class="nm-second">{esc(lead)}</span><br>{esc(text)}</div>')
        return press(button)


def remark(kind: Kind, text: str, second: str = "") -> None:
    """One remark on what stands beside it: icon, sentence, optional muted second line."""
    html(_remark(Remark(kind, text, second)))


def readiness_list(items: Iterable[Remark]) -> None:
    """Checks as a list of lines with icons; each says in words what holds, what to look at, what blocks."""
    html(
        f'<div class="nm-list" role="list">{"".join(_remark(item, role="listitem") for item in items)}</div>'
    )


def _remark(item: Remark, role: str = "") -> str:
    second = f'<div class="nm-second">{esc(item.second)}</div>' if item.second else ""
    value = f'<div class="nm-remark-value">{esc(item.value)}</div>' if item.value else ""
    attribute = f' role="{role}"' if role else ""
    return (
        f'<div class="nm-remark nm-remark-{item.kind}"{attribute}>{icon(_REMARK_ICON[item.kind])}'
        f'<div class="nm-remark-text">{esc(item.text)}{second}</div>{value}</div>'
    )


def key_values(pairs: Iterable[tuple[str, str]]) -> None:
    """Names and values in two columns."""
    rows = "".join(
        f'<div class="nm-key">{esc(name)}</div><div class="nm-value">{esc(value)}</div>'
        for name, value in pairs
    )
    html(f'<div class="nm-pairs">{rows}</div>')


def badge(badge_: Badge) -> str:
    """Markup of a badge, for `html` and own tables."""
    return f'<span class="nm-badge nm-{badge_.tone}">{icon(badge_.icon)}{esc(badge_.label)}</span>'


def note(text: str) -> None:
    """A muted sentence."""
    html(f'<div class="nm-note">{esc(text)}</div>')
