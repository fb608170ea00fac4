"""References of an act as links: what they are called, where they lead, and the way back."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import streamlit as st

from services.acts import citations, import_job, service
from services.acts.citations import Citation, Cited
from services.acts.elements import ElementView
from services.acts.numbers import printed
from services.acts.service import ActView
from services.jobs import service as jobs
from ui import errors, layout
from ui.acts import imports
from ui.i18n import Text
from ui.markup import md
from ui.text_view import Link

_TURN, _TRAIL, _PEEK = "acts.turn", "acts.trail", "acts.peek"
_LONGEST_TRAIL = 30
_TITLE, _WORDS = 70, 320

Where = Literal["here", "there", "outside"]


class Step(NamedTuple):
    """A place that a reader left by a reference: the act, the offset, and what it is called."""

    act_id: int
    offset: int
    label: str


@dataclass(frozen=True)
class References:
    """The references of one act, and those of the acts they name that are in the collection."""

    act: ActView
    all: Sequence[Citation]
    known: dict[str, Cited]

    def where(self, one: Citation) -> Where:
        """Within this act, to another one that is here, or to one that is not."""
        if one.offset is not None:
            return "here"
        return "there" if one.number in self.known else "outside"

    def get(self, key: str) -> Citation:
        """The reference that `key` of a link or a row names."""
        return self.all[int(key)]

    def inside(self, start: int, end: int) -> list[tuple[str, Citation]]:
        """Those that stand in a range of the act's text, each with its key."""
        return [(str(i), one) for i, one in enumerate(self.all) if start <= one.start and one.end <= end]

    def of_element(self, row: ElementView) -> str | None:
        """The key of the reference that the element's words are, at least in part; of a list, the first."""
        if row.type != "REFERENCE" or row.start is None or row.end is None:
            return None
        first = bisect_right(self.all, row.start, key=lambda one: one.end)
        stop = bisect_left(self.all, row.end, key=lambda one: one.start)
        near = {i: abs(one.start - row.start) for i, one in enumerate(self.all[first:stop], first)}
        return str(min(near, key=near.__getitem__)) if near else None


def load(act: ActView) -> References:
    """The references of an act."""
    found = citations.of_act(act)
    return References(act, found, citations.known(one.number for one in found if one.number))


def target(t: Text, refs: References, one: Citation) -> str:
    """What a reference leads to: «ст. 5 ч. 2», «Цивільний кодекс України, ст. 92 ч. 3»."""
    if one.number is None:
        return one.address
    named = refs.known.get(one.number)
    title = named.title if named else citations.title(one.number)
    act = _clipped(title) if title else t("act No. {number}", number=printed(one.number))
    return t("{act}, {address}", act=act, address=one.address) if one.address else act


def drawn(t: Text, refs: References, start: int, end: int) -> list[Link]:
    """The references of a range as the text view takes them, counted from its start."""
    return [
        Link(
            id=key,
            start=one.start - start,
            end=one.end - start,
            where=refs.where(one),
            title=_title(t, refs, one),
        )
        for key, one in refs.inside(start, end)
    ]


def follow(refs: References, key: str) -> None:
    """Open what a reference leads to, at its place; what is not here is told by `card` instead."""
    one = refs.get(key)
    if refs.where(one) == "outside":
        peek(refs, key)
        return
    trail: list[Step] = st.session_state.setdefault(_TRAIL, [])
    trail.append(Step(refs.act.id, one.start, one.place or _clipped(refs.act.title)))
    del trail[:-_LONGEST_TRAIL]
    open_at(*_destination(refs, one))


def open_at(act_id: int, offset: int | None) -> None:
    """Let the page of acts show an act at an offset, once more also where it stands there already."""
    st.session_state.pop(_PEEK, None)
    st.session_state[_TURN] = turn() + 1
    query = {"act": str(act_id)} | ({} if offset is None else {"at": str(offset)})
    st.query_params.from_dict(query)


def turn() -> int:
    """Changes whenever a place is asked for."""
    return int(st.session_state.get(_TURN, 0))


def forget_trail() -> None:
    """Nothing to go back to: the reader chose another act from the list."""
    st.session_state.pop(_TRAIL, None)


def way_back(t: Text) -> None:
    """The button that leads back to where the last reference was followed, while there is one."""
    trail: list[Step] = st.session_state.get(_TRAIL) or []
    if not trail:
        return
    label = t("Back to {place}", place=trail[-1].label)
    if layout.press(layout.Button(label, "way_back", icon="undo"), kind="tertiary"):
        step = trail.pop()
        open_at(step.act_id, step.offset)
        st.rerun()


def peek(refs: References, key: str) -> None:
    """Show what a reference leads to in a card, without leaving the place."""
    st.session_state[_PEEK] = (refs.act.id, key)


def card(t: Text, refs: References) -> None:
    """What the reference that was pointed at leads to, until the reader lets it go; an import it began."""
    imports.progress(t)
    held = st.session_state.get(_PEEK)
    if held is None or held[0] != refs.act.id or int(held[1]) >= len(refs.all):
        return
    one = refs.get(held[1])
    with layout.card("reference", target(t, refs, one)):
        is_here = refs.where(one) != "outside"
        if is_here:
            act_id, offset = _destination(refs, one)
            st.markdown(md(_words(service.text(act_id), offset or 0)))
        else:
            layout.note(_outside(t, one.number or ""))
        with layout.actions("reference"):
            if is_here:
                _open(t, act_id, offset)
            elif one.number is not None:
                _bring(t, one.number)
            if layout.press(layout.Button(t("Close"), "close_reference", icon="close"), kind="tertiary"):
                del st.session_state[_PEEK]
                st.rerun()


def _outside(t: Text, number: str) -> str:
    return t(
        "This act is not in the collection. Its identifier on the Rada’s site is "
        "{number}: once the act is added, the reference opens it.",
        number=number,
    )


def _bring(t: Text, number: str) -> None:
    """The button that imports an act by its identifier, while no other import runs."""
    busy = bool(jobs.live(import_job.KIND))
    add = layout.Button(t("Add from the Rada"), "bring_reference", icon="download", disabled=busy)
    if layout.press(add):
        with errors.guard(t):
            imports.follow(import_job.start(numbers=[number]))
            st.rerun()


def _open(t: Text, act_id: int, offset: int | None) -> None:
    if layout.press(layout.Button(t("Open at this place"), "open_reference", icon="open_in_new")):
        st.session_state.pop(_PEEK, None)
        st.session_state[_TURN] = turn() + 1
        query = {"act": str(act_id)} | ({} if offset is None else {"at": str(offset)})
        st.switch_page("pages/acts.py", query_params=query)


def _destination(refs: References, one: Citation) -> tuple[int, int | None]:
    if one.offset is not None or one.number is None:
        return refs.act.id, one.offset
    act_id = refs.known[one.number].id
    return act_id, citations.place(act_id, one.path)


def _title(t: Text, refs: References, one: Citation) -> str:
    if refs.where(one) == "outside":
        return t("{target}: not in the collection", target=target(t, refs, one))
    return target(t, refs, one)


def _words(text: str, offset: int) -> str:
    """The beginning of a unit, on one line."""
    flat = " ".join(text[offset : offset + 2 * _WORDS].split())
    return flat if len(flat) <= _WORDS else f"{flat[: _WORDS - 1].rstrip()}…"


def _clipped(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"
