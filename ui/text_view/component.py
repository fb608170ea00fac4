"""The view's Python side: what is sent to the browser, and its events in code points of the stored text."""

import json
from collections import Counter
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal, NamedTuple, NotRequired, TypedDict

import streamlit as st

from ui.elements import FAMILIES, TYPES
from ui.i18n import N_, Text
from ui.styles import icon_paths
from ui.text_view import window

HERE = Path(__file__).resolve().parent
_HTML = """
<div class="view" data-part="view">
  <div class="legend" data-part="legend"></div>
  <div class="pager" data-part="pager"></div>
  <div class="box" data-part="box" tabindex="0" role="region">
    <div class="sheet">
      <div class="margin" data-part="margin" aria-hidden="true"></div>
      <div class="text" data-part="text" lang="uk"></div>
      <div class="told" data-part="told" role="status" hidden></div>
    </div>
    <div class="next" data-part="next"></div>
  </div>
</div>
"""
_EXTRA_ICONS = ("plus", "not_equal", "chevron_left", "chevron_right")

Mode = Literal["act", "compare"]
Side = Literal["base", "tuned", "blind"]

_REGIONS = {
    "act": N_("Text of the act"),
    "base": N_("Text marked by the base model"),
    "tuned": N_("Text marked by the fine-tuned model"),
    "blind": N_("Text marked by a model"),
}


class Span(TypedDict):
    """One element in the text. Offsets: half-open, code points; `diff` only when two models are compared.

    `status` is gold, suggested, rejected (not drawn) or stale; `diff` is same, only or attributes.
    """

    id: str
    type: str
    start: int
    end: int
    status: str
    diff: NotRequired[str]


class Link(TypedDict):
    """A reference that can be followed. Offsets as of `Span`; `title` is said when the pointer rests on it.

    `where` it leads: here (this text), there (another act at hand), outside (nothing at hand).
    """

    id: str
    start: int
    end: int
    where: Literal["here", "there", "outside"]
    title: str


class Selection(NamedTuple):
    """What the reader has selected: half-open code-point offsets in the whole text, and those characters."""

    start: int
    end: int
    text: str


class ViewEvent(NamedTuple):
    """What happened: the element clicked and the link followed in this run; the selection that stands."""

    clicked: str | None
    selection: Selection | None
    followed: str | None = None


@cache
def _component() -> Any:
    layers = {f"nm-{code.lower()}": kind.layer for code, kind in TYPES.items()}
    icons = {name: icon_paths()[name] for name in (*(kind.icon for kind in TYPES.values()), *_EXTRA_ICONS)}
    constants = {
        "NORMA_LAYERS": layers,
        "NORMA_TYPE_ICONS": {code: kind.icon for code, kind in TYPES.items()},
        "NORMA_ICONS": icons,
    }
    named = json.dumps([code for code, kind in TYPES.items() if kind.named])
    head = "\n".join(f"const {name} = {json.dumps(value)}" for name, value in constants.items())
    script = (HERE / "view.js").read_text(encoding="utf-8")
    return st.components.v2.component(
        "norma_text_view",
        html=_HTML,
        css=(HERE / "view.css").read_text(encoding="utf-8"),
        js=f"{head}\nconst NORMA_NAMED = new Set({named})\n{script}",
    )


