"""A page with one text view, its table and what both answer, as JSON; the text and spans come by the URL."""

import json
import os
from pathlib import Path

import streamlit as st

from ui import styles
from ui.i18n import Text
from ui.tables import Action, ElementRow, element_table
from ui.text_view import Span, selection, text_view

t = Text("uk")
st.set_page_config(layout="wide")
styles.inject()
case = json.loads(Path(os.environ["NORMA_TEST_CASE"]).read_text(encoding="utf-8"))
text: str = case["text"]
spans: list[Span] = case["spans"]

if st.button("focus"):
    st.session_state["focus"] = case["focus"]
    st.session_state["turn"] = st.session_state.get("turn", 0) + 1
chosen = st.session_state.get("chosen")
before = selection("act", text)
event = text_view(
    t,
    "act",
    text,
    spans,
    selected=chosen,
    headings=case["headings"],
    focus=st.session_state.get("focus"),
    turn=st.session_state.get("turn", 0),
    links=case["links"],
)
rows = [ElementRow(s["id"], s["type"], "ст. 1", text[s["start"] : s["end"]], s["status"]) for s in spans]
picked = element_table(
    t,
    "rows",
    rows,
    selected=chosen,
    group="act",
    actions=[Action("confirm", "Підтвердити", "check", strong=True)],
)
clicked = event.clicked or picked.clicked
if clicked:
    st.session_state["chosen"] = clicked
if event.followed:
    st.session_state["followed"] = event.followed
if picked.action:
    st.session_state["action"] = list(picked.action)
answer = {
    "clicked": clicked,
    "chosen": st.session_state.get("chosen"),
    "selection": list(event.selection) if event.selection else None,
    "before": list(before) if before else None,
    "followed": st.session_state.get("followed"),
    "action": st.session_state.get("action"),
}
with st.container(key="answer"):
    st.code(json.dumps(answer, ensure_ascii=False))
if clicked and clicked != chosen:
    st.rerun()
