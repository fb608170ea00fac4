"""A page with the frame's link to the browser and one button, without anything that runs behind it."""

import streamlit as st

from ui import shell, styles

t = shell.text()
styles.inject()
shell.browser(t)
st.title("Norma")
st.button("again")