def text_view(
    t: Text,
    key: str,
    text: str,
    spans: Sequence[Span],
    *,
    selected: str | None = None,
    headings: Sequence[tuple[int, int]] = (),
    notes: Sequence[tuple[int, int]] = (),
    mode: Mode = "act",
    side: Side = "base",
    hidden_types: Sequence[str] = (),
    focus: int | None = None,
    turn: int = 0,
    links: Sequence[Link] = (),
    height: int | None = 640,
    label: str | None = None,
    legend: bool = True,
    group: str | None = None,
) -> ViewEvent:
    """Draw the text with its elements and answer what the reader did.

    `headings` are drawn bold, `notes` (editorial ones) grey; both as code-point ranges. `selected` and
    `focus` bring their place into view when they change; a new `turn` brings the same focus once more.
    Where a link and elements lie under the pointer, the shortest is meant; a REFERENCE goes with its link.
    `group` ties the view to the element table of the
    same group. `label` names the view for screen readers and must differ between two blind ones. A long
    text is shown through a window that follows scrolling; the legend counts in the whole text.
    """
    ranges = window.parts(text, headings) if len(text) > window.WHOLE else [(0, len(text))]
    doc = blake2b(text.encode(), digest_size=8).hexdigest()
    state = _state(key, doc)
    goal = None if focus is None else (focus, turn)
    page = _page(state, ranges, spans, selected, goal)
    begin, end = window.around(ranges, page)
    region = _REGIONS[side if mode == "compare" else "act"]
    data = {
        "key": key,
        "group": group or key,
        "doc": f"{doc}:{begin}",
        "text": text[begin:end],
        "base": begin,
        "page": page,
        "goal": state["goals"],
        "starts": [start for start, _ in ranges],
        "last": end == len(text),
        "spans": [_relative(span, begin) for span in spans if span["start"] < end and span["end"] > begin],
        "selected": selected,
        "focus": None if focus is None else [focus - begin, focus, turn],
        "links": [_relative(link, begin) for link in links if link["start"] < end and link["end"] > begin],
        "headings": window.inside(headings, begin, end),
        "notes": window.inside(notes, begin, end),
        "selection": selection(key, text) is not None,
        "mode": mode,
        "side": side,
        "height": height,
        "hidden": list(hidden_types),
        "legend": _legend(t, spans) if legend else [],
        "labels": {code: t(kind.label) for code, kind in TYPES.items()},
        "words": {
            "region": label or t(region),
            "previous": t("Previous part"),
            "next": t("Next part"),
            "page": t("Part {number} of {total}", number=page + 1, total=len(ranges)),
        },
    }
    result = _component()(
        key=_mount(key),
        data=data,
        on_clicked_change=lambda: None,
        on_selection_change=lambda: None,
        on_followed_change=lambda: None,
        on_page_change=lambda: _turn(key),
    )
    followed = result.followed or {}
    return ViewEvent(result.clicked or followed.get("element"), selection(key, text), followed.get("link"))


def selection(key: str, text: str) -> Selection | None:
    """The selection standing in the view of this key, also before it is drawn in a run; None when none."""
    held = (st.session_state.get(_mount(key)) or {}).get("selection")
    if not held or not str(held.get("doc", "")).startswith(_state_key_doc(text)):
        return None
    start, end = int(held["start"]), int(held["end"])
    return Selection(start, end, text[start:end]) if 0 <= start < end <= len(text) else None


def _state_key_doc(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest() + ":"


def _mount(key: str) -> str:
    return f"nm_view_{key}"


def _state(key: str, doc: str) -> dict[str, Any]:
    state: dict[str, Any] = st.session_state.setdefault(f"nm.view.{key}", {})
    if state.get("doc") != doc:
        state.update(doc=doc, page=0, goal=None, goals=0)
    return state


def _turn(key: str) -> None:
    """Turn to the part the reader came to, unless another place was asked for meanwhile."""
    wanted, state = st.session_state[_mount(key)].get("page"), st.session_state[f"nm.view.{key}"]
    if wanted and wanted["goal"] == state["goals"]:
        state["page"] = int(wanted["page"])


def _page(
    state: dict[str, Any],
    ranges: Sequence[tuple[int, int]],
    spans: Sequence[Span],
    selected: str | None,
    focus: tuple[int, int] | None,
) -> int:
    """The part to show: where a new focus or selection lies, else the one the reader turned to."""
    goal = (selected, focus)
    if goal != state["goal"]:
        is_new = focus is not None and (state["goal"] is None or state["goal"][1] != focus)
        picked = next((span["start"] for span in spans if span["id"] == selected), None)
        at = focus[0] if focus is not None and is_new else picked
        state["goal"], state["goals"] = goal, state["goals"] + 1
        if at is not None:
            state["page"] = window.part_of(ranges, at)
    return max(0, min(int(state["page"]), len(ranges) - 1))


def _relative(range_: Span | Link, begin: int) -> dict[str, Any]:
    return {**range_, "start": range_["start"] - begin, "end": range_["end"] - begin}


def _legend(t: Text, spans: Sequence[Span]) -> list[dict[str, Any]]:
    counts = Counter(span["type"] for span in spans if span["status"] != "rejected")
    return [
        {
            "label": t(name),
            "types": [
                {"code": code, "label": t(kind.label), "count": t.number(counts[code])}
                for code, kind in TYPES.items()
                if kind.family == family
            ],
        }
        for family, name in FAMILIES.items()
    ]
