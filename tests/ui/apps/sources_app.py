"""A page with nothing but the ways to add acts and what became of them."""

import streamlit as st

from ui import styles
from ui.acts import imports, sources
from ui.i18n import Text

t = Text("uk")
st.set_page_config(layout="wide")
styles.inject()
imports.progress(t)
sources.draw(t)
