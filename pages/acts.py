"""Acts: imported, found, read with their elements, and put to a model."""

import streamlit as st

from ui import errors
from ui.acts import listing, reading
from ui.shell import enter

t = enter()

with errors.guard(t):
    act = st.query_params.get("act", "")
    if act.isdigit():
        reading.page(t, int(act))
    else:
        listing.page(t)
