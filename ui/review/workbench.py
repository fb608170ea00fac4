"""One act under review, passage by passage: what waits, what was decided, what comes next."""

from collections.abc import Sequence

import streamlit as st

from services.acts import elements, service
from services.acts.elements import ElementView
from services.acts.errors import ActNotFoundError
from services.acts.service import ActView
from services.review import queue
from services.review import service as review
from services.review.queue import ReviewPassage
from ui import errors, layout
from ui.acts import references
from ui.acts.words import act_line
from ui.i18n import Text
from ui.review import desk, last


def page(t: Text, act_id: int) -> None:
    """The whole page of one act under review."""
    try:
        act, passages = service.get(act_id), queue.passages(act_id)
    except ActNotFoundError as problem:
        layout.page_header(t, t("Review"), t("There is no act at this link."))
        errors.show(t, problem)
        _back(t)
        return
    _back(t)
    at = _position(act_id, passages)
    _header(t, act, passages, at)
    if not passages:
        layout.note(t("This act contains no text to review."))
        return
    here = passages[at]
    layout.meta_line(_facts(t, act, passages, at))
    if act.gold and not act.suggested:
        build = layout.Button(t("Build a dataset"), "to_datasets", icon="dataset", page="pages/datasets.py")
        layout.next_step(
            t,
            t(
                "Everything in this act has been reviewed. You can build a dataset from the "
                "confirmed elements."
            ),
            build,
        )
    _ways(t, act, passages, at)
    rows = elements.of_act(act_id)
    sheet = desk.Sheet(act_id, act.text, here.start, here.end)
    desk.draw(t, f"review_{act_id}_{here.start}", sheet, _inside(rows, here), references.load(act), stay=True)
    _foot(t, act, here)


def _back(t: Text) -> None:
    if layout.press(layout.Button(t("Back to the queue"), "to_queue", icon="arrow_back"), kind="tertiary"):
        st.query_params.clear()
        st.rerun()


def _header(t: Text, act: ActView, passages: Sequence[ReviewPassage], at: int) -> None:
    here = passages[at] if passages else None
    following = _next_unfinished(passages, at)
    waiting = here.suggested if here else 0
    primary = None
    if waiting:
        label = t("Confirm the passage · {count}", count=waiting)
        primary = layout.Button(label, "confirm_passage", icon="check_circle")
    elif following is not None:
        primary = layout.Button(t("Next unreviewed passage"), "next_unfinished", icon="arrow_forward")
    everything = layout.Button(
        t("Confirm all · {count}", count=act.suggested), "confirm_all", icon="done_all"
    )
    pressed = layout.page_header(
        t,
        act.title,
        t("Confirm what is right, edit or reject the rest: models learn only from what you confirm."),
        primary=primary,
        secondary=everything if act.suggested else None,
    )
    if pressed.primary and here is not None:
        with errors.guard(t):
            if waiting:
                last.remember("confirmed", review.accept_all(act.id, span=(here.start, here.end)))
            if following is not None:
                go(act.id, following)
            st.rerun()
    if pressed.secondary:
        with errors.guard(t):
            last.remember("confirmed", review.accept_all(act.id))
            st.rerun()


def _facts(t: Text, act: ActView, passages: Sequence[ReviewPassage], at: int) -> list[str | tuple[str, str]]:
    unfinished = sum(bool(passage.suggested) for passage in passages)
    return [
        act_line(t, act),
        t("Passage {number} of {total}", number=at + 1, total=len(passages)),
        (t("Passages to review:"), t.number(unfinished)),
        (t("Suggestions:"), t.number(act.suggested)),
        (t("Confirmed:"), t.number(act.gold)),
    ]


def _ways(t: Text, act: ActView, passages: Sequence[ReviewPassage], at: int) -> None:
    """From this passage to others: one before, one after, any by its place, the act as a whole."""
    with layout.actions("ways"):
        before = layout.Button(t("Previous passage"), "previous", icon="chevron_left", disabled=at == 0)
        if layout.press(before):
            go(act.id, at - 1)
            st.rerun()
        after = layout.Button(
            t("Next passage"), "following", icon="chevron_right", disabled=at + 1 >= len(passages)
        )
        if layout.press(after):
            go(act.id, at + 1)
            st.rerun()
        _jump(t, act.id, passages, at)
        whole = layout.Button(
            t("Open the whole act"),
            "whole",
            icon="article",
            page="pages/acts.py",
            query={"act": str(act.id)},
        )
        layout.press(whole, kind="tertiary")


def _jump(t: Text, act_id: int, passages: Sequence[ReviewPassage], at: int) -> None:
    key = f"review_jump_{act_id}_{at}"

    def chosen() -> None:
        go(act_id, st.session_state[key])

    st.selectbox(
        t("Passage"),
        range(len(passages)),
        index=at,
        format_func=lambda index: _name(t, passages[index], index),
        key=key,
        on_change=chosen,
        label_visibility="collapsed",
        width=320,
    )


def _name(t: Text, passage: ReviewPassage, index: int) -> str:
    place = passage.place or t("Passage {number}", number=index + 1)
    if passage.suggested:
        waiting = t.n("{count} suggestion", "{count} suggestions", passage.suggested)
        return t("{place} · {state}", place=place, state=waiting)
    if passage.reviewed:
        return t("{place} · {state}", place=place, state=t("reviewed"))
    return place


def _foot(t: Text, act: ActView, here: ReviewPassage) -> None:
    if not here.suggested and not here.reviewed:
        with layout.actions("complete", "center"):
            done = layout.Button(t("Mark passage as reviewed"), "complete", icon="task_alt")
            if layout.press(done):
                with errors.guard(t):
                    review.mark_passage_reviewed(act.id, here.start, here.end)
                    st.rerun()
            layout.note(
                t(
                    "If everything in the passage is marked, mark it as reviewed: models can then "
                    "learn from it."
                )
            )


def _inside(rows: Sequence[ElementView], here: ReviewPassage) -> list[ElementView]:
    """What stands in the passage, and those suggestions of the act that stand nowhere."""
    return [
        row
        for row in rows
        if (row.status == "suggested" if row.start is None else here.start <= row.start < here.end)
    ]


def _position(act_id: int, passages: Sequence[ReviewPassage]) -> int:
    kept = st.session_state.get(f"review.{act_id}.at")
    if isinstance(kept, int) and kept < len(passages):
        return kept
    first = next((index for index, passage in enumerate(passages) if passage.suggested), 0)
    go(act_id, first)
    return first


def go(act_id: int, index: int) -> None:
    """Turn to a passage of an act."""
    st.session_state[f"review.{act_id}.at"] = index


def _next_unfinished(passages: Sequence[ReviewPassage], at: int) -> int | None:
    """The next passage that waits, from here on and then from the beginning."""
    order = [*range(at + 1, len(passages)), *range(at)]
    return next((index for index in order if passages[index].suggested), None)
