"""Review: suggestions are confirmed, edited or rejected by a person; all elements stand in one register."""

import streamlit as st

from ui import errors, layout
from ui.acts import links
from ui.review import last, lost, register, waiting, workbench
from ui.shell import enter

t = enter()

with errors.guard(t):
    act = links.wanted("act")
    if act is not None:
        workbench.page(t, act)
        st.stop()
    queue = waiting.load()
    start = layout.Button(t("Start review"), "start_review", icon="play_arrow")
    pressed = layout.page_header(
        t,
        t("Review"),
        t("Confirm what is right, edit or reject the rest: models learn only from what you confirm."),
        primary=start if queue.rows else None,
    )
    if pressed.primary:
        st.query_params["act"] = str(queue.rows[0].act_id)
        st.rerun()
    last.draw(t)
    names = {"queue": t("Queue {count}", count=queue.total), "elements": t("All elements")}
    if not_found := lost.count():
        names["lost"] = t("Not found in the text {count}", count=not_found)
    view = st.segmented_control(
        t("View"),
        list(names),
        default="queue",
        required=True,
        format_func=names.__getitem__,
        key=waiting.VIEW,
        label_visibility="collapsed",
    )
    if view == "elements":
        register.draw(t)
    elif view == "lost":
        lost.draw(t)
    else:
        waiting.draw(t, queue)
